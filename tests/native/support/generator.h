// Random schemas and documents that have something to say to each other: few names, small numbers. The same seed gives
// the same sequence in every build.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace bearproof::test {

/// The seed of a test's generator: its own, or what --gtest_random_seed says. Printed where it is not the test's own.
inline std::uint32_t seed_or(std::uint32_t own) {
  const int given = GTEST_FLAG_GET(random_seed);
  if (given == 0) return own;
  std::printf("seed %d\n", given);
  return static_cast<std::uint32_t>(given);
}

class Generator {
 public:
  /// @param draft7  only keywords that draft 7 reads as 2020-12 does
  explicit Generator(std::uint32_t seed, bool draft7 = false) : random_(seed), draft7_(draft7) {}

  /// A whole schema: perhaps with definitions, to which references lead forward only, so that none goes in circles.
  std::string schema() {
    definitions_ = below(3) == 0 ? 1 + below(2) : 0;
    if (definitions_ == 0) return subschema(0, 0, false);
    std::string defs;
    for (std::uint32_t i = 0; i < definitions_; ++i) {
      defs += (i > 0 ? ",\"d" : "\"d") + std::to_string(i) + "\":" + subschema(2, i + 1, false);
    }
    std::string out = subschema(0, 0, false);
    if (out.size() < 3 || out.front() != '{') return out;
    return "{\"$defs\":{" + defs + "}," + out.substr(1);
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

  /// @param first     the first definition that may be referred to from here
  /// @param consumed  whether a member or item lies between here and the root, so that "#" may be referred to
  std::string subschema(int depth, std::uint32_t first, bool consumed) {
    if (depth > 3 || below(8) == 0) return below(4) == 0 ? "false" : "true";
    std::string out = "{";
    std::uint64_t used = 0;
    for (std::uint32_t i = 1 + below(3); i > 0; --i) {
      const std::uint32_t which = below(draft7_ ? keywords_of_both : keywords);
      const std::uint32_t bit = which == 32 ? 31 : which;  // both are references
      if ((used >> bit & 1) != 0) continue;
      const std::string text = keyword(which, depth, first, consumed);
      if (text.empty()) continue;
      if (used != 0) out += ',';
      used |= std::uint64_t{1} << bit;
      out += text;
    }
    return out + "}";
  }

  std::string list(int depth, std::uint32_t most, std::uint32_t first, bool consumed) {
    std::string out = "[";
    for (std::uint32_t i = 1 + below(most); i > 0; --i) {
      out += subschema(depth + 1, first, consumed) + (i > 1 ? "," : "");
    }
    return out + "]";
  }

  std::string map(int depth, std::uint32_t first, bool consumed) {
    std::string out = "{";
    for (std::uint32_t bit = 0; bit < 4; ++bit) {
      if (below(2) == 0) continue;
      if (out.size() > 1) out += ',';
      out += "\"" + std::string(1, static_cast<char>('a' + bit)) + "\":" + subschema(depth + 1, first, consumed);
    }
    return out + "}";
  }

  static constexpr std::uint32_t keywords_of_both = 33;
  static constexpr std::uint32_t keywords = 41;

  std::string keyword(std::uint32_t which, int depth, std::uint32_t first, bool consumed) {
    static constexpr std::string_view types[] = {"null", "boolean", "integer", "number", "string", "array", "object"};
    const auto put = [](std::string_view keyword, const std::string& text) {
      return std::string("\"").append(keyword).append("\":").append(text);
    };
    const auto small = [&] { return std::to_string(below(4)); };
    const auto here = [&] { return subschema(depth + 1, first, consumed); };
    const auto below_here = [&] { return subschema(depth + 1, first, true); };
    switch (which) {
      case 0: return put("type", "\"" + std::string(types[below(7)]) + "\"");
      case 1: return put("const", value(2));
      case 2: return put("enum", "[" + value(2) + "," + value(2) + "]");
      case 3: return put("properties", map(depth, first, true));
      case 4: return put("additionalProperties", below_here());
      case 5: return put("required", below(2) == 0 ? "[\"a\"]" : "[\"b\",\"c\"]");
      case 6: return put("items", below_here());
      case 7: return put("contains", below_here());
      case 8: return put("allOf", list(depth, 2, first, consumed));
      case 9: return put("anyOf", list(depth, 3, first, consumed));
      case 10: return put("oneOf", list(depth, 3, first, consumed));
      case 11: return put("not", here());
      case 12: return put("if", here());
      case 13: return put("then", here());
      case 14: return put("else", here());
      case 15: return put("minimum", small());
      case 16: return put("uniqueItems", "true");
      case 17: return put("propertyNames", here());
      case 18: return put("maximum", small());
      case 19: return put("exclusiveMinimum", small());
      case 20: return put("exclusiveMaximum", small());
      // valijson rounds a number before it divides by an integer: 2.5 is a multiple of 2 to it.
      case 21: return put("multipleOf", !draft7_ && below(2) == 0 ? "2" : "0.5");
      case 22: return put("minLength", small());
      case 23: return put("maxLength", small());
      case 24: return put("pattern", below(2) == 0 ? "\"^[ab]\"" : "\"(?:c|d)$\"");
      case 25: return put("minItems", small());
      case 26: return put("maxItems", small());
      case 27: return put("minProperties", small());
      case 28: return put("maxProperties", small());
      case 29: return put("dependentRequired", "{\"a\":[\"b\"]}");
      case 30: return put("dependentSchemas", map(depth, first, consumed));
      case 31:
        if (first >= definitions_) return {};
        return put("$ref", "\"#/$defs/d" + std::to_string(first + below(definitions_ - first)) + "\"");
      // valijson forgets the propertyNames of a schema that refers back to itself.
      case 32: return consumed && !draft7_ ? put("$ref", "\"#\"") : std::string();
      case 33: return put("patternProperties", "{\"^[ab]\":" + below_here() + "}");
      case 34: return put("prefixItems", list(depth, 2, first, true));
      case 35: return put("unevaluatedProperties", below(2) == 0 ? "false" : below_here());
      case 36: return put("unevaluatedItems", below(2) == 0 ? "false" : below_here());
      case 37: return put("minContains", small());
      case 38: return put("maxContains", small());
      case 39: return consumed ? put("$dynamicRef", "\"#\"") : std::string();
      default: return put("format", below(2) == 0 ? "\"regex\"" : "\"date\"");
    }
  }

  std::mt19937 random_;
  bool draft7_;
  std::uint32_t definitions_ = 0;
};

}  // namespace bearproof::test
