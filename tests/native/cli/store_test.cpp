// The commands that look at stores, graphs and releases.
#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "files.h"
#include "program.h"

namespace bearproof {
namespace {

using test::Folder;
using test::Outcome;
using test::run;

std::string fixture(const std::string& name) { return test::source_path("conformance/collection/" + name); }

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(StoreVerify, PrintsWhatPreviousTakes) {
  const Folder folder;
  const std::string good = test::read_file(fixture("good/store.ndjson")).value_or("");
  const std::string path = folder.write("events.ndjson", good);
  const Outcome first = run({"store", "verify", path});
  EXPECT_EQ(first.exit, 0) << first.out;
  ASSERT_TRUE(has(first.out, "store.digest"));
  const std::size_t digest = first.out.find("sha256:");
  const std::string previous = first.out.substr(digest, first.out.find(',', digest) - digest);
  EXPECT_EQ(run({"store", "verify", path, "--previous", previous}).exit, 0);
  std::string changed = good;
  changed[changed.find("notice")] = 'N';
  folder.write("events.ndjson", changed);
  const Outcome after = run({"store", "verify", path, "--previous", previous});
  EXPECT_EQ(after.exit, 1);
  EXPECT_TRUE(has(after.out, "store.append-only")) << after.out;
}

TEST(StoreVerify, ListsLinesWithFindingsBeforeThoseOfTheStore) {
  const Folder folder;
  const std::string path = folder.write("events.ndjson", "[]\n");
  const Outcome text = run({"store", "verify", path});
  EXPECT_EQ(text.exit, 1);
  EXPECT_LT(text.out.find("parse.root.not-object"), text.out.find("store.line.invalid")) << text.out;
  const Outcome json = run({"store", "verify", path, "--format", "json"});
  EXPECT_TRUE(has(json.out, "\"documents\":[{")) << json.out;
  EXPECT_TRUE(has(json.out, "\"collection\":{\"findings\":[{\"rule\":\"store.line.invalid\"")) << json.out;
}

TEST(StoreVerify, MayRefuseAnEmptyStore) {
  const Folder folder;
  const std::string path = folder.write("events.ndjson", "");
  EXPECT_EQ(run({"store", "verify", path}).exit, 0);
  const Outcome refused = run({"store", "verify", path, "--fail-empty"});
  EXPECT_EQ(refused.exit, 1);
  EXPECT_TRUE(has(refused.out, "error[store.empty]")) << refused.out;
}

TEST(StoreVerify, NamesWhatIsWrong) {
  const Outcome twice = run({"store", "verify", fixture("bad/store-id-twice.ndjson")});
  EXPECT_EQ(twice.exit, 1);
  EXPECT_TRUE(has(twice.out, "store.event.duplicate-id")) << twice.out;
  EXPECT_EQ(run({"store", "verify", "/nowhere/events.ndjson"}).exit, 3);
  EXPECT_EQ(run({"store", "verify", fixture("good/store.ndjson"), "--previous", "sha256:11:5"}).exit, 2);
  EXPECT_EQ(run({"store", "mend", fixture("good/store.ndjson")}).exit, 2);
}

TEST(StoreCoalesce, GroupsWhatRepeatsAndNothingCritical) {
  const Outcome noise = run({"store", "coalesce", fixture("bad/store-over-budget.ndjson")});
  EXPECT_EQ(noise.exit, 0);
  EXPECT_EQ(std::count(noise.out.begin(), noise.out.end(), '\n'), 1) << noise.out;
  EXPECT_TRUE(has(noise.out,
                  "\"count\":12,\"suppressed_count\":7,\"first_seen\":\"2026-05-06T10:00:00Z\","
                  "\"last_seen\":\"2026-05-06T10:00:11Z\",\"samples\":[\"evt_r00\","))
      << noise.out;
  const Folder folder;
  std::string critical = test::read_file(fixture("bad/store-over-budget.ndjson")).value_or("");
  for (std::size_t at = 0; (at = critical.find("\"notice\"", at)) != std::string::npos;) {
    critical.replace(at, 8, "\"critical\"");
  }
  const Outcome apart = run({"store", "coalesce", folder.write("events.ndjson", critical)});
  EXPECT_EQ(std::count(apart.out.begin(), apart.out.end(), '\n'), 12) << apart.out;
}

TEST(Graph, HasFourForms) {
  const std::string folder = fixture("good/service-and-launch");
  const Outcome json = run({"graph", folder, "--as", "json"});
  EXPECT_EQ(json.exit, 0);
  EXPECT_TRUE(has(json.out, "\"requiredBy\":[\"dev.example.bear-notes\"]")) << json.out;
  EXPECT_TRUE(has(run({"graph", folder}).out, "1 service, "));
  EXPECT_TRUE(has(run({"graph", folder, "--as", "dot"}).out, "digraph services {"));
  EXPECT_TRUE(has(run({"graph", folder, "--as", "mermaid"}).out, "graph LR\n"));
  EXPECT_EQ(run({"graph", folder, "--as", "svg"}).exit, 2);
  EXPECT_TRUE(has(run({"graph", fixture("good/decision-here")}).err, "no service manifest"));
}

TEST(Release, SaysThatThereIsNoService) {
  const Outcome outcome = run({"release", fixture("good/decision-here")});
  EXPECT_EQ(outcome.exit, 1);
  EXPECT_TRUE(has(outcome.out, "There is no service to release.\n")) << outcome.out;
}

TEST(Release, PassesAServiceThatMeetsEveryGate) {
  const Outcome good = run({"release", fixture("good/service-and-launch")});
  EXPECT_EQ(good.exit, 0) << good.out;
  EXPECT_TRUE(has(good.out, "1 of 1 service passes")) << good.out;
}

TEST(Release, HoldsBackWhatDoesNotAndWhereThereIsNoService) {
  const Outcome bad = run({"release", fixture("bad/launch-of-others-only")});
  EXPECT_EQ(bad.exit, 1);
  EXPECT_TRUE(has(bad.out, "identity.launch.missing")) << bad.out;
  const Outcome none = run({"release", fixture("good/decision-here")});
  EXPECT_EQ(none.exit, 1);
  EXPECT_TRUE(has(none.out, "error[release.gate.1-manifest]")) << none.out;
}

TEST(Release, HoldsLinesAgainstEachOtherToo) {
  std::string lines;
  for (const char* name : {"launch-a", "launch-b", "service"}) {
    std::string text = test::read_file(fixture("bad/launch-of-others-only/") + name + ".json").value_or("");
    std::replace(text.begin(), text.end(), '\n', ' ');
    lines += text + "\n";
  }
  const Folder folder;
  const Outcome outcome = run({"release", folder.write("services.ndjson", lines)});
  EXPECT_EQ(outcome.exit, 1);
  EXPECT_TRUE(has(outcome.out, "identity.launch.missing")) << outcome.out;
  EXPECT_TRUE(has(outcome.out, "services.ndjson:3:")) << outcome.out;
}

TEST(CheckCollection, RunsForTwoDocumentsAndNotForOne) {
  const std::string folder = fixture("bad/owner-contested");
  const Outcome two = run({"check", "--format", "json", folder});
  EXPECT_EQ(two.exit, 1);
  EXPECT_TRUE(has(two.out, "\"collection\":{\"findings\":[{\"rule\":\"browser.owner.ambiguous\"")) << two.out;
  EXPECT_TRUE(has(two.out, "a.json\",\"pointer\":\"/ownerRef\",\"range\":{"));
  EXPECT_FALSE(has(run({"check", "--format", "json", folder + "/a.json"}).out, "\"collection\""));
  EXPECT_TRUE(has(run({"check", "--format", "json", "--collection", folder + "/a.json"}).out, "\"collection\""));
  EXPECT_EQ(run({"check", "--no-collection", folder}).exit, 0);
  EXPECT_EQ(run({"check", "--no-collection", "--collection", folder}).exit, 2);
}

TEST(CheckCollection, RunsOverLinesOnlyWhenAskedInAPipe) {
  const std::string text = test::read_file(fixture("bad/receipt-back-to-life.ndjson")).value_or("");
  const Outcome plain = run({"check", "--format", "ndjson", "-"}, text);
  EXPECT_EQ(plain.exit, 0);
  EXPECT_FALSE(has(plain.out, "collection"));
  const Outcome asked = run({"check", "--format", "ndjson", "--collection", "-"}, text);
  EXPECT_EQ(asked.exit, 1);
  // Standard input is kept, so that its places can be told.
  EXPECT_TRUE(has(asked.out, "{\"collection\":{\"findings\":[{\"rule\":\"browser.receipt.repeated\"")) << asked.out;
  EXPECT_TRUE(has(asked.out, "\"line\":2,"));
}

}  // namespace
}  // namespace bearproof
