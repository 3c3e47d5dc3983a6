// Two engines over generated schemas and documents, of the keywords that both drafts read alike: the same answer.
#include <string>

#include "bearproof/oracle/second_opinion.h"
#include "bearproof/schema/schema.h"

#include "../schema/fixture.h"
#include "generator.h"

namespace bearproof::oracle {
namespace {

TEST(Differential, GeneratedSchemasGetTheSameAnswerFromBothEngines) {
  test::Generator generator(test::seed_or(7'202'012), true);
  int compared = 0;
  int accepted = 0;
  int refused = 0;
  for (int i = 0; i < 4'000; ++i) {
    const std::string schema = generator.schema();
    const auto opinion = SecondOpinion::compile(schema);
    if (!opinion) {
      ++refused;
      continue;
    }
    test::Checker checker(schema);
    ASSERT_TRUE(checker.compiled()) << schema << ": " << checker.fault();
    for (int k = 0; k < 20; ++k) {
      const std::string text = generator.value();
      json::Reader reader;
      const json::Document* document = reader.read(text);
      ASSERT_NE(document, nullptr) << text;
      const bool ours = checker.valid(text);
      ASSERT_EQ(ours, opinion->valid(*document)) << schema << " on " << text;
      ++compared;
      accepted += ours ? 1 : 0;
    }
  }
  RecordProperty("compared", compared);
  RecordProperty("refused", refused);
  EXPECT_GT(compared, 50'000) << refused << " schemas refused";
  EXPECT_GT(accepted, compared / 10);
  EXPECT_LT(accepted, compared * 9 / 10);
}

}  // namespace
}  // namespace bearproof::oracle
