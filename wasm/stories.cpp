#include "stories.h"

namespace bearproof::wasm {

void Stories::add(Checked& checked) {
  narratives_.push_back(narrative::tell(checked.report(), checked.document, checked.origin.offset));
}

void Stories::add(Validator& validator, std::string_view source, std::string_view text) {
  validator.check(source, text, [this](Checked& checked) { add(checked); });
}

void Stories::add_lines(Validator& validator, std::string_view source, std::string_view text) {
  Validator::Lines lines(validator, std::string(source), Validator::Lines::Which::every,
                         [this](Checked& checked) { add(checked); });
  lines.push(text);
  lines.finish();
}

void Stories::add(const report::DocumentReport& document) {
  narratives_.push_back(narrative::tell(document, nullptr, 0));
}

std::string Stories::finish() {
  std::string out = narrative::to_json(narratives_);
  narratives_.clear();
  return out;
}

}  // namespace bearproof::wasm
