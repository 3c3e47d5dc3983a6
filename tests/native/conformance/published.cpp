#include "published.h"

#include <gtest/gtest.h>

#include "bearproof/validator/schema_set.h"
#include "bearproof/validator/validator.h"

#include "files.h"

namespace bearproof::test {

void expect_published_form(std::string_view name, const std::vector<std::string>& files) {
  const std::string path = "schemas/published/" + std::string(name) + ".schema.json";
  SchemaSet set(CheckOptions{});
  const std::string schema_text = read_file(source_path(path)).value_or("");
  set.add("urn:published", path, schema_text);
  const auto program = set.compile("urn:published", {});
  ASSERT_TRUE(program) << path;
  CheckOptions options;
  options.schema = &*program;
  Validator validator(options);
  for (const std::string& file : files) {
    const report::DocumentReport report = validator.check(file, read_file(file).value_or(""));
    EXPECT_EQ(report.verdict, report::Verdict::valid) << file;
    for (const report::LocatedFinding& finding : report.findings) {
      ADD_FAILURE() << file << finding.pointer.value_or("") << ": " << finding.message;
    }
  }
}

}  // namespace bearproof::test
