// What is measured: the lines of one NDJSON text, by how much is done with each. One object, so that the same work can
// be asked for again and again, in turn with that of others.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/json/reader.h"
#include "bearproof/schema/schema.h"

namespace bearproof::bench {

struct Count {
  std::uint64_t documents = 0;
  std::uint64_t valid = 0;
};

class Witness;  ///< valijson, where this build has it

class Workload {
 public:
  Workload();
  ~Workload();

  /// Room for a text of this size, to be written to; it is the workload's text from then on.
  char* text(std::size_t size);
  void set_text(std::string text);

  /// The schema of "schema", "evaluate" and "valijson"; formats assert.
  /// @return what is wrong with it, or nothing
  std::optional<std::string> set_schema(std::string_view schema);

  /// Does the work once. Modes:
  ///   read            reading alone
  ///   schema          reading, and deciding by the schema: what a compiled validator does
  ///   rules-warning   the whole way of a document, level warning
  ///   rules-info      the same, level info
  ///   evaluate        deciding by the schema over documents that are read already (up to 500 of them, again and again)
  ///   valijson        the same documents by valijson
  /// @return nothing for a mode that there is not, or not here
  std::optional<Count> run(std::string_view mode);

  std::size_t size() const { return text_.size(); }

 private:
  void keep_documents();

  std::string text_;
  std::string schema_text_;
  std::unique_ptr<schema::Program> program_;
  schema::Evaluator evaluator_;
  std::vector<std::unique_ptr<json::Reader>> readers_;
  std::vector<const json::Document*> documents_;
  std::uint64_t lines_ = 0;
  std::unique_ptr<Witness> witness_;
};

}  // namespace bearproof::bench
