// Every kernel and the scanner make the same of every text.
#include "bearproof/json/kernel.h"

#include <gtest/gtest.h>

#include "bearproof/catalogue/rules.h"

#include "agreement.h"
#include "files.h"

namespace bearproof::json {
namespace {

TEST(Kernel, TheScannerIsAmongThemAndLast) {
  const std::vector<std::string> names = kernels();
  ASSERT_GE(names.size(), 2u);
  EXPECT_EQ(names.back(), "scanner");
  EXPECT_NE(names.front(), "scanner");
}

TEST(Kernel, AnUnknownOneCannotBeSelected) { EXPECT_FALSE(select_kernel("abacus")); }

#if defined(__wasm_simd128__)
TEST(Kernel, WasmReadsWithSimdAndHasTheScalarKernelToCompare) {
  EXPECT_EQ(kernels(), (std::vector<std::string>{"westmere", "fallback", "scanner"}));
}
#endif

TEST(Kernel, AgreesOnGeneratedTexts) {
  AllKernels all;
  Random random(1);
  for (int i = 0; i < 3000; ++i) {
    std::string text;
    append_random_value(text, random, 5);
    const std::string said = all.expect_agreement(text);
    EXPECT_FALSE(said.starts_with("fault")) << text << "\n" << said;
    if (HasFailure()) return;
  }
}

TEST(Kernel, AgreesOnMutatedTexts) {
  AllKernels all;
  Random random(2);
  for (int i = 0; i < 40'000; ++i) {
    std::string text;
    append_random_value(text, random, 4);
    all.expect_agreement(mutated(text, random));
    if (HasFailure()) return;
  }
}

TEST(Kernel, AgreesOnEveryPrefixAndEveryChangedByteOfADocument) {
  AllKernels all;
  const std::string text =
      "{\"id\":\"urn:x\",\"n\":[0,-1.5e+3,true,false,null,{}],\"\\u00e9\\ud83d\\ude00\":{\"deep\":[[\"\xE2\x82\xAC\"]]}"
      ","
      "\"esc\":\"a\\\\b\\\"c\\n\", \"again\" : 1 }\n";
  EXPECT_FALSE(all.expect_agreement(text).starts_with("fault"));
  for (std::size_t length = 0; length < text.size() - 1; ++length) {
    EXPECT_TRUE(all.expect_agreement(text.substr(0, length)).starts_with("fault")) << length;
  }
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string changed = text;
      changed[at] = static_cast<char>(static_cast<unsigned char>(byte));
      all.expect_agreement(changed);
    }
    if (HasFailure()) return;
  }
}

TEST(Kernel, AgreesWhereverABlockOf64BytesEnds) {
  AllKernels all;
  for (std::size_t pad = 0; pad < 200; ++pad) {
    const std::string padding(pad, ' ');
    for (const std::string_view tail :
         {"\"\\\\\\\\\\\"\"", "\"\\\"", "\"\\u20ac\xE2\x82\xAC\"", "\"\xE2\x82\"", "-1.5e3", "tru", "\"a\" \"b\"",
          "1\"a\"", "\"\x1F\"", "{\"a\":1}", "\"a\\", "[1\\]"}) {
      all.expect_agreement("[" + padding + std::string(tail) + "]");
      all.expect_agreement("{\"" + padding + "\":" + std::string(tail) + "}");
    }
  }
}

TEST(Kernel, AgreesOnLargeTextsReadInSlices) {
  AllKernels all;
  Random random(3);
  for (int round = 0; round < 6; ++round) {
    std::string text = round % 2 == 0 ? "[" : "{\"first\":[";
    while (text.size() < 700'000) {
      append_random_value(text, random, 4);
      text += ',';
    }
    text += round % 2 == 0 ? "0]" : "0],\"last\":{\"a\":1}}";
    EXPECT_FALSE(all.expect_agreement(text).starts_with("fault"));
    for (int i = 0; i < 4; ++i) all.expect_agreement(mutated(text, random));
    all.expect_agreement(text.substr(0, random.below(text.size())));
  }
  // No comma to cut at; commas only within strings; a string longer than a slice.
  const std::string many(600'000, ',');
  all.expect_agreement("[\"" + many + "\",1]");
  all.expect_agreement("[\"" + many + "\",1");
  all.expect_agreement("[\"" + std::string(600'000, 'x') + "\",\"\xFF\"]");
  all.expect_agreement("{\"a\":" + std::string(600'000, ' ') + "1}");
  all.expect_agreement(std::string(600'000, ' ') + "[1,2]" + std::string(300'000, '\n'));
  all.expect_agreement(std::string(600'000, ' '));
  all.expect_agreement("1," + std::string(600'000, ' '));
}

TEST(Kernel, AgreesWithLimitsLowered) {
  Limits limits;
  limits.nesting = 3;
  limits.keys = 4;
  limits.string = 12;
  limits.document = 200;
  limits.arena_base = 200;
  limits.arena_factor = 1;
  AllKernels all(limits);
  Random random(4);
  int faults = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    append_random_value(text, random, 4);
    faults += all.expect_agreement(text).starts_with("fault") ? 1 : 0;
    if (HasFailure()) return;
  }
  EXPECT_GT(faults, 1000);
}

/// The texts of the project's own and the shared suites, as they are and with changes.
void agree_on_files_below(const std::string& folder, std::string_view suffix, AllKernels& all, int& files) {
  Random random(5);
  for (const std::string& path : test::files_below(folder, suffix)) {
    const std::optional<std::string> text = test::read_file(path);
    ASSERT_TRUE(text.has_value()) << path;
    all.expect_agreement(*text);
    if (text->size() < 20'000) {
      for (int i = 0; i < 5; ++i) all.expect_agreement(mutated(*text, random));
    }
    ++files;
  }
}

TEST(Kernel, AgreesOnTheProjectsOwnTexts) {
  AllKernels all;
  int files = 0;
  for (const std::string_view folder : {"schemas", "conformance"}) {
    agree_on_files_below(test::source_path(folder), ".json", all, files);
  }
  if (files == 0) GTEST_SKIP() << "skipped: no JSON files in schemas/ and conformance/";
}

TEST(Kernel, AgreesOnTheSharedSuites) {
  AllKernels all;
  int files = 0;
  for (const std::string_view folder : {"suites", "upstream-examples", "spec"}) {
    if (const std::optional<std::string> path = test::shared_path(folder)) {
      for (const std::string_view suffix : {".json", ".ndjson", ".jsonl"})
        agree_on_files_below(*path, suffix, all, files);
    }
  }
  if (files == 0) GTEST_SKIP() << "skipped: the shared suites are not here";
}

}  // namespace
}  // namespace bearproof::json
