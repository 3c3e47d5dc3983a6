#include <string>
#include <string_view>

#include "bearproof/narrative/narrative.h"
#include "bearproof/validator/validator.h"

#include "check_settings.h"
#include "commands.h"
#include "documents.h"
#include "formats.h"
#include "messages.h"

namespace bearproof::cli {

Exit narrate(const NarrateArguments& arguments, World& world) {
  if (auto problem = not_text_or_json(arguments.format)) return usage_error(world, "narrate", *problem);
  const auto color = wants_color(arguments.color, world);
  if (!color) return usage_error(world, "narrate", color.error());
  const bool as_json = arguments.format == "json";
  const report::TextStyle style{*color, world.columns};
  Validator validator(CheckOptions{});
  bool is_first = true;
  const auto tell = [&](Checked& checked) {
    const narrative::Narrative told = narrative::tell(checked.report(), checked.document, checked.origin.offset);
    if (as_json) {
      // An array of one, without its brackets.
      const std::string json = narrative::to_json({told});
      world.out.write(is_first ? "" : ",");
      world.out.write(std::string_view(json).substr(1, json.size() - 2));
    } else {
      if (!is_first) world.out.write("\n");
      world.out.write(narrative::to_text(told, style));
    }
    is_first = false;
  };
  if (as_json) world.out.write("[");
  const bool all_read = for_each_document(arguments.paths, validator, world, tell);
  if (as_json) world.out.write("]\n");
  return all_read ? Exit::ok : Exit::system;
}

}  // namespace bearproof::cli
