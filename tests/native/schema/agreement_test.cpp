// Deciding and explaining agree on every pair of schema and document: generated ones here, the official suite's in
// suite_test.cpp (Checker::valid asks both).
#include "fixture.h"
#include "generator.h"

namespace bearproof::test {
namespace {

TEST(SchemaAgreement, GeneratedPairs) {
  Generator generator(seed_or(20'201'212));
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
