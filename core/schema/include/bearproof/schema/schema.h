// JSON Schema 2020-12: schemas are compiled to a Program, and one evaluator runs it in two modes.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/catalogue/limits.h"
#include "bearproof/finding/finding.h"
#include "bearproof/json/document.h"

namespace bearproof::json {
class Redaction;
}

namespace bearproof::schema {

/// Something wrong with a schema, located in the schema.
struct SchemaFault {
  RuleCase rule{};      ///< schema.*, parse.* or limit.*
  std::string uri;      ///< of the resource, or the name under which the text was added
  std::string pointer;  ///< within the schema's text
  Place place;          ///< within the text that was added
  Message message;      ///< quotes texts alone
};

/// Schemas by URI. Set up once, then only read; compiling needs no other source.
class Registry {
 public:
  /// @param limits  `uri` and `uris` bound what is registered
  explicit Registry(const Limits& limits = {});
  ~Registry();
  Registry(Registry&&) noexcept;
  Registry& operator=(Registry&&) noexcept;

  /// Reads a schema and registers it under `uri`, and under the `$id` of itself and of every schema embedded in it.
  /// @param uri   absolute URI; also the base for `$id` and `$ref`
  /// @param text  kept (a copy)
  /// @return what is wrong with it as JSON or as an identified resource (a URI registered twice with another text);
  ///         empty when all is well. Whether it is a valid schema is compile's question.
  std::vector<SchemaFault> add(std::string_view uri, std::string_view text);

  bool contains(std::string_view uri) const;

 private:
  friend class Compiler;
  friend std::vector<SchemaFault> lint(const Registry& registry, std::string_view uri);
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

struct CompileOptions {
  /// `format` asserts (built-in kinds); otherwise it annotates, unless the metaschema's vocabulary asks for assertion.
  bool assert_format = false;
  /// Honour `x-bearproof-rule` (built-in schemas only): a failure is reported under the rule it names.
  bool rule_names = false;
  /// Evaluate every schema text that is reached against the metaschema of its dialect. Off only for schemas that a test
  /// has checked already (the built-in ones).
  bool check_metaschema = true;
  /// For Evaluator::output: keep annotations, and each reference as a step of its own. Slower.
  bool output = false;
  Limits limits;
};

struct ProgramData;

/// A compiled schema: immutable, shareable between threads, independent of the registry it came from.
class Program {
 public:
  ~Program();
  Program(Program&&) noexcept;
  Program& operator=(Program&&) noexcept;

  /// URI of the root schema's resource.
  std::string_view uri() const;
  /// Warnings met while compiling (schema.pattern.legacy), located in the schema.
  const std::vector<SchemaFault>& warnings() const;
  /// What it consists of: for this component and its tests (core/schema/program.h).
  const ProgramData& data() const;

 private:
  friend class Compiler;
  friend class Evaluator;
  Program();
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Compiles the schema registered under `uri` (a fragment may select a part of it).
std::expected<Program, std::vector<SchemaFault>> compile(const Registry& registry, std::string_view uri,
                                                         const CompileOptions& options);

/// Looks through the text that a URI was registered with for what a valid schema may say and a careful author avoids:
/// keywords that nobody knows (`x-…` aside), and strings and arrays that may be of any length.
/// @return schema.keyword.unknown, schema.string.unbounded, schema.pattern.unbounded, schema.array.unbounded
std::vector<SchemaFault> lint(const Registry& registry, std::string_view uri);

/// The forms of JSON Schema's own output (draft 2020-12, core, section 12.4) that are written.
enum class OutputForm : std::uint8_t { flag, basic };

/// Runs programs over documents. Holds the working memory, so keep one per thread and reuse it: no allocation per
/// document once warm.
class Evaluator {
 public:
  explicit Evaluator(const Limits& limits = {});
  ~Evaluator();
  Evaluator(Evaluator&&) noexcept;
  Evaluator& operator=(Evaluator&&) noexcept;

  /// Evaluates `root` against the program. A deciding sink only learns (`suspect`) that something failed; an explaining
  /// one gets a finding for each failure that a reader should see: one best explanation per anyOf/oneOf, no parents of
  /// failures already told, the schema's URI and pointer with each. Running out of steps or memory is a finding
  /// (limit.steps, limit.memory) in either mode.
  /// @return whether the document is valid; false also when a limit left it undecided
  bool evaluate(const Program& program, json::Value root, FindingSink& sink);

  /// Appends the result in a form of JSON Schema's own: one line of JSON, without the line's end. `basic` lists all
  /// errors, of every branch that failed where one had to match, or all annotations.
  /// @param redaction  what errors must not quote; nullptr: they may quote everything
  /// @pre for `basic`: the program was compiled with CompileOptions::output
  /// @return whether the document is valid
  bool output(const Program& program, json::Value root, OutputForm form, std::string& out,
              const json::Redaction* redaction = nullptr);

  /// Runs both modes, whatever the first one says: for tests.
  /// @return whether they agree (a limit met in either counts as agreement)
  bool modes_agree(const Program& program, json::Value root);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bearproof::schema
