// The sentences of the workstation-contracts README: what its validator rejects, and what it lets pass.
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "bearproof/json/canonical.h"
#include "bearproof/validator/validator.h"

#include "files.h"

namespace bearproof {
namespace {

using Rules = std::vector<std::string>;

/// The rules of all errors and warnings, in the order of the report.
Rules faults_of(std::string_view text) {
  Validator validator(CheckOptions{});
  const report::DocumentReport report = validator.check("contract.json", text);
  Rules faults;
  for (const report::LocatedFinding& finding : report.findings) {
    if (finding.severity >= Severity::warning) faults.emplace_back(info_of(finding.rule_case).id);
  }
  const bool invalid = report.verdict == report::Verdict::invalid;
  EXPECT_EQ(invalid, !faults.empty()) << text;
  return faults;
}

const std::string pinned_image = "ghcr.io/example/lane@sha256:" + std::string(64, '7');

/// A contract with one label and one lane of one step.
std::string contract(std::string_view label, std::string_view run, std::string_view emit) {
  std::string text = R"({"api_version":"workstation-contracts.socios.io/v0.1","kind":"WorkstationContract",)"
                     R"("metadata":{"id":"contract","labels":{)";
  json::append_string(text, label);
  text += R"(:"true"}},"spec":{"lanes":[{"name":"lane","backend":{"type":"container","container":{"image":)";
  json::append_string(text, pinned_image);
  text += R"(}},"steps":[{"name":"step","run":)";
  json::append_string(text, run);
  text += R"(}],"evidence":{"emit":[)";
  json::append_string(text, emit);
  return text + "]}}]}}";
}

std::string mounts(const std::string& arguments) {
  return contract("sourceos.agent_machine", "sourceosctl agent-machine mounts plan " + arguments,
                  "agent-machine.mount.evidence");
}

const char* const roots[] = {"--dev-root", "--docs-root", "--downloads-root", "--cache-root"};

/// Every way to write one path as the value of one option.
std::vector<std::string> spellings(const std::string& path) {
  std::vector<std::string> out;
  for (const std::string root : roots) {
    for (const char* sign : {" ", "="}) {
      for (const char* quote : {"", "\"", "'"}) {
        const std::string option = root + sign + quote + path + quote;
        out.push_back(option);
        out.push_back("--json " + option + " --docs-root ~/Documents/SourceOS/agent-output");
      }
    }
  }
  return out;
}

TEST(S000Acceptance, RejectsAWholeHomeAsAgentMachineMountRoot) {
  for (const char* path : {"$HOME", "~", "${HOME}", "$HOME/", "~/", "${HOME}/", "/Users/name", "/home/name/", "~name",
                           "/var/home/name", "~/.", "~/dev/..", "/root", "/Users", "/"}) {
    for (const std::string& arguments : spellings(path)) {
      EXPECT_EQ(faults_of(mounts(arguments)), Rules{"workstation.mount.whole-home"}) << arguments;
    }
  }
}

TEST(S000Acceptance, RejectsUnscopedDownloads) {
  for (const char* path :
       {"~/Downloads", "~/Downloads/", "$HOME/Downloads", "${HOME}/Downloads", "/Users/name/Downloads",
        "/home/name/Downloads/.", "~/Downloads/SourceOS/..", "~/downloads"}) {
    for (const std::string& arguments : spellings(path)) {
      EXPECT_EQ(faults_of(mounts(arguments)), Rules{"workstation.mount.unscoped-downloads"}) << arguments;
    }
  }
}

TEST(S000Acceptance, AcceptsRootsThatNameAFolder) {
  for (const char* path : {"~/dev", "~/Documents/SourceOS/agent-output", "~/Downloads/SourceOS/agent-downloads",
                           "$HOME/dev", "${HOME}/src/project", "/home/name/dev", "/Users/Shared", "/workspace", ".",
                           "$HOMEBREW_PREFIX/src", "$PWD", "~/Downloads-of-the-agent", "/srv/home", "../home"}) {
    for (const std::string& arguments : spellings(path)) {
      EXPECT_EQ(faults_of(mounts(arguments)), Rules{}) << arguments;
    }
  }
}

TEST(S000Acceptance, RejectsRawAppleAppDatabaseAccessForNotesPhotosRemindersOrVoiceMemos) {
  for (const char* run : {
           "sourceosctl office inspect ~/Library/Group Containers/group.com.apple.notes/NoteStore.sqlite",
           "sourceosctl office inspect '~/Pictures/Photos Library.photoslibrary'",
           "sourceosctl office inspect ~/Pictures/Photos.photoslibrary/database",
           "sourceosctl office inspect ~/Library/Reminders/Container_v1",
           "sourceosctl office inspect \"$HOME/Library/Group Containers/group.com.apple.reminders\"",
           "sourceosctl office inspect 'Voice Memos'",
           "sourceosctl office inspect ~/Library/VoiceMemos",
           "sqlite3 NoteStore.sqlite .dump",
           "cp -r ~/Library/Application\\ Support/com.apple.voicememos/Recordings /tmp",
           "sourceosctl agent-machine mounts plan --docs-root ~/Library/Containers/com.apple.Notes/Data",
       }) {
    EXPECT_EQ(faults_of(contract("sourceos.office_plane", run, "office.artifact.evidence")),
              Rules{"workstation.office.raw-apple-app-db"})
        << run;
  }
  for (const char* run : {
           "sourceosctl office generate --title 'Voice Memos and Reminders'",
           "sourceosctl office inspect ~/Documents/SourceOS/agent-output/reminders.docx",
           "open -a Photos",
           "echo Notes",
       }) {
    EXPECT_EQ(faults_of(contract("sourceos.office_plane", run, "office.artifact.evidence")), Rules{}) << run;
  }
}

TEST(S000Acceptance, RejectsAgentMachineLanesThatDoNotEmitMountEvidence) {
  const Rules missing{"workstation.evidence.missing"};
  EXPECT_EQ(faults_of(contract("sourceos.agent_machine", "true", "agent-machine.mount.plan")), missing);
  EXPECT_EQ(faults_of(contract("sourceos.agent_machine", "true", "agent-machine.mount.evidence")), Rules{});
  EXPECT_EQ(faults_of(contract("sourceos.capability", "true", "agent-machine.mount.plan")), Rules{});
}

TEST(S000Acceptance, RejectsOfficePlaneLanesThatDoNotEmitArtifactEvidence) {
  const Rules missing{"workstation.evidence.missing"};
  EXPECT_EQ(faults_of(contract("sourceos.office_plane", "true", "office.artifact.plan")), missing);
  EXPECT_EQ(faults_of(contract("sourceos.office_plane", "true", "office.artifact.evidence")), Rules{});
}

TEST(S000Acceptance, TheTruthLaneIsAContainerPinnedByItsDigest) {
  const std::string good = contract("sourceos.capability", "make test", "env.fingerprint");
  const auto with = [&](std::string_view what, std::string_view instead) {
    std::string text = good;
    const std::size_t at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return text.replace(at, what.size(), instead);
  };
  EXPECT_EQ(faults_of(with("\"lane\"", "\"truth\"")), Rules{});
  for (const char* image : {"ghcr.io/example/lane:latest", "ghcr.io/example/lane", "lane@sha256:7777"}) {
    EXPECT_EQ(faults_of(with(pinned_image, image)), Rules{"workstation.container.image-not-pinned"}) << image;
  }
}

TEST(S000Acceptance, UpstreamContractsComeToWhatTheirFoldersSay) {
  const auto folder = test::shared_path("upstream-examples/workstation-contracts/conformance");
  if (!folder) GTEST_SKIP() << "skipped: no ../shared beside this checkout";
  const struct {
    const char* path;
    Rules faults;
  } expected[] = {
      {"good/agent-machine-office-dry-run.json", {}},
      {"bad/agent-machine-whole-home-mount.json", {"workstation.mount.whole-home", "workstation.evidence.missing"}},
      {"bad/agent-machine-unscoped-downloads.json",
       {"workstation.mount.unscoped-downloads", "workstation.evidence.missing"}},
      {"bad/office-raw-apple-app-db.json", {"workstation.office.raw-apple-app-db"}},
  };
  std::size_t known = 0;
  for (const auto& one : expected) {
    const auto text = test::read_file(*folder + "/" + one.path);
    ASSERT_TRUE(text) << one.path;
    EXPECT_EQ(faults_of(*text), one.faults) << one.path;
    ++known;
  }
  EXPECT_EQ(test::files_below(*folder, ".json").size(), known);
}

TEST(S000Acceptance, TheReferenceHarnessWritesAValidTranscriptAndReceipt) {
  const auto folder = test::shared_path("upstream-examples/generated");
  if (!folder) GTEST_SKIP() << "skipped: no ../shared beside this checkout";
  const auto receipt = test::read_file(*folder + "/run-receipt.json");
  const auto transcript = test::read_file(*folder + "/ipc-transcript.ndjson");
  ASSERT_TRUE(receipt && transcript);
  EXPECT_EQ(faults_of(*receipt), Rules{});
  std::size_t messages = 0;
  Validator validator(CheckOptions{});
  Validator::Lines lines(validator, "ipc-transcript.ndjson", Validator::Lines::Which::every, [&](Checked& checked) {
    const report::DocumentReport one = checked.report();
    EXPECT_EQ(info_of(one.dialect).kind, "IpcEnvelope");
    EXPECT_EQ(report::name_of(one.verdict), "valid");
    EXPECT_TRUE(one.findings.empty());
    ++messages;
  });
  lines.push(*transcript);
  lines.finish();
  EXPECT_EQ(messages, 6u) << "hello, hello_ack, capabilities, capabilities_ack, invoke, result";
}

}  // namespace
}  // namespace bearproof
