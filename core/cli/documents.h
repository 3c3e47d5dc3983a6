// Every document below some paths, one after another.
#pragma once

#include <cerrno>
#include <functional>
#include <string>
#include <vector>

#include "bearproof/validator/validator.h"

#include "files.h"
#include "messages.h"

namespace bearproof::cli {

/// Checks what lies at and below `paths`, and hands each document on with its text.
/// @return whether everything could be read
inline bool for_each_document(const std::vector<std::string>& paths, Validator& validator, World& world,
                              const std::function<void(report::DocumentReport&&, std::string_view)>& take) {
  bool all_read = true;
  const auto failed = [&](const std::string& name, int error) {
    system_error(world, name, error);
    all_read = false;
  };
  const auto read = [&](Input& input, std::uint64_t size_hint, const std::string& name) {
    std::string text;
    if (!is_ndjson_name(name)) {
      const int error = read_all(input, validator.options().limits.document, size_hint, text);
      if (error != 0) return failed(name, error);
      return take(validator.check(name, text), text);
    }
    Validator::Lines* reading = nullptr;
    Validator::Lines lines(validator, name, true,
                           [&](report::DocumentReport&& report) { take(std::move(report), reading->text().text); });
    reading = &lines;
    for (;;) {
      text.resize(std::size_t{256} << 10);
      const std::ptrdiff_t got = input.read(text.data(), text.size());
      if (got < 0) failed(name, errno);
      if (got <= 0) break;
      lines.push(std::string_view(text).substr(0, static_cast<std::size_t>(got)));
    }
    lines.finish();
  };
  for (const std::string& path : paths) {
    if (path == "-") {
      read(world.in, 0, path);
      continue;
    }
    for (const std::string& name : find_documents(path, failed).files) {
      auto file = FileInput::open(name);
      if (file) {
        read(*file, file->size_hint(), name);
      } else {
        failed(name, file.error());
      }
    }
  }
  return all_read;
}

}  // namespace bearproof::cli
