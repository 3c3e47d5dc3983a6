#include "schemas.h"

#include <utility>

#include "bearproof/contract/contract.h"
#include "bearproof/report/report.h"

namespace bearproof::wasm {

std::optional<std::string> Schemas::begin(std::string_view options) {
  options_ = {};
  std::optional<std::string> refused = parse_options(options, options_);
  if (!refused) set_.emplace(options_);
  return refused;
}

void Schemas::add(std::string_view uri, std::string_view text) {
  if (set_) set_->add(uri, uri, text);
}

std::uint32_t Schemas::compile(std::string_view uri, bool assert_format, std::string& report) {
  std::uint32_t number = 0;
  report::Report found;
  found.options = report_options(options_, contract::ruleset());
  if (set_) {
    schema::CompileOptions options;
    options.assert_format = assert_format;
    options.limits = options_.limits;
    if (set_->contains(uri)) {
      if (auto program = set_->compile(uri, options)) {
        programs_.push_back(std::make_unique<schema::Program>(std::move(*program)));
        number = static_cast<std::uint32_t>(programs_.size());
      }
    }
    for (SchemaSet::Found& each : set_->reports()) {
      found.summary.count(each.report);
      found.documents.push_back(std::move(each.report));
    }
  }
  set_.reset();
  report = report::to_json(found, false);
  return number;
}

const schema::Program* Schemas::program(std::uint32_t number) const {
  return number == 0 || number > programs_.size() ? nullptr : programs_[number - 1].get();
}

void Schemas::dispose(std::uint32_t number) {
  if (number != 0 && number <= programs_.size()) programs_[number - 1].reset();
}

}  // namespace bearproof::wasm
