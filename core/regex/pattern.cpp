#include <algorithm>
#include <utility>

#include "bearproof/regex/regex.h"
#include "bearproof/text/utf8.h"

#include "classes.h"
#include "compiler.h"
#include "dfa.h"
#include "parser.h"
#include "simulation.h"

namespace bearproof::regex {

namespace {

// Lookarounds other than those at the start: each needs a bit for every byte of the text.
constexpr std::size_t most_looks = 32;
// A table of states is tried only for programs that stay small with all their counters written out.
constexpr std::uint64_t most_expanded = 4'000;

// One automaton over the whole text.
struct Machine {
  bool negative = false;  ///< the pattern wants this not to match
  bool has_table = false;
  Dfa table;
  Program program;
};

// A lookaround's body, which is run over the text before the machines are.
struct Look {
  bool behind = false;
  Program program;
};

}  // namespace

struct Scratch::Impl {
  Threads threads;
  std::vector<Positions> looks;
};

Scratch::Scratch() : impl_(std::make_unique<Impl>()) {}
Scratch::~Scratch() = default;
Scratch::Scratch(Scratch&&) noexcept = default;
Scratch& Scratch::operator=(Scratch&&) noexcept = default;

struct Pattern::Impl {
  bool legacy = false;
  std::uint64_t size = 0;
  Classes classes;
  std::vector<Look> looks;  ///< each after those that its body asks
  std::vector<Machine> machines;
  std::string literal;
  bool is_literal = false;
  bool literal_at_start = false;
  bool literal_at_end = false;

  void find_literal(const Ast& ast);
  bool build(Ast& ast, const Options& options);
  bool add_machine(const Ast& ast, NodeId root, bool negative, const Options& options, std::vector<LookRef>& looks);
};

namespace {

std::vector<NodeId> terms_of(const Ast& ast) {
  const Node& root = ast.nodes[ast.root];
  if (root.kind == Node::concat) return {ast.begin(root), ast.end(root)};
  if (root.kind == Node::empty) return {};
  return {ast.root};
}

}  // namespace

void Pattern::Impl::find_literal(const Ast& ast) {
  const std::vector<NodeId> terms = terms_of(ast);
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const Node& node = ast.nodes[terms[i]];
    if (node.kind == Node::start && i == 0) {
      literal_at_start = true;
    } else if (node.kind == Node::end && i + 1 == terms.size()) {
      literal_at_end = true;
    } else if (node.kind == Node::set && ast.sets[node.first].single()) {
      const std::uint32_t c = ast.sets[node.first].ranges()[0].first;
      if (c >= 0xD800 && c < 0xE000) return;  // no text has it
      text::append_utf8(literal, c);
    } else {
      return;
    }
  }
  is_literal = true;
}

bool Pattern::Impl::build(Ast& ast, const Options& options) {
  const auto asks_words = [](const Node& node) {
    return node.kind == Node::boundary || node.kind == Node::no_boundary;
  };
  if (!classes.build(ast.sets, std::any_of(ast.nodes.begin(), ast.nodes.end(), asks_words))) return false;

  // ^(?!a)(?=b)c asks three questions about the start of the text: three automata, each with a table if it is small.
  std::vector<LookRef> refs;
  const std::vector<NodeId> terms = terms_of(ast);
  std::size_t heads = 0;
  if (!terms.empty() && ast.nodes[terms[0]].kind == Node::start) {
    const auto is_head = [&](NodeId id) { return ast.nodes[id].kind == Node::look && !ast.nodes[id].behind; };
    while (heads + 1 < terms.size() && is_head(terms[heads + 1])) ++heads;
  }
  for (std::size_t i = 1; i <= heads; ++i) {
    const NodeId body = ast.children[ast.nodes[terms[i]].first];
    const bool negative = ast.nodes[terms[i]].negative;
    if (!add_machine(ast, ast.add_list(Node::concat, {terms[0], body}), negative, options, refs)) return false;
  }
  NodeId rest = ast.root;
  if (heads > 0) {
    std::vector<NodeId> remaining{terms[0]};
    remaining.insert(remaining.end(), terms.begin() + static_cast<std::ptrdiff_t>(heads) + 1, terms.end());
    rest = ast.add_list(Node::concat, remaining);
  }
  if (heads == 0 || heads + 1 < terms.size()) {
    if (!add_machine(ast, rest, false, options, refs)) return false;
  }

  // Bodies of lookarounds may hold lookarounds, which come behind them in `refs`.
  for (std::size_t i = 0; i < refs.size(); ++i) {
    if (refs.size() > most_looks) return false;
    const Node& node = ast.nodes[refs[i].node];
    Look look;
    look.behind = node.behind;
    Compiler compiler(ast, {.backwards = !node.behind, .max_size = options.max_instructions - size}, refs);
    if (!compiler.compile(ast.children[node.first], look.program)) return false;
    size += compiler.size();
    looks.push_back(std::move(look));
  }
  return true;
}

