#include <cerrno>
#include <string>
#include <vector>

#include "bearproof/narrative/narrative.h"
#include "bearproof/validator/validator.h"

#include "check_settings.h"
#include "commands.h"
#include "files.h"
#include "formats.h"
#include "messages.h"

namespace bearproof::cli {
namespace {

class Telling {
 public:
  Telling(const NarrateArguments& arguments, bool color, World& world)
      : world_(world), style_{color, world.columns}, as_json_(arguments.format == "json"), validator_(CheckOptions{}) {}

  Exit run(const std::vector<std::string>& paths) {
    if (as_json_) world_.out.write("[");
    for (const std::string& path : paths) {
      if (path == "-") {
        document(world_.in, 0, path);
        continue;
      }
      const Found found = find_documents(path, [&](const std::string& name, int error) { failed(name, error); });
      for (const std::string& name : found.files) file(name);
    }
    if (as_json_) world_.out.write("]\n");
    return result_;
  }

 private:
  void failed(const std::string& name, int error) {
    system_error(world_, name, error);
    result_ = Exit::system;
  }

  void file(const std::string& name) {
    auto input = FileInput::open(name);
    if (!input) {
      failed(name, input.error());
    } else if (is_ndjson_name(name)) {
      lines(*input, name);
    } else {
      document(*input, input->size_hint(), name);
    }
  }

  void document(Input& input, std::uint64_t size_hint, const std::string& name) {
    std::string text;
    if (const int error = read_all(input, validator_.options().limits.document, size_hint, text)) {
      failed(name, error);
      return;
    }
    write(narrator_.tell(validator_.check(name, text), {text, 0}));
  }

  void lines(Input& input, const std::string& name) {
    Validator::Lines* reading = nullptr;
    Validator::Lines lines(validator_, name, true,
                           [&](report::DocumentReport&& report) { write(narrator_.tell(report, reading->text())); });
    reading = &lines;
    std::string portion;
    for (;;) {
      portion.resize(std::size_t{256} << 10);
      const std::ptrdiff_t got = input.read(portion.data(), portion.size());
      if (got < 0) failed(name, errno);
      if (got <= 0) break;
      lines.push(std::string_view(portion).substr(0, static_cast<std::size_t>(got)));
    }
    lines.finish();
  }

  void write(const narrative::Narrative& told) {
    if (as_json_) {
      // An array of one, without its brackets.
      const std::string json = narrative::to_json({told});
      world_.out.write(first_ ? "" : ",");
      world_.out.write(std::string_view(json).substr(1, json.size() - 2));
    } else {
      if (!first_) world_.out.write("\n");
      world_.out.write(narrative::to_text(told, style_));
    }
    first_ = false;
  }

  World& world_;
  report::TextStyle style_;
  bool as_json_;
  Validator validator_;
  narrative::Narrator narrator_;
  bool first_ = true;
  Exit result_ = Exit::ok;
};

}  // namespace

Exit narrate(const NarrateArguments& arguments, World& world) {
  if (auto problem = not_text_or_json(arguments.format)) return usage_error(world, "narrate", *problem);
  const auto color = wants_color(arguments.color, world);
  if (!color) return usage_error(world, "narrate", color.error());
  return Telling(arguments, *color, world).run(arguments.paths);
}

}  // namespace bearproof::cli
