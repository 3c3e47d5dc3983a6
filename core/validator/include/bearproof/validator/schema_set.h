// Schemas that someone brings along: registered, compiled, and what is wrong with them reported like anything else.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/report/report.h"
#include "bearproof/report/text.h"
#include "bearproof/schema/schema.h"
#include "bearproof/validator/options.h"

namespace bearproof {

class SchemaSet {
 public:
  /// @param options  limits, level and severities of the findings about schemas
  explicit SchemaSet(const CheckOptions& options);
  ~SchemaSet();
  SchemaSet(SchemaSet&&) noexcept;
  SchemaSet& operator=(SchemaSet&&) noexcept;

  /// Registers a schema under a URI, and under the `$id` of itself and of every schema embedded in it.
  /// @param uri     absolute
  /// @param source  its name in reports
  void add(std::string_view uri, std::string_view source, std::string_view text);
  bool contains(std::string_view uri) const;

  /// Compiles the schema registered under a URI. What it finds is kept for `reports`.
  /// @return nothing where an error stands in the way
  std::optional<schema::Program> compile(std::string_view uri, const schema::CompileOptions& options);

  /// Looks for what the metaschema allows and a careful author avoids (schema::lint). What it finds is kept.
  void lint(std::string_view uri);

  /// A text that was added, and what was found in it.
  struct Found {
    report::DocumentReport report;
    report::SourceText text;  ///< lives as long as the set
  };
  /// The texts in which something was found at the level, in the order in which they were added; a text is named by its
  /// `source`. What belongs to no text stands under the name that was asked for.
  /// @param every  texts without findings too
  std::vector<Found> reports(bool every = false) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bearproof
