// docs/schema-machine.md follows one schema from its text to a verdict. What the page shows is what happens here: each
// of its code blocks that has a name ("```text program") is compared with it.
#include <algorithm>
#include <map>

#include "files.h"
#include "fixture.h"
#include "machine.h"

namespace bearproof::test {
namespace {

using namespace schema;

/// The code block of that name in the page.
std::string shown(std::string_view name) {
  const std::string page = read_file(source_path("docs/schema-machine.md")).value_or("");
  for (std::size_t at = page.find("\n```"); at != std::string::npos; at = page.find("\n```", at + 1)) {
    const std::size_t begin = page.find('\n', at + 1) + 1;
    if (!std::string_view(page).substr(at, begin - at - 1).ends_with(" " + std::string(name))) continue;
    return page.substr(begin, page.find("\n```", begin) + 1 - begin);
  }
  ADD_FAILURE() << "the page has no block " << name;
  return {};
}

std::string_view name_of(Op op) {
  switch (op) {
    case Op::fail_type: return "fail_type";
    case Op::const_string: return "const_string";
    case Op::min_length: return "min_length";
    case Op::pattern_start: return "pattern_start";
    case Op::object: return "object";
    case Op::array: return "array";
    case Op::any_of: return "any_of";
    case Op::end: return "end";
    default: ADD_FAILURE() << "an instruction without a name here: " << static_cast<int>(op); return "?";
  }
}

std::string block_named(BlockIndex block) { return block == none ? "none" : "block " + std::to_string(block); }

std::string operands_of(const ProgramData& program, const Instruction& i) {
  switch (i.op) {
    case Op::min_length: return std::to_string(i.as<operands::Count>().limit);
    case Op::pattern_start: {
      const auto& prefix = i.as<operands::Prefix>();
      return "\"" + program.pool.substr(prefix.offset, prefix.length) + "\"";
    }
    case Op::object: return "rule " + std::to_string(i.as<operands::Members>().rule);
    case Op::array: return "items: " + block_named(i.as<operands::Items>().rest);
    case Op::any_of: {
      const auto& branches = i.as<operands::Branches>();
      std::string out;
      for (const BlockIndex block : program.list(branches.first, branches.count)) {
        out += (out.empty() ? "" : ", ") + block_named(block);
      }
      return out;
    }
    default: return "";
  }
}

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.resize(width, ' ');
  return text;
}

std::string trimmed(std::string line) { return line.substr(0, line.find_last_not_of(' ') + 1) + "\n"; }

/// The lists of a block: the classes of instances that share one, then its instructions.
std::string lists_of(const ProgramData& program, const Block& block) {
  static constexpr std::string_view classes[] = {"null", "boolean", "integer", "decimal", "string", "array", "object"};
  std::vector<CodeIndex> told;
  std::string out;
  for (std::size_t of = 0; of < Class::count; ++of) {
    const CodeIndex first = block.code[of];
    if (std::find(told.begin(), told.end(), first) != told.end()) continue;
    told.push_back(first);
    std::string names;
    for (std::size_t other = of; other < Class::count; ++other) {
      if (block.code[other] == first) names.append(names.empty() ? "" : " ").append(classes[other]);
    }
    if (program.code[first].op == Op::end) out += "  " + names + ": nothing is asked\n";
    for (CodeIndex at = first; program.code[at].op != Op::end; ++at) {
      const Instruction& i = program.code[at];
      std::string line = "  " + padded(at == first ? names + ":" : "", 51);
      line += padded(std::string(name_of(i.op)), 15) + padded(operands_of(program, i), 19) + (i.quick ? "quick" : "");
      out += trimmed(line);
    }
  }
  return out;
}

std::string listing(const ProgramData& program) {
  std::string out;
  for (std::size_t k = 0; k < program.blocks.size(); ++k) {
    out += block_named(static_cast<BlockIndex>(k)) + "  #" + program.pointer(program.blocks[k].place) + "\n";
    out += lists_of(program, program.blocks[k]);
  }
  for (std::size_t k = 0; k < program.objects.size(); ++k) {
    out += "rule " + std::to_string(k) + "\n";
    for (const PropertyEntry& entry : program.entries_of(program.objects[k])) {
      std::string line = "  " + padded(program.pool.substr(entry.offset, entry.length), 8) + block_named(entry.block);
      out += line + (entry.required == PropertyEntry::not_required ? "\n" : ", required\n");
    }
  }
  return out;
}

/// The stack of frames with each place on top that ever had a frame, in the document's order; found by stopping the
/// machine after one step, two steps, …
std::string stacks(const ProgramData& program, const json::Document& document) {
  std::map<NodeIndex, std::string> by_top;
  Machine machine;
  for (std::uint64_t steps = 1; steps < 1'000; ++steps) {
    Limits limits;
    limits.steps_base = steps;
    limits.steps_factor = 0;
    machine.decide(program, document.root(), limits);
    if (machine.stopped() == Machine::Stop::no) break;
    std::string stack;
    for (const Frame& frame : machine.frames()) {
      std::string line =
          padded(block_named(frame.block), 9) + padded(std::string(name_of(program.code[frame.pc].op)), 8);
      stack += trimmed(line + "at \"" + json::pointer_to(document, frame.node) + "\"");
    }
    if (!machine.frames().empty()) by_top.emplace(machine.frames().back().node, stack);
  }
  EXPECT_EQ(machine.stopped(), Machine::Stop::no) << "it does not come to an end";
  std::string out;
  for (const auto& [node, stack] : by_top) out += (out.empty() ? "" : "\n") + stack;
  return out;
}

TEST(SchemaMachinePage, ShowsWhatHappens) {
  Checker checker(shown("schema"));
  ASSERT_TRUE(checker.compiled());
  const ProgramData& program = checker.program().data();
  EXPECT_EQ(listing(program), shown("program"));

  const std::string text = shown("document");
  json::Reader reader;
  const json::Document* document = reader.read(text);
  ASSERT_NE(document, nullptr);
  EXPECT_EQ(stacks(program, *document), shown("frames"));

  std::string verdict = checker.valid(text) ? "valid\n" : "invalid\n";
  for (const std::string& line : checker.told(text)) verdict += line + "\n";
  EXPECT_EQ(verdict, shown("verdict"));
}

}  // namespace
}  // namespace bearproof::test
