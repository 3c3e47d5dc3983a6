// Append-only stores of events: verified, or coalesced.
#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "bearproof/collection/noise.h"
#include "bearproof/json/canonical.h"
#include "bearproof/json/number.h"
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

/// What a store had when it was verified before.
struct Previous {
  std::string digest;  ///< "sha256:…"
  std::uint64_t size = 0;
};

std::optional<Previous> read_previous(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos || colon + 1 == text.size() || text.size() - colon > 19) return std::nullopt;
  if (text.find_first_not_of("0123456789", colon + 1) != std::string::npos) return std::nullopt;
  Previous previous{text.substr(0, colon), std::stoull(text.substr(colon + 1))};
  const bool is_digest = previous.digest.size() == 71 && previous.digest.starts_with("sha256:") &&
                         previous.digest.find_first_not_of("0123456789abcdef", 7) == std::string::npos;
  return is_digest ? std::optional(previous) : std::nullopt;
}

/// How many lines have a fault, and the first of them. What is wrong with each of them is said with the line.
struct FaultyLines {
  std::uint64_t count = 0;
  std::uint64_t first = 0;

  void add(const report::DocumentReport& document) {
    if (count++ == 0) first = document.line.value_or(0);
  }
  std::string text(const char* what) const {
    const std::string line = "line " + std::to_string(first) + " is " + what;
    if (count == 1) return line;
    return line + (count == 2 ? ", and so is 1 more" : ", and so are " + std::to_string(count - 1) + " more");
  }
};

/// The digest of a store while it passes, and that of as much of it as was there before.
class Digests {
 public:
  explicit Digests(const std::optional<Previous>& previous) : previous_(previous) {}

  void add(std::string_view bytes) {
    whole_.update(bytes);
    if (previous_ && size_ < previous_->size) {
      const std::uint64_t left = previous_->size - size_;
      before_.update(bytes.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), left))));
    }
    size_ += bytes.size();
  }

  /// What has happened to the store but that lines were added to its end; "" where that is all. Asked for once.
  std::string change() {
    if (!previous_) return {};
    if (size_ < previous_->size) return "the store is shorter than it was";
    if (json::sha256_text(before_.finish()) == previous_->digest) return {};
    return "the first " + std::to_string(previous_->size) + " bytes have changed";
  }

  /// DIGEST:BYTES, as --previous takes it. Asked for once.
  std::string text() { return json::sha256_text(whole_.finish()) + ":" + std::to_string(size_); }

 private:
  const std::optional<Previous>& previous_;
  json::Sha256 whole_;
  json::Sha256 before_;
  std::uint64_t size_ = 0;
};

class Store {
 public:
  Store(const StoreArguments& arguments, World& world, bool color)
      : arguments_(arguments), world_(world), style_{color, world.columns}, together_(CheckOptions{}) {}

  Exit verify(const std::optional<Previous>& previous) {
    CheckOptions options;
    Validator validator(options);
    report::Report report = validator.report();
    const bool as_json = arguments_.format == "json";
    FaultyLines faulty;
    FaultyLines invalid;
    Validator::Lines lines(validator, arguments_.file, Validator::Lines::Which::with_findings, [&](Checked& checked) {
      report::DocumentReport document = checked.report();
      report.summary.count(document);
      if (!has(document.dialect, Trait::event)) {
        faulty.add(document);
      } else if (document.verdict != report::Verdict::valid) {
        invalid.add(document);
      }
      if (!as_json) world_.out.write(report::document_text(document, checked.source_text(), style_));
      if (as_json) report.documents.push_back(std::move(document));
    });
    lines.collect(together_);
    Digests digests(previous);
    const int error = pass([&](std::string_view bytes) {
      lines.push(bytes);
      digests.add(bytes);
    });
    if (error != 0) return failed(error);
    lines.finish();
    report.summary.add(lines.passed_over());
    std::vector<report::LocatedFinding> between = together_.link(texts_);
    if (faulty.count != 0) add(between, Rule::store_line_invalid, faulty.text("no event"));
    if (invalid.count != 0) add(between, Rule::store_event_invalid, invalid.text("an invalid event"));
    if (report.summary.documents == 0) {
      add(between, arguments_.fail_empty ? Rule::store_empty_refused : Rule::store_empty, "");
    }
    if (const std::string change = digests.change(); !change.empty()) add(between, Rule::store_append_only, change);
    const std::uint64_t events = report.summary.documents - faulty.count;
    add(between, Rule::store_digest,
        digests.text() + ", " + std::to_string(events) + (events == 1 ? " event" : " events"));
    report.summary.count(between);
    if (as_json) {
      report.collection = std::move(between);
      world_.out.write(report::to_json(report, false) + "\n");
    } else {
      world_.out.write(report::lines_text(arguments_.file, report.summary, style_));
      world_.out.write("\n" + report::collection_text(between, style_));
      world_.out.write(report::summary_text(report.summary, style_));
    }
    return report.summary.severities[static_cast<std::size_t>(Severity::error)] == 0 ? Exit::ok : Exit::findings;
  }

  Exit coalesce() {
    CheckOptions options;
    options.level = Severity::error;
    Validator validator(options);
    Validator::Lines lines(validator, arguments_.file, Validator::Lines::Which::with_findings, [](Checked&) {});
    lines.collect(together_);
    if (const int error = pass([&](std::string_view bytes) { lines.push(bytes); })) return failed(error);
    lines.finish();
    for (const collection::NoiseGroup& group : collection::noise_of(together_.index())) {
      const std::string line = collection::to_json(group, together_.index(), texts_);
      if (!line.empty()) world_.out.write(line + "\n");
    }
    return Exit::ok;
  }

 private:
  /// Reads the store in portions. @return 0, or an errno
  int pass(const std::function<void(std::string_view)>& take) {
    auto file = FileInput::open(arguments_.file);
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

  void add(std::vector<report::LocatedFinding>& findings, RuleCase rule, std::string message) const {
    report::LocatedFinding& finding = findings.emplace_back();
    finding.rule_case = rule;
    finding.severity = info_of(rule).severity;
    finding.source = arguments_.file;
    finding.message = message.empty() ? std::string(info_of(rule).message) : std::move(message);
    finding.help = info_of(rule).help;
  }

  const StoreArguments& arguments_;
  World& world_;
  report::TextStyle style_;
  Collection together_;
  Retrieval texts_;
};

}  // namespace

Exit store(const StoreArguments& arguments, World& world) {
  if (auto problem = not_text_or_json(arguments.format)) return usage_error(world, "store", *problem);
  const auto color = wants_color(arguments.color, world);
  if (!color) return usage_error(world, "store", color.error());
  std::optional<Previous> previous;
  if (!arguments.previous.empty()) {
    previous = read_previous(arguments.previous);
    if (!previous) {
      return usage_error(world, "store",
                         "--previous: expected DIGEST:BYTES as verify prints it, found \"" + arguments.previous + "\"");
    }
  }
  Store store(arguments, world, *color);
  return arguments.action == StoreArguments::Action::verify ? store.verify(previous) : store.coalesce();
}

}  // namespace bearproof::cli
