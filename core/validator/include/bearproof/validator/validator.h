// The way of a document, once, for every surface: read, recognise, evaluate, run the rules, report.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "bearproof/report/report.h"
#include "bearproof/report/text.h"
#include "bearproof/validator/options.h"

namespace bearproof {

/// Evaluates schemas in place of our own engine: a second opinion.
class SchemaEngine {
 public:
  virtual ~SchemaEngine() = default;
  /// As schema::Evaluator::evaluate, for a dialect that has a schema in this build.
  virtual bool evaluate(Dialect dialect, json::Value root, FindingSink& sink) = 0;
};

/// Checks documents one after another. Holds all working memory: keep one per thread. No exception leaves it.
class Validator {
 public:
  /// @param engine  nullptr: our own
  explicit Validator(CheckOptions options, std::unique_ptr<SchemaEngine> engine = nullptr);
  ~Validator();
  Validator(Validator&&) noexcept;
  Validator& operator=(Validator&&) noexcept;

  const CheckOptions& options() const;

  /// Checks one document.
  /// @param source  a name for it: a path, or what the caller likes; shown, never opened
  report::DocumentReport check(std::string_view source, std::string_view text);

  /// NDJSON, streamed: give bytes in any portions, then finish. `on_document` sees every document when `every` is true,
  /// else only those with a finding at or above the level; all are counted in the summary.
  class Lines {
   public:
    Lines(Validator& validator, std::string source, bool every,
          std::function<void(report::DocumentReport&&)> on_document);
    ~Lines();
    void push(std::string_view bytes);
    /// No more is to come: the rest is the last line.
    void finish();
    /// All documents so far; of findings those that were listed.
    const report::Summary& summary() const;
    /// Within `on_document`: the text of that document, for frames.
    report::SourceText text() const;

   private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
  };

  /// An empty report with this validator's options filled in.
  report::Report report() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bearproof
