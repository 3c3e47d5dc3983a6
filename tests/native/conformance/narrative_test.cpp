// Narratives of whole documents, through the pipeline.
#include "bearproof/narrative/narrative.h"

#include <cstdlib>
#include <fstream>
#include <set>

#include <gtest/gtest.h>

#include "bearproof/validator/validator.h"

#include "files.h"
#include "published.h"

namespace bearproof::test {
namespace {

narrative::Narrative told(std::string_view text, std::string_view source = "document.json") {
  Validator validator{CheckOptions{}};
  narrative::Narrative story;
  validator.check(source, text,
                  [&](Checked& checked) { story = narrative::tell(checked.report(), checked.document, 0); });
  return story;
}

std::vector<std::string> examples() {
  std::vector<std::string> found;
  for (const std::string& path : files_below(source_path("schemas"), ".json")) {
    if (path.find("/examples/") != std::string::npos) found.push_back(path);
  }
  return found;
}

TEST(Narrative, FilesFollowTheirPublishedSchema) {
  const auto files = files_below(source_path("core/narrative/narratives"), ".json");
  EXPECT_GE(files.size(), 40u);
  expect_published_form("narrative-templates", files);
}

/// Examples, and the good fixtures: every kind has one of them.
std::vector<std::string> sound_documents() {
  std::vector<std::string> found = examples();
  for (const std::string& path : files_below(source_path("conformance"), ".json")) {
    if (path.find("/good/") != std::string::npos) found.push_back(path);
  }
  return found;
}

TEST(Narrative, EveryExampleIsToldInWholeSentences) {
  std::set<std::string_view> kinds;
  for (const std::string& path : sound_documents()) {
    const narrative::Narrative story = told(read_file(path).value_or(""), path);
    if (story.verdict != report::Verdict::valid) continue;  // other tests say that they are
    kinds.insert(info_of(story.dialect).kind);
    for (const std::string* part : {&story.happened, &story.why, &story.risk, &story.next}) {
      ASSERT_FALSE(part->empty()) << path;
      EXPECT_EQ(part->find_first_of("{}|"), std::string::npos) << path << ": " << *part;
      EXPECT_EQ(part->find("urn:"), std::string::npos) << path << ": " << *part;
      EXPECT_EQ(part->find("sha256:"), std::string::npos) << path << ": " << *part;
      EXPECT_EQ(part->find("  "), std::string::npos) << path << ": " << *part;
      EXPECT_EQ(part->find(" ."), std::string::npos) << path << ": " << *part;
      const char last = part->back();
      EXPECT_TRUE(last == '.' || last == '!' || last == '?') << path << ": " << *part;
    }
  }
  EXPECT_GE(kinds.size(), 2u);
}

// BEARPROOF_UPDATE=1 writes the file anew; read what changed before keeping it.
TEST(Narrative, ExamplesAreToldAsTheyWere) {
  const std::string golden = source_path("tests/native/conformance/narratives.txt");
  const std::string kept = read_file(golden).value_or("");
  std::string now;
  std::size_t compared = 0;
  for (const std::string& path : examples()) {
    const std::string name = path.substr(source_path("").size());
    const std::string text = narrative::to_text(told(read_file(path).value_or(""), name), {false, 0}) + "\n";
    now += text;
    const std::string head = "  " + name + "  ";
    if (kept.find(head) == std::string::npos) continue;  // examples come faster than golden texts
    ++compared;
    EXPECT_NE(kept.find(text), std::string::npos) << "told now:\n" << text;
  }
  if (std::getenv("BEARPROOF_UPDATE") != nullptr) {
    std::ofstream(golden, std::ios::binary) << now;
    GTEST_SKIP() << "skipped: wrote " << golden;
  }
  EXPECT_GE(compared, 10u);
}

TEST(Narrative, S004ExpectedDenialsAreNoticesWhateverTheDocumentCallsThem) {
  const narrative::Narrative story = told(
      R"({"schema_version":"sourceos.event.v0.1","severity":"error","outcome":"blocked_expected",)"
      R"("actor":{"display_name":"mdmclient"},"decision":{"target_class":"management_profiles","policy_rule":"profiles.read"},)"
      R"("operator_narrative":{"summary":"a read was refused","why":"entitlement","risk":"low","next_action":"No action required."}})");
  EXPECT_EQ(story.severity, Severity::notice);
  EXPECT_EQ(story.outcome, "blocked expected");
  EXPECT_EQ(story.happened, "A read was refused.");
  for (
      const std::string_view denied :
      {R"({"schemaVersion":"bearbrowser.browser_automation_receipt.v1","status":"denied"})",
       R"({"type":"PolicyDecision","decision":"deny"})",
       R"({"type":"CapabilityLedger","effectiveState":"blocked_by_policy"})",
       R"({"type":"RuntimeInstallReceipt","installState":"denied"})",
       R"({"schema_version":"sourceos.policy-observation.v0.1","semantic_outcome":"blocked_expected","severity":"critical"})",
       R"({"schema":"sourceos.policy-decision/v1alpha1","status":"denied"})",
       R"({"schema":"sourceos.agent-trust-decision/v1alpha1","status":"blocked"})"}) {
    EXPECT_EQ(told(denied).severity, Severity::notice) << denied;
  }
}

TEST(Narrative, S004RedactionKeepsActorTargetClassPolicyRuleAndOutcome) {
  const narrative::Narrative story =
      told(R"({"schema_version":"sourceos.event.v0.1","outcome":"blocked_expected","actor":{"display_name":"indexer"},)"
           R"("subject":{"display":"ghp_16C7e42F292c6912E7710c838347Ae178B4a"},)"
           R"("decision":{"target_class":"credential_store","policy_rule":"vault.deny"}})");
  EXPECT_EQ(story.actor, "indexer");
  EXPECT_EQ(story.target, "credential store");
  EXPECT_EQ(story.policy_rule, "vault.deny");
  EXPECT_EQ(story.outcome, "blocked expected");
  const std::string all = narrative::to_json({story}) + narrative::to_text(story, {});
  EXPECT_EQ(all.find("16C7e42F"), std::string::npos) << all;
  EXPECT_NE(all.find("[hidden]"), std::string::npos) << all;
}

TEST(Narrative, SecretsInLinesOfAFileAreHiddenToo) {
  const std::string line =
      R"({"schemaVersion":"bearbrowser.browser_automation_receipt.v1","status":"active","displayName":"AKIAIOSFODNN7EXAMPLE"})";
  const std::string text = "{\"a\":1}\n" + line + "\n";
  Validator validator{CheckOptions{}};
  std::string all;
  Validator::Lines lines(validator, "receipts.ndjson", Validator::Lines::Which::every, [&](Checked& checked) {
    all += narrative::to_json({narrative::tell(checked.report(), checked.document, checked.origin.offset)});
  });
  lines.push(text);
  lines.finish();
  EXPECT_EQ(all.find("AKIA"), std::string::npos) << all;
  EXPECT_NE(all.find("[hidden] has been driving"), std::string::npos) << all;
  EXPECT_NE(all.find("\"line\":2"), std::string::npos) << all;
}

TEST(Narrative, HostileTextCommandsNothing) {
  const narrative::Narrative story = told(
      "{\"schemaVersion\":\"bearbrowser.browser_automation_receipt.v1\",\"status\":\"active\","
      "\"displayName\":\"\\u001b[31m\\u202Ex\\n{ownerRef}[status: "
      "y]\",\"tabScope\":[[],{},7,\"\\u0000\"],\"ownerRef\":9}",
      "a\x1b.json");
  const std::string all = narrative::to_text(story, {});
  EXPECT_EQ(all.find('\x1b'), std::string::npos);
  EXPECT_EQ(all.find("\xE2\x80\xAE"), std::string::npos);
  EXPECT_NE(story.happened.find("<U+001B>[31m<U+202E>x<U+000A>{ownerRef}[status: y] has been driving"),
            std::string::npos)
      << story.happened;
}

TEST(Narrative, WrongDocumentsAreNoGroundToActOn) {
  const narrative::Narrative story = told(R"({"type":"BrowserAutomationReceipt","userVisible":false})");
  EXPECT_EQ(story.verdict, report::Verdict::invalid);
  EXPECT_NE(story.risk.find("do not rely on it."), std::string::npos) << story.risk;
  EXPECT_EQ(story.next.find("Correct the document first: "), 0u) << story.next;
  EXPECT_EQ(told("{").happened, "The text could not be read.");
  EXPECT_EQ(told("{}").happened, "The document is of no kind that is known here.");
  EXPECT_EQ(told("[1]").severity, Severity::warning);
}

TEST(Narrative, JsonLeavesOutWhatIsNotKnown) {
  EXPECT_EQ(narrative::to_json({}), "[]");
  EXPECT_EQ(narrative::to_json({told("{}", "a")})
                .find(R"([{"source":"a","verdict":"unrecognised","severity":"warning","happened":)"),
            0u);
}

TEST(Narrative, LongTextIsWrapped) {
  const std::string text = narrative::to_text(told("{", "a.json"), {false, 40});
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    EXPECT_LE(end - at, 40u) << text;
    at = end + 1;
  }
}

}  // namespace
}  // namespace bearproof::test
