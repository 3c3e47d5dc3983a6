// Neighbours of good documents: the same with one thing changed that a maintainer would call as good. Where the schema
// allows the change, no rule may raise an error, but for the contradictions that are listed here.
#include "edits.h"

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "bearproof/json/reader.h"
#include "bearproof/validator/validator.h"

#include "files.h"
#include "rewriter.h"

namespace bearproof {
namespace {

using test::Edit;

/// Examples and good fixtures of kinds.
std::vector<std::string> good_documents() {
  std::set<std::string> families;
  for (const DialectInfo& info : dialect_table()) families.emplace(info.family);
  std::vector<std::string> paths;
  for (const std::string& family : families) {
    for (const std::string& folder : {"schemas/" + family + "/examples", "conformance/" + family + "/good"}) {
      for (std::string& path : test::files_below(test::source_path(folder), ".json")) paths.push_back(std::move(path));
    }
  }
  return paths;
}

/// Errors that a change raises rightly, as "RULE KIND POINTER": what is left says something that it must not say
/// without what is gone.
using Expected = std::set<std::string>;

using Edits = std::function<std::vector<Edit>(json::Value root)>;

/// Tries every edit of every good document that its schema allows, and that leaves it of its kind.
void raise_no_error(const Edits& edits, const Expected& expected, std::size_t least) {
  std::size_t tried = 0;
  std::set<std::string> raised;
  CheckOptions options;
  options.level = Severity::error;
  Validator validator(options);
  for (const std::string& path : good_documents()) {
    const std::string text = test::read_file(path).value_or("");
    json::Reader reader;
    const json::Document* document = reader.read(text);
    if (document == nullptr || document->has_duplicates) continue;
    const report::DocumentReport before = validator.check("document.json", text);
    if (before.dialect == Dialect::none || before.verdict != report::Verdict::valid) continue;
    for (const Edit& edit : edits(document->root())) {
      const report::DocumentReport report = validator.check("document.json", edit.apply(text));
      if (report.dialect != before.dialect) continue;  // it told the kind
      bool is_allowed = true;
      for (const report::LocatedFinding& finding : report.findings) is_allowed = is_allowed && !finding.schema;
      if (!is_allowed) continue;
      ++tried;
      for (const report::LocatedFinding& finding : report.findings) {
        std::string line(info_of(finding.rule_case).id);
        if (line == "evidence.digest") continue;  // it is of every byte of the artifact
        line.append(" ").append(info_of(before.dialect).kind).append(" ").append(test::general(edit.pointer));
        raised.insert(line);
        if (expected.contains(line)) continue;
        ADD_FAILURE() << line << ": " << finding.message << "\n"
                      << path << " with " << edit.text.substr(0, 200)
                      << "\nIf this is rightly an error, list it in this file; otherwise it is a warning at most.";
      }
    }
  }
  EXPECT_GE(tried, least);
  for (const std::string& line : expected) EXPECT_TRUE(raised.contains(line)) << "not raised any more: " << line;
}

TEST(Edits, MembersLeftOut) {
  raise_no_error(
      test::omissions,
      {
          // An operation is allowed, and there is no grant.
          "hostif.allow.invalid-grant HostInterfaceEnvelope /grant",
          // A folder of secrets may be mounted with a grant only.
          "machine.mount.host-secret AgentWorkspaceMount /mount/secretGrantRef",
          // No events, and no word why.
          "service.events.off Service /events_exemption",
          // "unsafe" without a cause; "healthy" although nothing tells that the dirty store was closed since.
          "state.diagnosis.contradiction StateIntegrityReport /diagnosis/causes",
          "state.dirty-open StateIntegrityReport /runtime/last_clean_shutdown_at",
          // The contract's labels ask for evidence, and its lane promises none.
          "workstation.evidence.missing WorkstationContract /spec/lanes/*/evidence",
          "workstation.evidence.missing WorkstationContract /spec/lanes/*/evidence/emit",
      },
      2000);
}

TEST(Edits, Nulls) {
  raise_no_error(test::nulls,
                 {
                     // Under the name of a secret stands what redaction leaves, nothing else.
                     "browser.event.secret-unredacted BrowserProvenanceEvent /payload/credentialClass",
                     "hostif.allow.invalid-grant HostInterfaceEnvelope /grant",
                     // The envelope names a grant.
                     "hostif.receipt.mismatch HostInterfaceEnvelope /receipt/grantId",
                     "machine.mount.host-secret AgentWorkspaceMount /mount/secretGrantRef",
                     // The legacy form allows null, a quarantine asks for evidence.
                     "orphan.quarantined.no-evidence OrphanEventReceipt /evidenceRefs",
                     // A boundary that is stated is stated as false, not as nothing.
                     "policy.boundary.collapsed PolicyDecisionRecord /decision_boundary/decision_scope",
                     "policy.boundary.collapsed PolicyDecisionRecord /decision_boundary/index_performed",
                     "policy.boundary.collapsed PolicyDecisionRecord /decision_boundary/purge_performed",
                     "service.events.off Service /events_exemption",
                     "state.diagnosis.contradiction StateIntegrityReport /diagnosis/causes",
                     "state.dirty-open StateIntegrityReport /runtime/last_clean_shutdown_at",
                     // "healthy" without a heartbeat.
                     "state.heartbeat.stale StateIntegrityReport /runtime/last_heartbeat_at",
                 },
                 1000);
}

TEST(Edits, EmptyLists) {
  raise_no_error(test::empty_lists,
                 {
                     // The grant covers nothing, and something is allowed.
                     "hostif.allow.invalid-grant HostInterfaceEnvelope /grant/scope",
                     "orphan.quarantined.no-evidence OrphanEventReceipt /evidenceRefs",
                     // A destructive step that nobody has to grant.
                     "repair.destructive.grants RepairPlan /policy/destructive_grants_required",
                     // A service that requires nothing declares nothing.
                     "service.capability.none Service /capabilities/required",
                     "state.diagnosis.contradiction StateIntegrityReport /diagnosis/causes",
                     // Trusted for a lane that the report has not.
                     "trust.blocked-reason AgentTrustDecision /evidence/available_lanes",
                     "workstation.evidence.missing WorkstationContract /spec/lanes/*/evidence/emit",
                 },
                 300);
}

/// A whole document with its platforms, in the manner of those who wrote it, exchanged for others.
std::vector<Edit> elsewhere(json::Value root) {
  const std::vector<std::vector<std::string>> words = {
      {"linux", "macos", "windows", "darwin"},
      {"arm64", "aarch64", "x86_64", "amd64"},
      {"darwin-arm64", "linux-x64", "win32-x64", "darwin-x64", "linux-arm64"},
      {"native", "podman", "wsl2", "lima"},
  };
  std::vector<Edit> edits;
  for (const auto& alike : words) {
    for (const std::string& other : alike) {
      bool changed = false;
      const std::string text = test::rewritten(root, {.string = [&](std::string_view word) {
                                                 for (const std::string& one : alike) {
                                                   if (word != one || word == other) continue;
                                                   changed = true;
                                                   return other;
                                                 }
                                                 return std::string(word);
                                               }});
      if (changed) edits.push_back({"", 0, root.document().text.size(), text});
    }
  }
  return edits;
}

TEST(Edits, OtherPlatforms) { raise_no_error(elsewhere, {}, 50); }

}  // namespace
}  // namespace bearproof
