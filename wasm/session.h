// What one Wasm instance keeps between calls. Knows nothing of JavaScript.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/narrative/narrative.h"
#include "bearproof/report/report.h"
#include "bearproof/session/session.h"
#include "bearproof/validator/schema_set.h"
#include "bearproof/validator/validator.h"

namespace bearproof::wasm {

/// One report at a time: begin, add …, finish; or open, push …, close, finish. Whatever was begun before is forgotten.
class Session {
 public:
  /// Compiles a schema: begin, add …, compile. @return as begin
  bool schema_begin(std::string_view options);
  void schema_add(std::string_view uri, std::string_view text);
  /// Writes the report of the schemas with findings to output().
  /// @return a number for begin and open; 0 where an error stands in the way
  std::uint32_t schema_compile(std::string_view uri, bool assert_format);
  void schema_dispose(std::uint32_t handle);

  /// Starts a report over documents.
  /// @param options  JSON text, as parse_options reads it
  /// @param schema  of schema_compile, or 0
  /// @return false: the options are refused, and output() says why
  bool begin(std::string_view options, std::uint32_t schema);
  void add(std::string_view source, std::string_view text);
  /// Adds each line of NDJSON that is not blank as a document.
  void add_lines(std::string_view source, std::string_view text);
  /// Adds a document that made another instance trap: its one finding is engine.failed.
  void fail(std::string_view source);

  /// Tells a document, after `begin`; `told` gives the stories of all since then.
  void tell(std::string_view source, std::string_view text);
  void tell_lines(std::string_view source, std::string_view text);
  void told();

  /// Starts a report over the lines of an NDJSON stream; the level is `warning` unless the options say otherwise.
  /// @return as begin
  bool open(std::string_view options, std::string_view source, std::uint32_t schema);
  void push(std::string_view bytes);
  /// No more lines are to come.
  void close();

  /// Writes the canonical report to output(). The documents in it are forgotten; a stream's summary goes on counting.
  void finish(bool pretty);

  /// Writes the documents since `begin`, with the option `collection`, as a graph of services to output(): JSON.
  void graph();

  /// Writes the events since `begin`, with the option `collection`, in groups to output(): a JSON array.
  void coalesce();

  /// Starts a session view: begin, then add, add_oversized or fail for each document, then finish.
  /// @param options  JSON text, as session::parse_options reads it. @return as begin
  bool sessions_begin(std::string_view options);
  void sessions_add(std::string_view source, std::string_view text, bool lines);
  void sessions_oversized(std::string_view source, std::uint64_t size);
  void sessions_fail(std::string_view source);
  /// Writes the view to output(): canonical JSON.
  void sessions_finish();

  /// Writes `{"event":"…","receipt":"…"}` to output(), or why there is nothing to revoke. @return whether there is
  bool revoke(std::string_view text, std::string_view now);

  void show(std::string text) { output_ = std::move(text); }
  std::string_view output() const { return output_; }

 private:
  /// The texts of a collection: what JavaScript handed over is gone when they are needed again.
  class Kept : public collection::Texts {
   public:
    void clear();
    /// What is kept from now on is another source. @param first  the number that its first document will have
    void begin(collection::DocumentIndex first) { sources_.push_back({first, bytes_.size()}); }
    void keep(std::string_view bytes) { bytes_ += bytes; }
    bool read(const collection::Index& index, collection::DocumentIndex document, std::string& into) override;

   private:
    struct Source {
      collection::DocumentIndex first;
      std::size_t begin;
    };
    std::string bytes_;
    std::vector<Source> sources_;
  };

  void list(Checked& checked);
  void tell(Checked& checked);
  bool prepare(std::string_view options, Severity level, std::uint32_t schema);

  std::optional<SchemaSet> set_;
  CheckOptions set_options_;
  std::vector<std::unique_ptr<schema::Program>> schemas_;  ///< by handle - 1
  std::unique_ptr<Validator> validator_;
  std::string options_;  ///< the text that validator_ was made from
  Severity level_ = Severity::off;
  std::uint32_t schema_ = 0;
  report::Report report_;
  std::optional<Validator::Lines> lines_;
  std::optional<Collection> collection_;  ///< where the options ask for it
  Kept kept_;
  bool is_open_ = false;  ///< a stream that goes on
  std::optional<session::Builder> sessions_;
  std::vector<narrative::Narrative> narratives_;
  std::string output_;
};

}  // namespace bearproof::wasm
