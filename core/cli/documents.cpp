#include "documents.h"

#include <string_view>
#include <utility>

#include "files.h"
#include "messages.h"

namespace bearproof::cli {

bool for_each_document(const std::vector<std::string>& paths, Validator& validator, World& world,
                       const std::function<void(report::DocumentReport&&, const report::SourceText&)>& take,
                       Collection* together) {
  bool all_read = true;
  collection::Entry facts;
  const auto failed = [&](const std::string& name, int error) {
    system_error(world, name, error);
    all_read = false;
  };
  const auto read = [&](Input& input, std::uint64_t size_hint, const std::string& name) {
    if (!is_ndjson_name(name)) {
      std::string text;
      const int error = read_all(input, validator.options().limits.document, size_hint, text);
      if (error != 0) return failed(name, error);
      report::DocumentReport report = validator.check(name, text, together ? &facts : nullptr);
      if (together && facts.size != 0) together->add(facts, name, {}, false);
      return take(std::move(report), {text, 0});
    }
    Validator::Lines* reading = nullptr;
    Validator::Lines lines(validator, name, true,
                           [&](report::DocumentReport&& report) { take(std::move(report), reading->text()); });
    reading = &lines;
    if (together) lines.collect(*together);
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
    for (const std::string& name : find_documents(path, failed)) {
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
