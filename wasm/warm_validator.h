#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "bearproof/validator/validator.h"

namespace bearproof::wasm {

/// A validator owns warm memory: it is kept while what it was made from stays the same.
class WarmValidator {
 public:
  /// @param options  JSON text, as parse_options reads it
  /// @param level    where the options name none
  /// @param schema   nullptr: each document is judged by its kind
  /// @return why the options are refused; the validator stays as it was
  std::optional<std::string> prepare(std::string_view options, Severity level, const schema::Program* schema);
  void reset() { validator_.reset(); }

  /// @pre prepared, and not reset since
  Validator& operator*() const { return *validator_; }
  Validator* operator->() const { return validator_.get(); }
  explicit operator bool() const { return validator_ != nullptr; }

 private:
  std::unique_ptr<Validator> validator_;
  std::string options_;  ///< the text that validator_ was made from
  Severity level_ = Severity::off;
};

}  // namespace bearproof::wasm
