// Neighbours of good collections: what its schema does not require may be absent, and clocks may stand in other zones.
#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "bearproof/json/reader.h"
#include "bearproof/validator/validator.h"

#include "edits.h"
#include "expectations.h"
#include "files.h"
#include "held_texts.h"
#include "rewriter.h"

namespace bearproof {
namespace {

/// One document of a collection.
struct Member {
  std::string source;
  std::string text;
  bool is_line = false;
  collection::Entry facts;
};

std::vector<Member> members_of(const test::Fixture& fixture) {
  std::vector<Member> members;
  if (!fixture.name.ends_with(".ndjson")) {
    for (const std::string& path : test::files_below(fixture.path, ".json")) {
      members.push_back(
          {path.substr(fixture.path.size() + 1), test::read_file(path).value_or(""), false, collection::Entry()});
    }
    return members;
  }
  const std::string text = test::read_file(fixture.path).value_or("");
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (end != at) members.push_back({"lines", text.substr(at, end - at), true, collection::Entry()});
    at = end + 1;
  }
  return members;
}

std::vector<test::Fixture> collections(std::string_view folder) {
  std::vector<test::Fixture> out;
  for (test::Fixture& fixture : test::all_fixtures()) {
    if (fixture.family == "collection" && fixture.name.starts_with(folder)) out.push_back(std::move(fixture));
  }
  return out;
}

std::vector<report::LocatedFinding> link(const std::vector<Member>& members, const CheckOptions& options) {
  Collection together(options);
  test::HeldTexts held;
  for (const Member& member : members) {
    together.add(member.facts, member.source, {}, member.is_line);
    held.texts.push_back(member.text);
  }
  return together.link(held);
}

/// Checks a member, and takes its facts.
report::DocumentReport check(Validator& validator, Member& member) {
  report::DocumentReport report;
  member.facts.size = 0;
  validator.check(member.source, member.text, [&](Checked& checked) {
    if (checked.document != nullptr) member.facts.read(*checked.document, checked.dialect);
    report = checked.report();
  });
  return report;
}

/// Rules and places, sorted.
std::vector<std::string> outcome(std::vector<Member>& members) {
  Validator validator(CheckOptions{});
  for (Member& member : members) check(validator, member);
  std::vector<std::string> lines;
  for (const report::LocatedFinding& finding : link(members, validator.options())) {
    std::string line(info_of(finding.rule_case).id);
    line.append(" ").append(finding.source).append(finding.pointer.value_or(""));
    for (const report::LocatedRelated& other : finding.related) line.append(" ").append(other.source + other.pointer);
    lines.push_back(line);
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

TEST(CollectionNeighbours, ClocksInOtherZones) {
  std::size_t compared = 0;
  for (const std::string_view folder : {"good/", "bad/"}) {
    for (const test::Fixture& fixture : collections(folder)) {
      // Here each byte matters.
      if (fixture.name.find("digest") != std::string::npos || fixture.name.find("the-same") != std::string::npos) {
        continue;
      }
      std::vector<Member> members = members_of(fixture);
      const std::vector<std::string> before = outcome(members);
      for (std::size_t i = 0; i < members.size(); ++i) {
        const int minutes = i % 2 == 0 ? 330 : -480;
        json::Reader reader;
        const json::Document* document = reader.read(members[i].text);
        ASSERT_NE(document, nullptr) << fixture.name;
        members[i].text = test::rewritten(
            document->root(), {.string = [minutes](std::string_view text) { return test::in_zone(text, minutes); }});
      }
      EXPECT_EQ(outcome(members), before) << fixture.name;
      ++compared;
    }
  }
  EXPECT_GE(compared, 80u);
}

/// "RULE SOURCE POINTER" of what is rightly an error between documents when something is gone.
const std::set<std::string> expected = {
    // What names no held action lifts no hold.
    "browser.policy.held bearbrowser-hold-allowed/resolution.json /target/resolvedFromActionId",
    // Nothing was advertised or offered, and it is used all the same.
    "ipc.invoke.unadvertised run-receipt-agrees.ndjson/lines /payload/capabilities",
    "ipc.invoke.unadvertised transcript.ndjson/lines /payload/capabilities",
    "ipc.protocol.unselected run-receipt-agrees.ndjson/lines /payload/protocols",
    "ipc.protocol.unselected transcript.ndjson/lines /payload/protocols",
    // A fingerprint mounts what its profile does not.
    "machine.fingerprint.mismatch chain-on-a-machine/profile.json /mounts",
    "machine.fingerprint.mismatch machine-launched-as-described/profile.json /mounts",
    // An event without an id is not the one that was queued.
    "orphan.event.unattached event-here/event.json /id",
};

/// Whether a rule compares contents: then any change is a contradiction.
bool compares(std::string_view rule) { return rule == "evidence.digest" || rule == "ipc.receipt.transcript-mismatch"; }

TEST(CollectionNeighbours, WhatTheSchemaDoesNotRequire) {
  std::size_t tried = 0;
  std::set<std::string> raised;
  CheckOptions options;
  options.level = Severity::error;
  Validator validator(options);
  for (const test::Fixture& fixture : collections("good/")) {
    std::vector<Member> members = members_of(fixture);
    outcome(members);
    for (Member& member : members) {
      const Member kept = member;
      json::Reader reader;
      const json::Value root = reader.read(kept.text)->root();
      const Dialect dialect = kept.facts.dialect;
      for (const auto edits : {test::omissions, test::nulls, test::empty_lists}) {
        for (const test::Edit& edit : edits(root)) {
          member.text = edit.apply(kept.text);
          const report::DocumentReport alone = check(validator, member);
          if (alone.dialect != dialect || !alone.findings.empty()) continue;
          ++tried;
          for (const report::LocatedFinding& finding : link(members, options)) {
            std::string line(info_of(finding.rule_case).id);
            if (compares(line)) continue;
            line.append(" ").append(fixture.name.substr(5) + "/" + member.source).append(" ");
            line += test::general(edit.pointer);
            raised.insert(line);
            if (!expected.contains(line)) ADD_FAILURE() << line << ": " << finding.message;
          }
        }
      }
      member = kept;
    }
  }
  EXPECT_GE(tried, 800u);
  for (const std::string& line : expected) EXPECT_TRUE(raised.contains(line)) << "not raised any more: " << line;
}

}  // namespace
}  // namespace bearproof
