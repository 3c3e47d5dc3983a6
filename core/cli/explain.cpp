#include <algorithm>
#include <string>
#include <vector>

#include "bearproof/catalogue/rules.h"
#include "bearproof/catalogue/texts.h"
#include "bearproof/report/paint.h"
#include "bearproof/report/visible.h"
#include "bearproof/validator/nearest.h"

#include "check_settings.h"
#include "commands.h"
#include "messages.h"
#include "table.h"

namespace bearproof::cli {
namespace {

constexpr std::string_view margin = "  ";

class Explanation {
 public:
  Explanation(const RuleInfo& rule, const RuleTexts& texts, report::Paint paint, std::size_t width)
      : rule_(rule), texts_(texts), paint_(paint), width_(width) {}

  std::string run() {
    out_ = paint_.bold(rule_.id) + "\n";
    out_ += paragraph(rule_.title, "", width_);
    cases();
    prose("Why", texts_.why);
    example("Bad", texts_.bad);
    example("Good", texts_.good);
    prose("What to do", rule_.help);
    supersession();
    prose("Source", texts_.source);
    notes();
    return std::move(out_);
  }

 private:
  void heading(std::string_view name) { out_ += "\n" + paint_.bold(name) + "\n"; }

  void prose(std::string_view name, std::string_view text) {
    if (text.empty()) return;
    heading(name);
    out_ += paragraph(text, margin, width_);
  }

  void cases() {
    heading("Raised when");
    for (const RuleCase one : cases_of(rule_.first)) {
      const RuleInfo& info = info_of(one);
      const RuleTexts* texts = texts_of(one);
      const std::string condition(texts == nullptr ? "" : texts->condition);
      std::string label(name_of(info.severity));
      if (!info.case_name.empty()) label.append(" (").append(info.case_name).append(")");
      std::string lines = paragraph(label + ": " + condition, margin, width_);
      if (lines.compare(margin.size(), label.size(), label) == 0) {
        lines.replace(margin.size(), label.size(), paint_.severity(info.severity, label));
      }
      out_ += lines;
    }
  }

  /// Examples keep their own lines.
  void example(std::string_view name, std::string_view body) {
    if (body.empty()) return;
    heading(name);
    for (std::size_t at = 0; at < body.size();) {
      const std::size_t end = std::min(body.find('\n', at), body.size());
      out_.append(margin).append(report::visible(body.substr(at, end - at))).append("\n");
      at = end + 1;
    }
  }

  void supersession() {
    std::string ids;
    for (const Supersession& pair : supersessions()) {
      if (info_of(pair.winner).first != rule_.first) continue;
      ids.append(ids.empty() ? "" : ", ").append(info_of(pair.loser).id);
      if (pair.same_place) ids += " (at the same place)";
    }
    prose("Suppresses", ids);
  }

  void notes() {
    std::string text;
    if (rule_.sensitive) text += "What it finds is secret: no report shows the value.\n";
    if (rule_.fixable) text += "Findings may carry a fix.\n";
    if (rule_.release_gate) text += "An error under --mode release.\n";
    if (!text.empty()) text.pop_back();
    prose("Note", text);
  }

  const RuleInfo& rule_;
  const RuleTexts& texts_;
  report::Paint paint_;
  std::size_t width_;
  std::string out_;
};

}  // namespace

Exit explain(const ExplainArguments& arguments, World& world) {
  const auto color = wants_color(arguments.color, world);
  if (!color) return usage_error(world, "explain", color.error());
  const auto rule = rule_from(arguments.rule);
  if (!rule) {
    std::vector<std::string_view> ids;
    for (const RuleInfo& info : rule_table()) {
      if (info.case_name.empty()) ids.push_back(info.id);
    }
    return usage_error(world, "explain", "unknown rule \"" + arguments.rule + "\"" + did_you_mean(arguments.rule, ids));
  }
  static constexpr RuleTexts none;
  const RuleTexts* texts = texts_of(*rule);
  world.out.write(
      Explanation(info_of(*rule), texts == nullptr ? none : *texts, report::Paint(*color), world.prose_columns())
          .run());
  return Exit::ok;
}

}  // namespace bearproof::cli
