// The acceptance sentences of sourceos-spec issue 99 about the objects beside browser receipts and ledgers.
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "bearproof/json/reader.h"
#include "bearproof/validator/validator.h"

#include "files.h"

namespace bearproof {
namespace {

/// The ids and severities of everything found in a text, in the order of the report.
std::vector<std::string> found_in(std::string_view text) {
  Validator validator(CheckOptions{});
  std::vector<std::string> lines;
  for (const report::LocatedFinding& finding : validator.check("document.json", text).findings) {
    lines.push_back(std::string(info_of(finding.rule_case).id) + " " + std::string(name_of(finding.severity)));
  }
  return lines;
}

std::vector<std::string> examples_below(const std::string& folder) {
  return test::files_below(test::source_path("schemas/" + folder + "/examples"), ".json");
}

/// A text with the first `from` in it replaced, which has to be there.
std::string with(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  if (at != std::string::npos) text.replace(at, from.size(), to);
  return text;
}

/// A text without the line that starts with this member; the member is not the last of its object.
std::string without_line(std::string text, std::string_view member) {
  const std::size_t at = text.find("\n  \"" + std::string(member) + "\"");
  EXPECT_NE(at, std::string::npos) << member;
  if (at == std::string::npos) return text;
  return text.erase(at, text.find('\n', at + 1) - at);
}

std::string example(const std::string& path) {
  const auto text = test::read_file(test::source_path("schemas/" + path));
  EXPECT_TRUE(text) << path;
  return text.value_or("");
}

void every_example_fails_without_decision(const std::string& folder, std::string_view kind, const std::string& rule) {
  int tried = 0;
  for (const std::string& path : examples_below(folder)) {
    const std::string text = test::read_file(path).value_or("");
    if (text.find("\"type\": \"" + std::string(kind) + "\"") == std::string::npos) continue;
    ++tried;
    EXPECT_EQ(found_in(without_line(text, "policyDecisionRef")), std::vector<std::string>{rule + " error"}) << path;
  }
  EXPECT_GE(tried, 3) << kind;
}

TEST(S002Acceptance, GitExamplesFailOnMissingPolicyDecisionRef) {
  every_example_fails_without_decision("git", "GitWorkspaceState", "git.policy.missing");
}

TEST(S002Acceptance, OrphanEventAndInstallExamplesFailOnMissingPolicyDecisionRef) {
  every_example_fails_without_decision("orphan", "OrphanEventReceipt", "orphan.policy.missing");
  every_example_fails_without_decision("install", "RuntimeInstallReceipt", "install.policy.missing");
}

TEST(S002Acceptance, ExpectedNegativeStatesAreInfoUnlessARequestedOperationDependsOnGit) {
  const std::string expected[] = {"not_a_repo",     "bare_repo",     "worktree_no_remote",
                                  "inside_git_dir", "detached_head", "operation_superseded"};
  // Every member that a state could contradict fits all of them.
  const std::string base = with(with(example("git/examples/not-a-repository.json"), "\"gitDirDigest\": null",
                                     "\"gitDirDigest\": \"sha256:" + std::string(64, 'a') + "\""),
                                "\"actionability\": \"none\"", "\"actionability\": \"remediation_hint\"");
  for (const std::string& state : expected) {
    const std::string text = with(base, "\"not_a_repo\"", '"' + state + '"');
    for (const std::string operation : {"passive_discovery", "watcher_refresh"}) {
      const std::string one = with(text, "\"passive_discovery\"", '"' + operation + '"');
      EXPECT_EQ(found_in(one), std::vector<std::string>{}) << state;
      EXPECT_EQ(found_in(with(one, "\"info\"", "\"debug\"")), std::vector<std::string>{}) << state;
      for (const std::string severity : {"warning", "error"}) {
        EXPECT_EQ(found_in(with(one, "\"info\"", '"' + severity + '"')),
                  std::vector<std::string>{"git.severity.expected-negative warning"})
            << state << ' ' << operation << ' ' << severity;
      }
    }
    for (const std::string operation : {"user_requested_command", "agent_requested_command", "ci_validation"}) {
      const std::string one = with(text, "\"passive_discovery\"", '"' + operation + '"');
      for (const std::string severity : {"warning", "error"}) {
        EXPECT_EQ(found_in(with(one, "\"info\"", '"' + severity + '"')), std::vector<std::string>{})
            << state << ' ' << operation << ' ' << severity;
      }
    }
  }
}

TEST(S002Acceptance, GitWorkspaceStateKnowsTheTenStates) {
  const std::string text = example("git/examples/repository.json");
  for (const std::string state :
       {"not_a_repo", "repo_root", "inside_worktree", "inside_git_dir", "bare_repo", "worktree_no_remote",
        "detached_head", "corrupt_repo", "permission_denied", "operation_superseded"}) {
    for (const std::string& line : found_in(with(text, "\"repo_root\"", '"' + state + '"'))) {
      EXPECT_EQ(line.find(" error"), std::string::npos) << state << ": " << line;
    }
  }
  EXPECT_EQ(found_in(with(text, "\"repo_root\"", "\"dirty\"")), std::vector<std::string>{"schema.shape error"});
}

TEST(S002Acceptance, QuarantineComesAfterTheTimeToLiveAndWithAnEvidenceReceipt) {
  const std::string text = example("orphan/examples/quarantined.json");
  EXPECT_EQ(found_in(text), std::vector<std::string>{});
  const std::vector<std::string> early{"orphan.quarantined.before-ttl error"};
  EXPECT_EQ(found_in(with(text, "\"expired\": true", "\"expired\": false")), early);
  EXPECT_EQ(found_in(with(text, "\"quarantinedAt\": \"2026-05-06T04:36:00Z\"",
                          "\"quarantinedAt\": \"2026-05-06T04:35:59.999Z\"")),
            early);
  const std::size_t list = text.find("\"evidenceRefs\": [") + 17;
  std::string bare = text;
  bare.erase(list, text.find(']', list) - list);
  EXPECT_EQ(found_in(bare), std::vector<std::string>{"orphan.quarantined.no-evidence error"});
}

TEST(S002Acceptance, EventsAreReconciledByConversationParentWorkspaceOrTask) {
  const std::string text = example("orphan/examples/queued.json");
  const std::size_t begin = text.find("\"correlationKeys\": {") + 20;
  const std::size_t end = text.find('}', begin);
  for (const std::string key : {"\"conversationId\": \"c\"", "\"parentId\": \"p\"",
                                "\"workspaceRef\": \"urn:srcos:workspace:w\"", "\"taskRef\": \"t\""}) {
    std::string one = text;
    EXPECT_EQ(found_in(one.replace(begin, end - begin, key)), std::vector<std::string>{}) << key;
  }
  std::string none = text;
  EXPECT_EQ(found_in(none.replace(begin, end - begin, "")), std::vector<std::string>{"orphan.keys.none warning"});
}

TEST(S002Acceptance, RuntimeInstallLogsAreCompactAndReferToTheManifest) {
  const std::string text = example("install/examples/installed.json");
  EXPECT_EQ(found_in(text), std::vector<std::string>{});
  EXPECT_EQ(found_in(with(text, "compact_receipt_ref", "full_debug_redacted")),
            std::vector<std::string>{"install.log.full-manifest warning"});
  EXPECT_EQ(found_in(with(text, "\"runtimeName\": \"Python", "\"runtimeName\": \"Python\\nforged")),
            std::vector<std::string>{"install.log.multiline error"});
}

}  // namespace
}  // namespace bearproof
