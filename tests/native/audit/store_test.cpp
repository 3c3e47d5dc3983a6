// Stores of events, verified in memory.
#include "bearproof/audit/store.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "files.h"

namespace bearproof {
namespace {

using audit::StoreState;
using audit::StoreVerification;

/// The lines of one store, read again.
class Lines : public collection::Texts {
 public:
  explicit Lines(std::string_view store) : store_(store) {}
  bool read(const collection::Index& index, collection::DocumentIndex line, std::string& into) override {
    into = store_.substr(static_cast<std::size_t>(index[line].offset), index[line].size);
    return true;
  }

 private:
  std::string_view store_;
};

struct Verified {
  StoreVerification::Result result;
  std::vector<report::DocumentReport> lines;

  /// The message of a finding between events or of the store; "" where there is none.
  std::string message(RuleCase rule) const {
    const report::LocatedFinding* const found = finding(rule);
    return found == nullptr ? "" : found->message;
  }
  const report::LocatedFinding* finding(RuleCase rule) const {
    for (const report::LocatedFinding& each : result.findings) {
      if (each.rule_case == rule) return &each;
    }
    return nullptr;
  }
  std::uint64_t errors() const { return result.summary.severities[static_cast<std::size_t>(Severity::error)]; }
  StoreState state() const {
    const std::string text = message(Rule::store_digest);
    return StoreState::parse(text.substr(0, text.find(','))).value_or(StoreState{});
  }
};

Verified verify(std::string_view store, audit::StoreOptions options = {}, std::size_t portion = 1 << 20) {
  Validator validator(CheckOptions{});
  Verified out;
  StoreVerification verification(
      validator, "events.ndjson", std::move(options),
      [&](const Checked&, report::DocumentReport&& line) { out.lines.push_back(std::move(line)); });
  for (std::size_t at = 0; at < store.size(); at += portion) verification.push(store.substr(at, portion));
  Lines lines(store);
  out.result = verification.finish(lines);
  return out;
}

std::string fixture(const std::string& name) {
  return test::read_file(test::source_path("conformance/collection/" + name)).value_or("");
}

std::string good_store() { return fixture("good/store.ndjson"); }

audit::StoreOptions after(const StoreState& state) { return {state, false}; }

TEST(StoreState, IsReadAsItIsWritten) {
  const std::string digest = "sha256:" + std::string(63, '0') + "f";
  const auto state = StoreState::parse(digest + ":42");
  ASSERT_TRUE(state);
  EXPECT_EQ(state->digest, digest);
  EXPECT_EQ(state->size, 42u);
  EXPECT_EQ(state->text(), digest + ":42");
  EXPECT_TRUE(StoreState::parse(digest + ":" + std::string(18, '9')));
  for (const std::string& wrong :
       {std::string(), digest, digest + ":", digest + ":-1", digest + ":4x", digest + ":" + std::string(19, '9'),
        digest.substr(1) + ":42", digest + "0:42", "sha256:" + std::string(64, 'F') + ":42", std::string("sha256:11:5"),
        digest + " :42"}) {
    EXPECT_FALSE(StoreState::parse(wrong)) << wrong;
  }
}

TEST(StoreVerification, TellsWhatTheStoreHolds) {
  const std::string good = good_store();
  const Verified verified = verify(good);
  EXPECT_EQ(verified.errors(), 0u);
  EXPECT_EQ(verified.state().digest, json::sha256_text(good));
  EXPECT_EQ(verified.state().size, good.size());
  const auto events = std::count(good.begin(), good.end(), '\n');
  EXPECT_TRUE(verified.message(Rule::store_digest).ends_with(", " + std::to_string(events) + " events"));
  EXPECT_EQ(verified.result.summary.documents, static_cast<std::uint64_t>(events));
}

TEST(StoreVerification, PortionsMakeNoDifference) {
  const std::string store = good_store() + "[]\n" + good_store();
  const audit::StoreOptions options = after({json::sha256_text(good_store()), good_store().size()});
  const Verified whole = verify(store, options);
  EXPECT_FALSE(whole.result.findings.empty());
  for (const std::size_t portion : {std::size_t{1}, std::size_t{7}, good_store().size()}) {
    const Verified split = verify(store, options, portion);
    ASSERT_EQ(split.result.findings.size(), whole.result.findings.size());
    for (std::size_t i = 0; i < whole.result.findings.size(); ++i) {
      EXPECT_EQ(split.result.findings[i].message, whole.result.findings[i].message);
    }
    EXPECT_EQ(split.lines.size(), whole.lines.size());
  }
}

TEST(StoreVerification, AStoreMayGrowAndNothingElse) {
  const std::string good = good_store();
  const audit::StoreOptions options = after(verify(good).state());
  EXPECT_EQ(verify(good, options).finding(Rule::store_append_only), nullptr);
  const std::string more = fixture("bad/store-cause-lost.ndjson");
  EXPECT_EQ(verify(good + more.substr(more.find('\n') + 1), options).finding(Rule::store_append_only), nullptr);
  std::string changed = good;
  changed[changed.find("notice")] = 'N';
  EXPECT_EQ(verify(changed, options).message(Rule::store_append_only),
            "the first " + std::to_string(good.size()) + " bytes have changed");
  EXPECT_EQ(verify(good.substr(0, good.size() - 1), options).message(Rule::store_append_only),
            "the store is shorter than it was");
  EXPECT_EQ(verify(changed).finding(Rule::store_append_only), nullptr) << "nothing is known of before";
}

TEST(StoreVerification, AnEmptyStoreIsANoticeAndAnErrorWhereItMayNotBe) {
  const Verified noticed = verify("\n");
  ASSERT_NE(noticed.finding(Rule::store_empty), nullptr);
  EXPECT_EQ(noticed.finding(Rule::store_empty)->severity, Severity::notice);
  EXPECT_EQ(noticed.finding(Rule::store_empty)->source, "events.ndjson");
  const Verified refused = verify("", {std::nullopt, true});
  ASSERT_NE(refused.finding(Rule::store_empty_refused), nullptr);
  EXPECT_EQ(refused.errors(), 1u);
  EXPECT_EQ(verify(good_store(), {std::nullopt, true}).errors(), 0u);
}

TEST(StoreVerification, CountsLinesThatAreNoEventsAndEventsThatAreInvalid) {
  const std::string good = good_store();
  std::string loud = good.substr(0, good.find('\n') + 1);
  loud.replace(loud.find("notice"), 6, "loud");
  const Verified fine = verify(good);
  EXPECT_EQ(fine.finding(Rule::store_line_invalid), nullptr);
  EXPECT_EQ(fine.finding(Rule::store_event_invalid), nullptr);
  const Verified bad = verify("{\"event_id\":\n" + good + "[]\n" + loud);
  EXPECT_EQ(bad.message(Rule::store_line_invalid), "line 1 is no event, and so is 1 more");
  const auto lines = std::count(good.begin(), good.end(), '\n');
  EXPECT_EQ(bad.message(Rule::store_event_invalid), "line " + std::to_string(lines + 3) + " is an invalid event");
  EXPECT_EQ(verify("1\n2\n3\n").message(Rule::store_line_invalid), "line 1 is no event, and so are 2 more");
  EXPECT_TRUE(verify("1\n").message(Rule::store_digest).ends_with(", 0 events"));
}

TEST(StoreVerification, ComparesEventsOfTheLegacyFormToo) {
  std::string event = test::read_file(test::source_path("schemas/event/examples/coalesced-lookups.json")).value_or("");
  event.replace(event.find("\"sample_evidence_refs\""), 22, "\"samples\"");
  std::erase(event, '\n');
  const Verified twice = verify(event + "\n" + event + "\n");
  ASSERT_EQ(twice.lines.size(), 2u);
  EXPECT_EQ(twice.lines[0].dialect, Dialect::event_legacy);
  EXPECT_NE(twice.finding(Rule::store_event_duplicate_id), nullptr);
}

}  // namespace
}  // namespace bearproof
