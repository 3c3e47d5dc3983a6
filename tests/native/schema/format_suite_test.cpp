// Every case of the official suite's optional/format folder, asserted.
#include <string>

#include <gtest/gtest.h>

#include "bearproof/json/reader.h"
#include "bearproof/schema/format.h"

#include "files.h"

namespace bearproof::schema {
namespace {

TEST(FormatSuite, EveryCaseOfDraft202012) {
  const auto folder = test::shared_path("suites/json-schema-test-suite/tests/draft2020-12/optional/format");
  if (!folder) GTEST_SKIP() << "skipped: the official JSON Schema Test Suite is not beside this checkout";
  int cases = 0;
  int strings = 0;
  for (const std::string& path : test::files_below(*folder, ".json")) {
    const auto text = test::read_file(path);
    ASSERT_TRUE(text) << path;
    json::Reader reader;
    const json::Document* document = reader.read(*text);
    ASSERT_NE(document, nullptr) << path << ": " << reader.fault().message;
    std::string scratch;
    for (const json::Value group : document->root().items()) {
      const json::Value name = group.find("schema").find("format");
      ASSERT_TRUE(name) << path;
      const auto format = format_from(name.string(scratch));
      for (const json::Value example : group.find("tests").items()) {
        ++cases;
        const bool expected = example.find("valid").is_true();
        const json::Value data = example.find("data");
        // What is not a string has every format; a name that is not defined asserts nothing.
        bool valid = true;
        std::string value;
        if (data.is_string() && format) {
          ++strings;
          value = std::string(data.string(scratch));
          valid = matches_format(*format, value);
        }
        const std::string description(example.find("description").string(scratch));
        EXPECT_EQ(valid, expected) << path << ": " << description << ": " << value;
      }
    }
  }
  EXPECT_GE(cases, 764);
  EXPECT_GE(strings, 600);
  RecordProperty("cases", cases);
}

}  // namespace
}  // namespace bearproof::schema
