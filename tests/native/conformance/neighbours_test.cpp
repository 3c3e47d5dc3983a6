// The same document, written in another way, comes to the same: members in another order, letters escaped, an offset in
// place of Z, more white space.
#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "bearproof/json/reader.h"
#include "bearproof/validator/validator.h"

#include "files.h"

namespace bearproof {
namespace {

struct Manner {
  bool reversed = false;
  bool escaped = false;
  bool offsets = false;
  bool spaced = false;
};

class Writer {
 public:
  explicit Writer(Manner manner) : manner_(manner) {}

  std::string write(json::Value value) {
    text_.clear();
    add(value);
    return text_;
  }

 private:
  void add(json::Value value) {
    if (value.is_object()) return add_object(value);
    if (value.is_string()) return add_string(value);
    if (!value.is_array()) {
      text_ += value.raw();
      return;
    }
    text_ += '[';
    bool first = true;
    for (const json::Value item : value.items()) {
      if (!first) text_ += ',';
      first = false;
      add(item);
    }
    text_ += ']';
  }

  void add_object(json::Value value) {
    std::vector<json::Member> members;
    for (const json::Member member : value.members()) members.push_back(member);
    if (manner_.reversed) std::reverse(members.begin(), members.end());
    text_ += '{';
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (i > 0) text_ += ',';
      if (manner_.spaced) text_ += " \r\n\t";
      add_string(members[i].key);
      text_ += manner_.spaced ? " : " : ":";
      add(members[i].value);
    }
    text_ += '}';
  }

  void add_string(json::Value value) {
    std::string raw(value.raw());
    const bool instant = raw.size() >= 20 && raw[4] == '-' && raw[10] == 'T' && raw.back() == 'Z';
    if (manner_.offsets && instant) raw.replace(raw.size() - 1, 1, "+00:00");
    text_ += '"';
    const bool letter = !raw.empty() && ((raw[0] >= 'a' && raw[0] <= 'z') || (raw[0] >= 'A' && raw[0] <= 'Z'));
    if (manner_.escaped && letter) {
      constexpr char digits[] = "0123456789abcdef";
      text_ += "\\u00";
      text_ += digits[raw[0] >> 4];
      text_ += digits[raw[0] & 15];
      raw.erase(0, 1);
    }
    text_ += raw;
    text_ += '"';
  }

  Manner manner_;
  std::string text_;
};

/// Kind, verdict and findings, sorted.
std::vector<std::string> outcome(std::string_view text) {
  Validator validator(CheckOptions{});
  const report::DocumentReport report = validator.check("document.json", text);
  std::vector<std::string> lines;
  for (const report::LocatedFinding& finding : report.findings) {
    lines.push_back(std::string(info_of(finding.rule_case).id) + " at " + finding.pointer.value_or("nowhere"));
  }
  std::sort(lines.begin(), lines.end());
  lines.insert(lines.begin(), std::string(report::name_of(report.verdict)));
  if (report.dialect != Dialect::none) lines.insert(lines.begin(), std::string(info_of(report.dialect).kind));
  return lines;
}

/// Examples, and the fixtures of the families that are kinds of contract.
std::vector<std::string> documents() {
  std::set<std::string> families;
  for (const DialectInfo& info : dialect_table()) families.emplace(info.family);
  std::vector<std::string> paths;
  for (const std::string& family : families) {
    for (const std::string& folder :
         {"schemas/" + family + "/examples", "conformance/" + family + "/good", "conformance/" + family + "/bad"}) {
      for (std::string& path : test::files_below(test::source_path(folder), ".json")) paths.push_back(std::move(path));
    }
  }
  return paths;
}

void comes_to_the_same(Manner manner) {
  std::size_t compared = 0;
  for (const std::string& path : documents()) {
    const auto text = test::read_file(path);
    ASSERT_TRUE(text) << path;
    json::Reader reader;
    const json::Document* document = reader.read(*text);
    if (document == nullptr || document->has_duplicates) continue;
    const std::string other = Writer(manner).write(document->root());
    EXPECT_EQ(outcome(other), outcome(*text)) << path << "\n" << other;
    ++compared;
  }
  EXPECT_GE(compared, 100u);
}

TEST(Neighbours, MembersInAnotherOrder) { comes_to_the_same({.reversed = true}); }
TEST(Neighbours, LettersEscaped) { comes_to_the_same({.escaped = true}); }
TEST(Neighbours, OffsetsInsteadOfZ) { comes_to_the_same({.offsets = true}); }
TEST(Neighbours, OtherWhiteSpace) { comes_to_the_same({.spaced = true}); }

}  // namespace
}  // namespace bearproof
