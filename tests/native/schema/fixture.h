// Schemas and documents as text, for tests.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "bearproof/catalogue/rules.h"
#include "bearproof/json/pointer.h"
#include "bearproof/json/quotation.h"
#include "bearproof/json/reader.h"
#include "bearproof/schema/schema.h"

namespace bearproof::test {

inline std::vector<Severity> standard_severities() {
  std::vector<Severity> severities(rule_case_count);
  effective_severities(Mode::standard, severities);
  return severities;
}

/// What of the text a value is.
inline std::string_view source_of(json::Value value) {
  const json::Value::Span span = value.span();
  return value.document().text.substr(static_cast<std::size_t>(span.begin),
                                      static_cast<std::size_t>(span.end - span.begin));
}

inline std::string string_of(json::Value value) {
  std::string scratch;
  return std::string(value.string(scratch));
}

/// A compiled schema that checks texts.
class Checker {
 public:
  static constexpr std::string_view uri = "https://example.test/schema";

  explicit Checker(std::string_view schema, schema::CompileOptions options = {}) { compile(schema, options); }
  Checker(const schema::Registry& registry, std::string_view name, const schema::CompileOptions& options = {}) {
    take(schema::compile(registry, name, options));
  }

  bool compiled() const { return program_.has_value(); }
  const std::vector<schema::SchemaFault>& faults() const { return faults_; }
  /// What the first fault says; "" where there is none.
  std::string fault() const { return faults_.empty() ? std::string() : json::text_of(faults_[0].message, nullptr); }
  const schema::Program& program() const { return *program_; }
  schema::Evaluator& evaluator() { return evaluator_; }

  /// Whether the document is valid, asked in both modes, which must agree.
  bool valid(std::string_view document) {
    const json::Document* read = reader_.read(document);
    if (read == nullptr) {
      ADD_FAILURE() << "not a document: " << document << ": " << reader_.fault().message;
      return false;
    }
    FindingSink deciding(severities_.data(), Severity::info, false, 1000);
    const bool decided = evaluator_.evaluate(*program_, read->root(), deciding);
    EXPECT_EQ(decided, !deciding.hit()) << document;
    FindingSink explaining(severities_.data(), Severity::info, true, 1000);
    EXPECT_EQ(evaluator_.evaluate(*program_, read->root(), explaining), decided) << document;
    EXPECT_EQ(explaining.findings().empty(), decided) << document;
    for (const Finding& finding : explaining.findings()) {
      EXPECT_NE(finding.rule_case, Rule::engine_failed) << document;
    }
    return decided;
  }

  /// The findings of a document, explained.
  std::vector<Finding> findings(std::string_view document) {
    const json::Document* read = reader_.read(document);
    if (read == nullptr) {
      ADD_FAILURE() << "not a document: " << document << ": " << reader_.fault().message;
      return {};
    }
    FindingSink sink(severities_.data(), Severity::info, true, 1000);
    evaluator_.evaluate(*program_, read->root(), sink);
    return sink.findings();
  }

  /// Each finding as "pointer: message", a '#' before the pointer where it stands on a member's name.
  std::vector<std::string> told(std::string_view document) {
    std::vector<std::string> out;
    const std::vector<Finding> found = findings(document);
    const json::Document* read = reader_.read(document);
    for (const Finding& finding : found) {
      std::string line = finding.place.part == Place::Part::key ? "#" : "";
      line += json::pointer_to(*read, finding.place.node) + ": " + json::text_of(finding.message, read);
      out.push_back(std::move(line));
    }
    return out;
  }

 private:
  void compile(std::string_view schema, const schema::CompileOptions& options) {
    schema::Registry registry;
    faults_ = registry.add(uri, schema);
    if (faults_.empty()) take(schema::compile(registry, uri, options));
  }
  void take(std::expected<schema::Program, std::vector<schema::SchemaFault>> compiled) {
    if (compiled) {
      program_.emplace(std::move(*compiled));
    } else {
      faults_ = std::move(compiled.error());
    }
  }

  std::vector<Severity> severities_ = standard_severities();
  std::optional<schema::Program> program_;
  std::vector<schema::SchemaFault> faults_;
  schema::Evaluator evaluator_;
  json::Reader reader_;
};

}  // namespace bearproof::test
