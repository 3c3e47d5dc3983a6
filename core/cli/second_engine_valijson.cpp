#include <expected>
#include <map>
#include <string>

#include "bearproof/contract/contract.h"
#include "bearproof/json/pointer.h"
#include "bearproof/oracle/second_opinion.h"

#include "second_engine.h"

namespace bearproof::cli {
namespace {

/// Code points of what valijson says that a message shows.
constexpr std::uint16_t longest_failure = 1000;

class Valijson : public SchemaEngine {
 public:
  bool evaluate(Dialect dialect, json::Value root, FindingSink& sink) override {
    const auto& engine = engine_of(dialect);
    if (!engine) {
      if (Finding* finding = sink.raise(Rule::schema_draft_unsupported, Place::value(root.index()))) {
        finding->message << "valijson cannot judge this kind: " << words(engine.error());
      }
      return false;
    }
    if (engine->valid(root.document())) return true;
    if (!sink.explaining()) {
      sink.suspect();
      return false;
    }
    for (const oracle::Failure& failure : engine->failures(root.document())) {
      const auto at = json::resolve(root.document(), failure.pointer);
      Finding* finding = sink.raise(Rule::schema_shape, Place::value(at ? at->index() : root.index()));
      if (finding != nullptr) finding->message << show_bare(failure.message, longest_failure);
    }
    return false;
  }

 private:
  using Engine = std::expected<oracle::SecondOpinion, std::string>;

  const Engine& engine_of(Dialect dialect) {
    const auto known = engines_.find(dialect);
    if (known != engines_.end()) return known->second;
    return engines_.emplace(dialect, oracle::SecondOpinion::compile(contract::stripped_schema_text(dialect)))
        .first->second;
  }

  std::map<Dialect, Engine> engines_;
};

}  // namespace

std::unique_ptr<SchemaEngine> make_second_engine() { return std::make_unique<Valijson>(); }

}  // namespace bearproof::cli