bool Pattern::Impl::add_machine(const Ast& ast, NodeId root, bool negative, const Options& options,
                                std::vector<LookRef>& refs) {
  Machine machine;
  machine.negative = negative;
  Compiler compiler(ast, {.max_size = options.max_instructions - size}, refs);
  if (!compiler.compile(root, machine.program)) return false;
  size += compiler.size();

  const auto is_look = [](const Instruction& i) { return i.op == Instruction::look || i.op == Instruction::no_look; };
  if (std::none_of(machine.program.code.begin(), machine.program.code.end(), is_look)) {
    Program expanded;
    Compiler copier(ast, {.counters = false, .max_size = most_expanded}, refs);
    machine.has_table = copier.compile(root, expanded) && machine.table.build(expanded, classes);
    if (!machine.has_table) machine.table = {};
  }
  machines.push_back(std::move(machine));
  return true;
}

Pattern::Pattern(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Pattern::~Pattern() = default;
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;

std::expected<Pattern, Error> Pattern::compile(std::string_view utf8_pattern, const Options& options) {
  // Most nodes become instructions; a tree that is much larger than the program may be need not be built.
  constexpr std::uint64_t nodes_per_instruction = 4;
  constexpr std::uint64_t ranges_per_instruction = 64;
  const ParseLimits limits{.nodes = options.max_instructions * nodes_per_instruction,
                           .ranges = options.max_instructions * ranges_per_instruction};
  auto impl = std::make_unique<Impl>();
  std::expected<Parsed, Error> parsed = parse(utf8_pattern, Grammar::unicode, limits);
  if (!parsed && parsed.error().kind == Error::Kind::syntax) {
    std::expected<Parsed, Error> legacy = parse(utf8_pattern, Grammar::annex_b, limits);
    // Where neither grammar accepts the pattern, the error of the modern one is the one to tell.
    if (legacy || legacy.error().kind != Error::Kind::syntax) {
      parsed = std::move(legacy);
      impl->legacy = true;
    }
  }
  if (!parsed) return std::unexpected(std::move(parsed.error()));
  if (parsed->back_reference) {
    return std::unexpected(
        Error{Error::Kind::unsupported, *parsed->back_reference, "back-references cannot be matched in linear time"});
  }
  impl->find_literal(parsed->ast);
  if (!impl->build(parsed->ast, options)) {
    return std::unexpected(Error{Error::Kind::too_large, 0, "the pattern's program is too large"});
  }
  return Pattern(std::move(impl));
}

bool Pattern::legacy() const { return impl_->legacy; }

std::uint64_t Pattern::size() const { return impl_->size; }

std::optional<Literal> Pattern::literal() const {
  if (!impl_->is_literal) return std::nullopt;
  return Literal{impl_->literal, impl_->literal_at_start, impl_->literal_at_end};
}

Outcome Pattern::search(std::string_view text, Scratch& scratch, std::uint64_t& budget) const {
  const Impl& impl = *impl_;
  Scratch::Impl& memory = *scratch.impl_;
  if (memory.looks.size() < impl.looks.size()) memory.looks.resize(impl.looks.size());
  for (std::size_t i = impl.looks.size(); i-- > 0;) {  // those asked by another's body come behind it
    memory.looks[i].assign(text.size() / 64 + 1, 0);
    const Run run{.program = impl.looks[i].program,
                  .classes = impl.classes,
                  .text = text,
                  .backwards = !impl.looks[i].behind,
                  .looks = memory.looks.data(),
                  .record = &memory.looks[i]};
    if (simulate(run, memory.threads, budget) == Outcome::undecided) return Outcome::undecided;
  }
  for (const Machine& machine : impl.machines) {
    Outcome outcome = Outcome::no_match;
    if (machine.has_table) {
      if (budget <= text.size()) {
        budget = 0;
        return Outcome::undecided;
      }
      budget -= text.size() + 1;
      if (machine.table.search(text, impl.classes)) outcome = Outcome::match;
    } else {
      const Run run{.program = machine.program, .classes = impl.classes, .text = text, .looks = memory.looks.data()};
      outcome = simulate(run, memory.threads, budget);
      if (outcome == Outcome::undecided) return outcome;
    }
    if ((outcome == Outcome::match) == machine.negative) return Outcome::no_match;
  }
  return Outcome::match;
}

std::optional<Error> check_syntax(std::string_view utf8_pattern) {
  const ParseLimits limits{.nodes = 1, .only_syntax = true};
  const std::expected<Parsed, Error> parsed = parse(utf8_pattern, Grammar::unicode, limits);
  if (parsed) return std::nullopt;
  return parsed.error();
}

}  // namespace bearproof::regex
