// The way of a document, once, for every surface: read, recognise, evaluate, run the rules, report.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/collection/facts.h"
#include "bearproof/collection/link.h"
#include "bearproof/json/reader.h"
#include "bearproof/report/report.h"
#include "bearproof/report/text.h"
#include "bearproof/validator/options.h"

namespace bearproof {

class Validator;

/// Evaluates schemas in place of our own engine: a second opinion.
class SchemaEngine {
 public:
  virtual ~SchemaEngine() = default;
  /// As schema::Evaluator::evaluate, for a dialect that has a schema in this build.
  virtual bool evaluate(Dialect dialect, json::Value root, FindingSink& sink) = 0;
};

class Checked;

/// Documents that are checked together: what they say of each other, and in the end the findings between them.
class Collection {
 public:
  explicit Collection(const CheckOptions& options);
  ~Collection();
  Collection(Collection&&) noexcept;
  Collection& operator=(Collection&&) noexcept;

  /// Takes what matters to others of a document; a text that is none is passed over.
  void add(const Checked& checked);
  /// The same of facts that were taken before.
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

/// A document as it was checked, for whoever wants more of it than its report: what it is, and what was read. Lives as
/// long as the call that it is handed to.
class Checked {
 public:
  std::string_view source;
  std::optional<std::uint64_t> line;         ///< of NDJSON: the document's line in its file, from 1
  std::string_view text;                     ///< of the document; of NDJSON its line, without the line's end
  json::Position origin;                     ///< where `text` starts in its file
  const json::Document* document = nullptr;  ///< nullptr: the text is no document
  Dialect dialect = Dialect::none;           ///< as it was recognised; the report may know better
  bool has_findings = false;                 ///< something is at or above the level

  /// What was found, explained. Costs as much as the check where something was; whoever does not ask does not pay.
  report::DocumentReport report();
  /// The text, for the frames of that report.
  report::SourceText source_text() const { return {text, origin.offset}; }

 private:
  friend class Validator;
  Validator* validator_ = nullptr;
  const json::TextFault* fault_ = nullptr;
  bool has_schema_ = false;
  report::DocumentReport* report_ = nullptr;  ///< where it was made before anyone asked: to be taken
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

  /// Takes a document as it was checked.
  using Take = std::function<void(Checked&)>;
  /// Checks one document and hands it on, before this returns.
  void check(std::string_view source, std::string_view text, const Take& take);

  /// NDJSON, streamed: give bytes in any portions, then finish. Documents are handed on in their order, before `push`
  /// or `finish` returns.
  class Lines {
   public:
    /// Which documents are handed on: every one, or those whose reports list findings. Most lines of a log have none;
    /// they cost least if nobody asks for them.
    enum class Which { every, with_findings };
    Lines(Validator& validator, std::string source, Which which, Take take);
    ~Lines();
    /// Adds every document to a collection from now on, handed on or not. It must outlive this object.
    void collect(Collection& collection);
    void push(std::string_view bytes);
    /// No more is to come: the rest is the last line.
    void finish();
    /// The documents so far that were not handed on: their reports list no findings. The caller counts the others.
    const report::Summary& passed_over() const;

   private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
  };

  /// An empty report with this validator's options filled in.
  report::Report report() const;

 private:
  friend class Checked;
  Checked read(std::string_view source, std::string_view text);
  /// The deciding look at a document, or at why there is none.
  /// @param is_record  it is one of a log, where a later one may say more
  Checked look(std::string_view source, std::string_view text, const json::Document* document,
               const json::TextFault* fault, bool is_record);

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bearproof
