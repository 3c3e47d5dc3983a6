// Schemas: the first line is one, the next is a document. Compiling ends with a program or with faults that have a
// place; deciding and explaining agree.
#include <string>
#include <vector>

#include "bearproof/catalogue/rules.h"
#include "bearproof/json/reader.h"
#include "bearproof/schema/schema.h"

#include "fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bearproof;
  using namespace bearproof::fuzz;
  const auto [schema, document] = first_line(text_of(data, size));
  static constexpr std::string_view uri = "https://example.test/fuzz";
  schema::CompileOptions options;
  options.assert_format = size % 2 == 0;
  options.limits.schema_nodes = 20'000;
  options.limits.pattern_program = 2'000;
  schema::Registry registry;
  if (!registry.add(uri, schema).empty()) return 0;
  const auto program = schema::compile(registry, uri, options);
  if (!program) {
    require(!program.error().empty(), "a schema is not refused without a word");
    for (const schema::SchemaFault& fault : program.error()) {
      require(!fault.message.empty() || !info_of(fault.rule).message.empty(), "a fault has words");
    }
    return 0;
  }
  Limits limits;
  limits.steps_base = 20'000;
  limits.steps_factor = 16;
  static const std::vector<Severity> severities = [] {
    std::vector<Severity> table(rule_case_count);
    effective_severities(Mode::standard, table);
    return table;
  }();
  schema::Evaluator evaluator(limits);
  json::Reader reader(limits);
  for (const std::string_view text : {document, schema, std::string_view("{}"), std::string_view("[1,[],{}]")}) {
    const json::Document* read = reader.read(text);
    if (read == nullptr) continue;
    require(evaluator.modes_agree(*program, read->root()), "deciding and explaining agree");
    FindingSink sink(severities.data(), Severity::info, true, 100);
    const bool valid = evaluator.evaluate(*program, read->root(), sink);
    require(valid == sink.findings().empty(), "what is not valid has a finding");
    for (const Finding& finding : sink.findings()) {
      require(finding.rule_case != Rule::engine_failed, "the engine does not fail");
    }
  }
  return 0;
}
