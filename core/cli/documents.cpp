#include "documents.h"

#include <string_view>

#include "files.h"
#include "messages.h"

namespace bearproof::cli {

bool for_each_document(const std::vector<std::string>& paths, Validator& validator, World& world,
                       const Validator::Take& take) {
  bool all_read = true;
  const auto failed = [&](const std::string& name, int error) {
    system_error(world, name, error);
    all_read = false;
  };
  const auto read = [&](Input& input, std::uint64_t size_hint, const std::string& name) {
    if (!is_ndjson_name(name)) {
      std::string text;
      const int error = read_all(input, validator.options().limits.document, size_hint, text);
      if (error != 0) return failed(name, error);
      return validator.check(name, text, take);
    }
    Validator::Lines lines(validator, name, Validator::Lines::Which::every, take);
    const int error = for_each_portion(input, [&](std::string_view portion) {
      lines.push(portion);
      return true;
    });
    if (error != 0) failed(name, error);
    lines.finish();
  };
  for (const std::string& path : paths) {
    if (path == "-") {
      read(world.in, 0, path);
      continue;
    }
    for (const DocumentFile& found : find_documents(path, failed, tell_passed_over(world))) {
      auto file = FileInput::open(found);
      if (file) {
        read(*file, file->size_hint(), found.path);
      } else {
        failed(found.path, file.error());
      }
    }
  }
  return all_read;
}

}  // namespace bearproof::cli
