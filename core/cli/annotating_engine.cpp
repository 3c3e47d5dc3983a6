#include "annotating_engine.h"

#include "bearproof/contract/contract.h"
#include "bearproof/schema/schema.h"

namespace bearproof::cli {
namespace {

class AnnotatingEngine : public SchemaEngine {
 public:
  explicit AnnotatingEngine(const Limits& limits) : evaluator_(limits) {}

  bool evaluate(Dialect dialect, json::Value root, FindingSink& sink) override {
    const schema::Program* const program = contract::program_of(dialect, sink, contract::Purpose::annotating_check);
    return program != nullptr && evaluator_.evaluate(*program, root, sink);
  }

 private:
  schema::Evaluator evaluator_;
};

}  // namespace

std::unique_ptr<SchemaEngine> make_annotating_engine(const Limits& limits) {
  return std::make_unique<AnnotatingEngine>(limits);
}

}  // namespace bearproof::cli
