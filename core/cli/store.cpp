// Append-only stores of events: verified, or coalesced.
#include "bearproof/audit/store.h"

#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "bearproof/collection/noise.h"
#include "bearproof/report/text.h"
#include "bearproof/validator/validator.h"

#include "check_settings.h"
#include "commands.h"
#include "files.h"
#include "formats.h"
#include "messages.h"
#include "retrieval.h"

namespace bearproof::cli {
namespace {

class Store {
 public:
  Store(const StoreArguments& arguments, World& world, bool color)
      : arguments_(arguments), world_(world), style_{color, world.columns} {}

  Exit verify(const audit::StoreOptions& options) {
    Validator validator(CheckOptions{});
    report::Report report = validator.report();
    const bool as_json = arguments_.format == "json";
    const auto take = [&](const Checked& checked, report::DocumentReport&& line) {
      if (as_json) {
        report.documents.push_back(std::move(line));
      } else {
        world_.out.write(report::document_text(line, checked.source_text(), style_));
      }
    };
    audit::StoreVerification verification(validator, arguments_.file, options, take);
    if (const int error = pass([&](std::string_view bytes) { verification.push(bytes); })) return failed(error);
    audit::StoreVerification::Result result = verification.finish(texts_);
    report.summary = result.summary;
    if (as_json) {
      report.collection = std::move(result.findings);
      world_.out.write(report::to_json(report, false) + "\n");
    } else {
      world_.out.write(report::lines_text(arguments_.file, report.summary, style_));
      world_.out.write("\n" + report::collection_text(result.findings, style_));
      world_.out.write(report::summary_text(report.summary, style_));
    }
    return report.summary.severities[static_cast<std::size_t>(Severity::error)] == 0 ? Exit::ok : Exit::findings;
  }

  Exit coalesce() {
    CheckOptions options;
    options.level = Severity::error;
    Validator validator(options);
    Collection together(options);
    Validator::Lines lines(validator, arguments_.file, Validator::Lines::Which::with_findings, [](Checked&) {});
    lines.collect(together);
    if (const int error = pass([&](std::string_view bytes) { lines.push(bytes); })) return failed(error);
    lines.finish();
    for (const collection::NoiseGroup& group : collection::noise_of(together.index())) {
      const std::string line = collection::to_json(group, together.index(), texts_);
      if (!line.empty()) world_.out.write(line + "\n");
    }
    return Exit::ok;
  }

 private:
  /// Reads the store in portions. @return 0, or an errno
  int pass(const std::function<void(std::string_view)>& take) {
    auto file = FileInput::open({arguments_.file});
    if (!file) return file.error();
    return for_each_portion(*file, [&](std::string_view portion) {
      take(portion);
      return true;
    });
  }

  Exit failed(int error) {
    system_error(world_, arguments_.file, error);
    return Exit::system;
  }

  const StoreArguments& arguments_;
  World& world_;
  report::TextStyle style_;
  Retrieval texts_;
};

}  // namespace

Exit store(const StoreArguments& arguments, World& world) {
  if (auto problem = not_text_or_json(arguments.format)) return usage_error(world, "store", *problem);
  const auto color = wants_color(arguments.color, world);
  if (!color) return usage_error(world, "store", color.error());
  audit::StoreOptions options;
  options.refuses_empty = arguments.fail_empty;
  if (!arguments.previous.empty()) {
    options.previous = audit::StoreState::parse(arguments.previous);
    if (!options.previous) {
      return usage_error(world, "store",
                         "--previous: expected DIGEST:BYTES as verify prints it, found \"" + arguments.previous + "\"");
    }
  }
  Store store(arguments, world, *color);
  return arguments.action == StoreArguments::Action::verify ? store.verify(options) : store.coalesce();
}

}  // namespace bearproof::cli
