// The way of a document, once, for every surface: read, recognise, evaluate, run the rules, report.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/collection/facts.h"
#include "bearproof/collection/link.h"
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

/// Documents that are checked together: what they say of each other, and in the end the findings between them.
class Collection {
 public:
  explicit Collection(const CheckOptions& options);
  ~Collection();
  Collection(Collection&&) noexcept;
  Collection& operator=(Collection&&) noexcept;

  /// @param facts    of a document that could be read
  /// @param origin   where its text starts in its file
  /// @param is_line  it is a line of NDJSON
  void add(const collection::Entry& facts, std::string_view source, const json::Position& origin, bool is_line);
  const collection::Index& index() const;

  /// Runs the rules that need several documents.
  /// @param texts  where the documents can be read again
  std::vector<report::LocatedFinding> link(collection::Texts& texts);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
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
  /// @param facts   where given: filled in with what the document says of others; its size is 0 where the text is no
  /// document
  report::DocumentReport check(std::string_view source, std::string_view text, collection::Entry* facts = nullptr);

  /// NDJSON, streamed: give bytes in any portions, then finish. `on_document` sees every document when `every` is true,
  /// else only those with a finding at or above the level; all are counted in the summary.
  class Lines {
   public:
    Lines(Validator& validator, std::string source, bool every,
          std::function<void(report::DocumentReport&&)> on_document);
    ~Lines();
    /// Adds every document to a collection from now on. It must outlive this object.
    void collect(Collection& collection);
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
