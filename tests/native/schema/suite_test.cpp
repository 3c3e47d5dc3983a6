// The official test suite of JSON Schema draft 2020-12, read where it lies.
#include <algorithm>
#include <set>

#include "files.h"
#include "fixture.h"

namespace bearproof::test {
namespace {

struct Counts {
  int passed = 0;
  int failed = 0;
};

/// Adds every file of the suite's remotes for this draft under the URIs that the suite gives them.
void add_remotes(schema::Registry& registry, const std::string& suite) {
  const std::string folder = suite + "/remotes";
  for (const std::string& path : files_below(folder + "/draft2020-12", ".json")) {
    const auto text = read_file(path);
    ASSERT_TRUE(text) << path;
    const auto faults = registry.add("http://localhost:1234" + path.substr(folder.size()), *text);
    for (const auto& fault : faults)
      ADD_FAILURE() << path << ": " << fault.pointer << ": " << json::text_of(fault.message, nullptr);
  }
}

Counts run_file(const std::string& suite, const std::string& path, const schema::CompileOptions& options,
                const std::set<std::string>& refused) {
  Counts counts;
  const auto text = read_file(path);
  json::Reader reader;
  const json::Document* document = text ? reader.read(*text) : nullptr;
  if (document == nullptr) {
    ADD_FAILURE() << "cannot read " << path;
    return counts;
  }
  for (const json::Value group : document->root().items()) {
    const std::string title = string_of(group.find("description"));
    schema::Registry registry;
    add_remotes(registry, suite);
    const auto added = registry.add("https://example.test/suite", source_of(group.find("schema")));
    for (const auto& fault : added)
      ADD_FAILURE() << path << ": " << title << ": " << json::text_of(fault.message, nullptr);
    Checker checker(registry, "https://example.test/suite", options);
    if (!checker.compiled()) {
      if (!refused.contains(title)) {
        for (const auto& fault : checker.faults()) {
          ADD_FAILURE() << path << ": " << title << ": " << fault.uri << "#" << fault.pointer << ": "
                        << json::text_of(fault.message, nullptr);
        }
      }
      counts.failed += static_cast<int>(group.find("tests").size());
      continue;
    }
    for (const json::Value test : group.find("tests").items()) {
      const bool expected = test.find("valid").is_true();
      const bool valid = checker.valid(source_of(test.find("data")));
      EXPECT_EQ(valid, expected) << path << ": " << title << ": " << string_of(test.find("description"));
      ++(valid == expected ? counts.passed : counts.failed);
    }
  }
  return counts;
}

Counts run_folder(const std::string& suite, const std::string& folder, const schema::CompileOptions& options,
                  const std::set<std::string>& refused = {}) {
  Counts sum;
  for (const std::string& path : files_below(folder, ".json")) {
    if (path.find('/', folder.size() + 1) != std::string::npos) continue;
    const Counts counts = run_file(suite, path, options, refused);
    sum.passed += counts.passed;
    sum.failed += counts.failed;
  }
  return sum;
}

TEST(SchemaSuite, Required) {
  const auto suite = shared_path("suites/json-schema-test-suite");
  if (!suite) GTEST_SKIP() << "skipped: the official suite is not at hand";
  const Counts counts = run_folder(*suite, *suite + "/tests/draft2020-12", {});
  EXPECT_EQ(counts.failed, 0);
  EXPECT_EQ(counts.passed, 1299);
}

// What is refused, and why: a reference into a schema of an earlier draft; that draft is refused by name.
TEST(SchemaSuite, Optional) {
  const auto suite = shared_path("suites/json-schema-test-suite");
  if (!suite) GTEST_SKIP() << "skipped: the official suite is not at hand";
  const Counts counts = run_folder(*suite, *suite + "/tests/draft2020-12/optional", {},
                                   {"refs to historic drafts are processed as historic drafts"});
  EXPECT_EQ(counts.failed, 1);
  EXPECT_EQ(counts.passed, 161);
}

TEST(SchemaSuite, FormatAsserted) {
  const auto suite = shared_path("suites/json-schema-test-suite");
  if (!suite) GTEST_SKIP() << "skipped: the official suite is not at hand";
  schema::CompileOptions options;
  options.assert_format = true;
  const Counts counts = run_folder(*suite, *suite + "/tests/draft2020-12/optional/format", options);
  EXPECT_EQ(counts.failed, 0);
  EXPECT_EQ(counts.passed, 764);
}

}  // namespace
}  // namespace bearproof::test
