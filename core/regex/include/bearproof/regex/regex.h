// ECMA-262 (ES2024) regular expressions with the meaning of the `u` flag, over UTF-8, in linear time.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace bearproof::regex {

/// Why a pattern cannot be used.
struct Error {
  enum class Kind : std::uint8_t {
    syntax,       ///< neither ECMA-262 nor its Annex B accepts it
    unsupported,  ///< accepted by ECMA-262, but not by this engine: a back-reference
    too_large,    ///< over `Options::max_instructions`, groups nested beyond 250, or more than 32 lookarounds
  };
  Kind kind = Kind::syntax;
  std::uint32_t offset = 0;  ///< in bytes, into the pattern
  std::string message;       ///< "nothing to repeat"
};

struct Options {
  /// Upper bound for the compiled program. One character, class, assertion or branch is one instruction; `{n,m}` after
  /// a single character or class is one, and one more for each 64 of m; after a group it repeats the group's
  /// instructions m times (n times and a loop, without upper bound). Memory and time of a search grow with it.
  /// Character classes may hold 64 ranges for each instruction allowed, all together.
  std::uint64_t max_instructions = 10'000;
};

enum class Outcome : std::uint8_t {
  no_match,
  match,
  undecided,  ///< the budget ran out first
};

/// Working memory of searches. Keep one for each thread and reuse it: once warm, a search does not allocate.
class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(Scratch&&) noexcept;
  Scratch& operator=(Scratch&&) noexcept;

 private:
  friend class Pattern;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// A pattern that is no more than text: `^urn:` is {"urn:", at_start}, `^a\.b$` is {"a.b", at_start, at_end}.
struct Literal {
  std::string_view text;  ///< UTF-8; lives as long as the Pattern
  bool at_start = false;  ///< must stand at the start of the searched text
  bool at_end = false;    ///< must stand at its end

  /// Whether the pattern matches: the same answer as Pattern::search, by comparing bytes.
  bool matches(std::string_view searched) const {
    if (at_start && at_end) return searched == text;
    if (at_start) return searched.starts_with(text);
    if (at_end) return searched.ends_with(text);
    return searched.find(text) != std::string_view::npos;
  }
};

/// A compiled pattern: immutable, movable, shareable between threads.
class Pattern {
 public:
  /// Compiles a pattern by the grammar with the `u` flag; where only Annex B accepts it, by Annex B (see legacy()).
  /// @param utf8_pattern  well-formed UTF-8; what stands between the slashes of a literal
  static std::expected<Pattern, Error> compile(std::string_view utf8_pattern, const Options& options = {});

  ~Pattern();
  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;

  /// Only Annex B of ECMA-262 accepts the pattern. It has the meaning that it has there, yet over code points.
  bool legacy() const;

  /// Whether the pattern matches anywhere in the text, as JSON Schema asks (nothing is anchored by itself).
  /// @param text    well-formed UTF-8
  /// @param budget  transitions that may still be made; lowered by those made, the same number in every build. At most
  ///                instructions × text plus a constant are needed.
  Outcome search(std::string_view text, Scratch& scratch, std::uint64_t& budget) const;

  /// Set where the pattern is only text, so that a caller can compare instead of search.
  std::optional<Literal> literal() const;

  /// Instructions of the compiled program, as `Options::max_instructions` counts them.
  std::uint64_t size() const;

 private:
  struct Impl;
  explicit Pattern(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

/// What is wrong with a text as a pattern by ECMA-262's grammar with the `u` flag: Annex B does not count, and
/// back-references are in order, as is any size; only groups nested beyond 250 are refused. Nothing when all is well.
/// For `format: regex`.
std::optional<Error> check_syntax(std::string_view utf8_pattern);

/// Whether a pattern says how long a text may be at most: it reaches from the text's start to its end, and nothing in
/// it repeats without end. Length that lookarounds or `\b` rule out does not count. True of what cannot be compiled.
bool is_bounded(std::string_view utf8_pattern);

}  // namespace bearproof::regex
