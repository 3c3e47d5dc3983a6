// Patterns: the first line is one, the rest is searched. Nothing crashes, and no search takes more than its bound.
#include <string>

#include "bearproof/json/canonical.h"
#include "bearproof/json/reader.h"
#include "bearproof/regex/regex.h"

#include "fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bearproof;
  using namespace bearproof::fuzz;
  const auto [pattern, text] = first_line(text_of(data, size));
  // Patterns and texts come out of documents, so they are well-formed.
  json::Reader reader;
  std::string quoted;
  for (const std::string_view part : {pattern, text}) {
    quoted.clear();
    json::append_string(quoted, part);
    if (reader.read(quoted) == nullptr) return 0;
  }
  const auto syntax = regex::check_syntax(pattern);
  const auto compiled = regex::Pattern::compile(pattern, {.max_instructions = 2'000});
  if (!compiled) {
    using Kind = regex::Error::Kind;
    require(compiled.error().kind != Kind::syntax || syntax.has_value(), "what compile calls a fault, syntax does too");
    require(compiled.error().offset <= pattern.size(), "a fault lies within the pattern");
    require(!compiled.error().message.empty(), "a fault has a name");
    return 0;
  }
  require(compiled->legacy() == syntax.has_value(), "a pattern is legacy where the grammar refuses it");
  regex::Scratch scratch;
  const std::uint64_t bound = (compiled->size() + 4) * (text.size() + 2);
  std::uint64_t budget = bound;
  const regex::Outcome outcome = compiled->search(text, scratch, budget);
  require(outcome != regex::Outcome::undecided, "a search takes no more than instructions times text");
  if (const auto literal = compiled->literal()) {
    require(literal->matches(text) == (outcome == regex::Outcome::match), "a literal answers as the pattern does");
  }
  budget = bound;
  require(compiled->search(text, scratch, budget) == outcome, "used memory changes no answer");
  return 0;
}
