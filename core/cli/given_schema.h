#pragma once

#include <optional>
#include <vector>

#include "bearproof/schema/schema.h"
#include "bearproof/validator/schema_set.h"

#include "check_settings.h"

namespace bearproof::cli {

/// The schema of `check --schema`, with those of `--schemas` to refer to.
class GivenSchema {
 public:
  /// Reads and compiles. @return false: a file could not be read, which has been told
  bool load(const CheckSettings& settings, World& world);

  /// nullptr where none was asked for, or where an error stands in the way.
  const schema::Program* program() const { return program_ ? &*program_ : nullptr; }
  /// The same, compiled for JSON Schema's own output; nullptr where no such output was asked for.
  const schema::Program* for_output() const { return for_output_ ? &*for_output_ : nullptr; }
  /// The schemas with findings.
  std::vector<SchemaSet::Found> reports() const;

 private:
  std::optional<SchemaSet> set_;
  std::optional<schema::Program> program_;
  std::optional<schema::Program> for_output_;
};

}  // namespace bearproof::cli
