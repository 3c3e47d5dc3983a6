#include "warm_validator.h"

#include <utility>

namespace bearproof::wasm {

std::optional<std::string> WarmValidator::prepare(std::string_view options, Severity level,
                                                  const schema::Program* schema) {
  if (validator_ && options_ == options && level_ == level && validator_->options().schema == schema) {
    return std::nullopt;
  }
  CheckOptions parsed;
  parsed.level = level;
  if (std::optional<std::string> refused = parse_options(options, parsed)) return refused;
  parsed.schema = schema;
  validator_ = std::make_unique<Validator>(std::move(parsed));
  options_ = options;
  level_ = level;
  return std::nullopt;
}

}  // namespace bearproof::wasm
