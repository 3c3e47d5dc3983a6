#include "schema_files.h"

#include <filesystem>

#include "bearproof/report/address.h"
#include "bearproof/text/ascii.h"
#include "bearproof/text/hex.h"

#include "files.h"
#include "messages.h"

namespace bearproof::cli {
namespace {

bool read_schema(const DocumentFile& file, std::string& text, World& world) {
  const int error = read_file(file, Limits{}.document, text);
  if (error != 0) system_error(world, file.path, error);
  return error == 0;
}

/// What begins like an array, a text or a number is a document that lies beside the schemas.
bool may_be_schema(std::string_view text) {
  const std::size_t at = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  return at == std::string_view::npos || std::string_view("[\"-0123456789n").find(text[at]) == std::string_view::npos;
}

}  // namespace

std::string file_uri(const std::string& path) {
  constexpr std::string_view plain = "-._~!$&'()*+,;=:@/";
  std::error_code error;
  std::filesystem::path absolute = std::filesystem::absolute(path, error);
  if (error) absolute = path;
  std::string uri = "file://";
  for (const char c : absolute.lexically_normal().string()) {
    if (text::is_letter_or_digit(c) || plain.find(c) != std::string_view::npos) {
      uri += c;
      continue;
    }
    text::append_percent_encoded(uri, c);
  }
  return uri;
}

bool add_schema_file(SchemaSet& set, const std::string& path, World& world) {
  std::string text;
  if (!read_schema({path}, text, world)) return false;
  set.add(file_uri(path), path, text);
  return true;
}

bool add_schema_folder(SchemaSet& set, const std::string& folder, World& world) {
  bool all = true;
  const auto files = find_documents(
      folder,
      [&](const std::string& name, int error) {
        system_error(world, name, error);
        all = false;
      },
      tell_passed_over(world));
  for (const DocumentFile& file : files) {
    if (is_ndjson_name(file.path)) continue;
    std::string text;
    if (!read_schema(file, text, world)) {
      all = false;
    } else if (may_be_schema(text)) {
      set.add(file_uri(file.path), file.path, text);
    }
  }
  return all;
}

}  // namespace bearproof::cli
