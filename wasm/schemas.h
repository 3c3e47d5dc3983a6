#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/schema/schema.h"
#include "bearproof/validator/options.h"
#include "bearproof/validator/schema_set.h"

namespace bearproof::wasm {

/// The schemas that JavaScript brought, compiled, each with a number. One is compiled at a time: begin, add …, compile.
class Schemas {
 public:
  /// @param options  JSON text, as parse_options reads it
  /// @return why they are refused
  std::optional<std::string> begin(std::string_view options);
  void add(std::string_view uri, std::string_view text);
  /// @param report  set to the report of the schemas with findings
  /// @return the schema's number; 0 where an error stands in the way
  std::uint32_t compile(std::string_view uri, bool assert_format, std::string& report);

  /// nullptr for 0, and for a schema that is gone.
  const schema::Program* program(std::uint32_t number) const;
  void dispose(std::uint32_t number);

 private:
  std::optional<SchemaSet> set_;
  CheckOptions options_;
  std::vector<std::unique_ptr<schema::Program>> programs_;  ///< by number - 1
};

}  // namespace bearproof::wasm
