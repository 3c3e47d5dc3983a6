// Our answers against JavaScript's: pairs made by tests/differential/regex-pairs.mjs, read from the file that
// BEARPROOF_REGEX_PAIRS names, from regex-pairs.txt in the working directory or in build/ (the Wasm build sees no
// environment; ./dev test makes that file first), or made on the spot where Node can be started.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "bearproof/regex/regex.h"

#include "files.h"

namespace bearproof::regex {
namespace {

std::optional<std::string> made_on_the_spot() {
#ifdef __EMSCRIPTEN__
  return std::nullopt;
#else
  const std::string command =
      "node '" + test::source_path("tests/differential/regex-pairs.mjs") + "' --seed 20 --count 20000 2>/dev/null";
  std::FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return std::nullopt;
  std::string text;
  char buffer[1 << 16];
  for (std::size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) text.append(buffer, n);
  if (pclose(pipe) != 0 || text.empty()) return std::nullopt;
  return text;
#endif
}

std::string from_hex(std::string_view hex) {
  const auto value = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  std::string text;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    text.push_back(static_cast<char>(static_cast<unsigned char>(value(hex[i]) * 16 + value(hex[i + 1]))));
  }
  return text;
}

TEST(Differential, AgreesWithJavaScript) {
  const char* path = std::getenv("BEARPROOF_REGEX_PAIRS");
  std::optional<std::string> pairs = test::read_file(path != nullptr ? path : "regex-pairs.txt");
  if (!pairs && path == nullptr) pairs = test::read_file(test::source_path("build/regex-pairs.txt"));
  if (!pairs && path == nullptr) pairs = made_on_the_spot();
  if (!pairs)
    GTEST_SKIP() << "skipped: no Node to make pairs with, no regex-pairs.txt, and BEARPROOF_REGEX_PAIRS names no file";

  constexpr std::uint64_t plenty = 100'000'000;
  Scratch scratch;
  int compared = 0;
  int refused = 0;
  int wrong = 0;
  std::string known;  // the last pattern's text
  std::optional<std::expected<Pattern, Error>> compiled;
  for (std::string_view rest = *pairs; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    const std::size_t first = line.find('\t');
    const std::size_t second = line.find('\t', first + 1);
    ASSERT_NE(second, std::string_view::npos) << line;
    const std::string_view expected = line.substr(0, first);
    const std::string pattern = from_hex(line.substr(first + 1, second - first - 1));
    const std::string text = from_hex(line.substr(second + 1));
    if (!compiled || pattern != known) {
      compiled.emplace(Pattern::compile(pattern));
      known = pattern;
      EXPECT_EQ(!check_syntax(pattern), expected[0] == 'u') << pattern;
    }
    ++compared;
    std::string found;
    if (!*compiled) {
      found = "x";
      if ((*compiled).error().kind == Error::Kind::unsupported) {  // a back-reference: refused, whatever it would match
        ++refused;
        found = expected;
        EXPECT_NE(expected, "x") << pattern;
        EXPECT_NE(pattern.find('\\'), std::string::npos) << pattern;
      }
    } else {
      std::uint64_t budget = plenty;
      const bool match = (*compiled)->search(text, scratch, budget) == Outcome::match;
      found = (*compiled)->legacy() ? "b" : "u";
      found += expected == "b?" ? '?' : match ? '+' : '-';
      EXPECT_GT(budget, 0u) << pattern;
    }
    if (found != expected) {
      ADD_FAILURE() << "/" << pattern << "/ on \"" << text << "\": JavaScript " << expected << ", here " << found
                    << (*compiled ? "" : ": " + (*compiled).error().message);
      if (++wrong >= 20) FAIL() << "and so on";
    }
  }
  EXPECT_LT(refused * 20, compared);
  RecordProperty("pairs", compared);
}

}  // namespace
}  // namespace bearproof::regex
