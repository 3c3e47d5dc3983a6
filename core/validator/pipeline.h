// What Validator and its Lines share: the look at one document, in whichever of the two modes the sink is.
#pragma once

#include <array>
#include <memory>
#include <optional>

#include "bearproof/catalogue/rules.h"
#include "bearproof/contract/contract.h"
#include "bearproof/json/reader.h"
#include "bearproof/report/report.h"
#include "bearproof/schema/instant.h"
#include "bearproof/schema/schema.h"
#include "bearproof/validator/validator.h"

namespace bearproof {

struct Validator::Impl {
  Impl(CheckOptions given, std::unique_ptr<SchemaEngine> engine_given);
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  /// What every finding's report needs to know of the document, decided or explained.
  struct Look {
    Dialect dialect = Dialect::none;
    bool checked = false;  ///< the dialect has a schema here
  };
  /// Raises everything that one document shows; stops early when the sink knows enough.
  /// @param is_record  it is one of a log, where a later one may say more
  Look look(const json::Document& document, bool is_record, FindingSink& sink);

  /// The document against the schema of a dialect that has one. @return whether it is valid
  bool evaluate(Dialect dialect, json::Value root, FindingSink& sink);
  /// Events of the strict and of the legacy form carry the same version. One that fails the strict schema and passes
  /// the legacy one is of the legacy form: what stood in the strict one's way becomes `event.legacy.only`.
  /// @param sink  holds what evaluating the strict schema found, and nothing else of schema.shape
  Dialect try_legacy_event(json::Value root, FindingSink& sink);

  FindingSink deciding() const { return {severities.data(), options.level, false, 0}; }
  FindingSink explaining() const { return {severities.data(), options.level, true, options.limits.findings}; }

  /// The report of a document that has something at the level.
  report::DocumentReport explain(report::Subject subject);
  /// The report of a text that is no document.
  report::DocumentReport explain(report::Subject subject, const json::TextFault& fault);
  /// The report of a document with nothing to tell.
  static report::DocumentReport clean(const report::Subject& subject, const Look& look);

  void finish(report::DocumentReport& report, std::string_view text) const;

  const CheckOptions options;
  std::array<Severity, rule_case_count> severities;
  std::optional<schema::Instant> now;  ///< refers to options.now
  json::Reader reader;
  schema::Evaluator evaluator;
  std::unique_ptr<SchemaEngine> engine;  ///< used instead of the evaluator, where there is one
};

}  // namespace bearproof
