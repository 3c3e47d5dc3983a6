// The official suite's cases of draft 7, as far as their keywords mean the same in 2020-12: our evaluator, valijson and
// the suite agree; where valijson does not, the reason stands here.
#include <algorithm>
#include <set>
#include <string>

#include "bearproof/oracle/second_opinion.h"
#include "bearproof/schema/schema.h"

#include "../schema/fixture.h"
#include "files.h"

namespace bearproof::oracle {
namespace {

using test::source_of;
using test::string_of;

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size()) {
    text.replace(at, what.size(), with);
  }
}

/// Whether a reference stands beside other keywords: draft 7 does not look at them.
bool reference_has_siblings(json::Value value) {
  if (value.is_array()) {
    for (const json::Value item : value.items()) {
      if (reference_has_siblings(item)) return true;
    }
  }
  if (!value.is_object()) return false;
  if (value.find("$ref") && value.size() > 1) return true;
  for (const json::Member member : value.members()) {
    if (reference_has_siblings(member.value)) return true;
  }
  return false;
}

// valijson reckons in doubles and takes an integer beyond 64 bits for none.
const std::set<std::string> valijson_is_wrong = {
    "multipleOf.json: small multiple of large integer",
    "optional/bignum.json: integer",
    "optional/float-overflow.json: all integers are multiples of 0.5, if overflow is handled",
};

TEST(Differential, Draft7Suite) {
  const auto folder = test::shared_path("suites/json-schema-test-suite/tests/draft7");
  if (!folder) GTEST_SKIP() << "skipped: the official suite is not at hand";
  int compared = 0;
  int left_out = 0;
  int wrong = 0;
  for (const std::string& path : test::files_below(*folder, ".json")) {
    const std::string name = path.substr(folder->size() + 1);
    // Formats are no matter of two engines: valijson never sees one. Contents may be asserted in draft 7 alone.
    if (name.starts_with("optional/format/") || name == "format.json" || name == "optional/content.json") continue;
    const auto text = test::read_file(path);
    json::Reader reader;
    const json::Document* document = text ? reader.read(*text) : nullptr;
    ASSERT_NE(document, nullptr) << path;
    for (const json::Value group : document->root().items()) {
      const std::string title = name + ": " + string_of(group.find("description"));
      // 2020-12 has another word for the folder of definitions; apart from that the schema must be good as it stands.
      std::string schema(source_of(group.find("schema")));
      replace_all(schema, "\"definitions\"", "\"$defs\"");
      replace_all(schema, "#/definitions/", "#/$defs/");
      const int tests = static_cast<int>(group.find("tests").size());
      // Here the folder's name is also in the data.
      const bool named_in_data = title == "ref.json: naive replacement of $ref with its destination is not correct";
      if (named_in_data || reference_has_siblings(group.find("schema")) || schema.find("$id") != std::string::npos) {
        left_out += tests;
        continue;
      }
      const auto opinion = SecondOpinion::compile(schema);
      if (!opinion) {
        left_out += tests;
        continue;
      }
      test::Checker checker(schema);
      ASSERT_TRUE(checker.compiled()) << title << ": " << checker.fault();
      for (const json::Value test : group.find("tests").items()) {
        const std::string_view data = source_of(test.find("data"));
        const bool expected = test.find("valid").is_true();
        EXPECT_EQ(checker.valid(data), expected) << title << ": " << string_of(test.find("description"));
        json::Reader instance;
        const json::Document* read = instance.read(data);
        ASSERT_NE(read, nullptr) << title;
        const bool theirs = opinion->valid(*read);
        ++compared;
        if (theirs == expected) continue;
        ++wrong;
        EXPECT_TRUE(valijson_is_wrong.contains(title)) << title << ": " << string_of(test.find("description"));
      }
    }
  }
  RecordProperty("compared", compared);
  RecordProperty("left_out", left_out);
  EXPECT_GT(compared, 500) << left_out << " left out";
  EXPECT_LE(wrong, 6);
}

}  // namespace
}  // namespace bearproof::oracle
