// Deciding and explaining agree on every pair of schema and document: generated ones here, the official suite's in
// suite_test.cpp (Checker::valid asks both).
#include <random>

#include "fixture.h"

namespace bearproof::test {
namespace {

class Generator {
 public:
  explicit Generator(std::uint32_t seed) : random_(seed) {}

  std::string schema(int depth = 0) {
    if (depth > 3 || below(8) == 0) return below(4) == 0 ? "false" : "true";
    std::string out = "{";
    const std::uint32_t keywords = 1 + below(3);
    std::uint32_t used = 0;
    for (std::uint32_t i = 0; i < keywords; ++i) {
      const std::uint32_t which = below(24);
      if ((used >> which & 1) != 0) continue;
      if (used != 0) out += ',';
      used |= 1u << which;
      keyword(out, which, depth);
    }
    return out + "}";
  }

  std::string value(int depth = 0) {
    switch (below(depth > 2 ? 5 : 8)) {
      case 0: return "null";
      case 1: return below(2) == 0 ? "true" : "false";
      case 2: return std::to_string(below(5));
      case 3: return below(2) == 0 ? "1.0" : "2.5";
      case 4: return "\"" + name() + "\"";
      case 5: {
        std::string out = "[";
        for (std::uint32_t i = below(4); i > 0; --i) out += value(depth + 1) + (i > 1 ? "," : "");
        return out + "]";
      }
      default: {
        std::string out = "{";
        for (std::uint32_t bit = 0; bit < 4; ++bit) {
          if (below(2) == 0) continue;
          if (out.size() > 1) out += ',';
          out += "\"" + std::string(1, static_cast<char>('a' + bit)) + "\":" + value(depth + 1);
        }
        return out + "}";
      }
    }
  }

 private:
  std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>(random_() % limit); }
  std::string name() { return std::string(1 + below(2), static_cast<char>('a' + below(4))); }

  std::string list(int depth, std::uint32_t most) {
    std::string out = "[";
    for (std::uint32_t i = 1 + below(most); i > 0; --i) out += schema(depth + 1) + (i > 1 ? "," : "");
    return out + "]";
  }

  std::string map(int depth) {
    std::string out = "{";
    for (std::uint32_t bit = 0; bit < 4; ++bit) {
      if (below(2) == 0) continue;
      if (out.size() > 1) out += ',';
      out += "\"" + std::string(1, static_cast<char>('a' + bit)) + "\":" + schema(depth + 1);
    }
    return out + "}";
  }

  void keyword(std::string& out, std::uint32_t which, int depth) {
    static constexpr std::string_view types[] = {"null", "boolean", "integer", "number", "string", "array", "object"};
    const auto put = [&](std::string_view keyword, const std::string& text) {
      out.append("\"").append(keyword).append("\":").append(text);
    };
    switch (which) {
      case 0: put("type", "\"" + std::string(types[below(7)]) + "\""); break;
      case 1: put("const", value(2)); break;
      case 2: put("enum", "[" + value(2) + "," + value(2) + "]"); break;
      case 3: put("properties", map(depth)); break;
      case 4: put("additionalProperties", schema(depth + 1)); break;
      case 5: put("patternProperties", "{\"^[ab]\":" + schema(depth + 1) + "}"); break;
      case 6: put("required", below(2) == 0 ? "[\"a\"]" : "[\"b\",\"c\"]"); break;
      case 7: put("items", schema(depth + 1)); break;
      case 8: put("prefixItems", list(depth, 2)); break;
      case 9: put("contains", schema(depth + 1)); break;
      case 10: put("allOf", list(depth, 2)); break;
      case 11: put("anyOf", list(depth, 3)); break;
      case 12: put("oneOf", list(depth, 3)); break;
      case 13: put("not", schema(depth + 1)); break;
      case 14: put("if", schema(depth + 1)); break;
      case 15: put("then", schema(depth + 1)); break;
      case 16: put("else", schema(depth + 1)); break;
      case 17: put("unevaluatedProperties", below(2) == 0 ? "false" : schema(depth + 1)); break;
      case 18: put("unevaluatedItems", below(2) == 0 ? "false" : schema(depth + 1)); break;
      case 19: put("minimum", std::to_string(below(4))); break;
      case 20: put("uniqueItems", "true"); break;
      case 21: put("dependentSchemas", map(depth)); break;
      case 22: put("propertyNames", schema(depth + 1)); break;
      default: put("maxContains", std::to_string(below(3))); break;
    }
  }

  std::mt19937 random_;
};

TEST(SchemaAgreement, GeneratedPairs) {
  Generator generator(20'201'212);
  int invalid = 0;
  int pairs = 0;
  for (int i = 0; i < 5'000; ++i) {
    const std::string schema = generator.schema();
    Checker checker(schema);
    ASSERT_TRUE(checker.compiled()) << schema << ": " << checker.faults()[0].message;
    for (int k = 0; k < 20; ++k) {
      const std::string document = generator.value();
      ++pairs;
      if (!checker.valid(document)) ++invalid;
      json::Reader reader;
      EXPECT_TRUE(checker.evaluator().modes_agree(checker.program(), reader.read(document)->root()))
          << schema << " on " << document;
      if (HasFailure()) FAIL() << schema << " on " << document;
    }
  }
  // The generator is worth its while only if both answers are common.
  EXPECT_EQ(pairs, 100'000);
  EXPECT_GT(invalid, pairs / 10);
  EXPECT_LT(invalid, pairs * 9 / 10);
}

}  // namespace
}  // namespace bearproof::test
