#include "expectations.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "bearproof/json/number.h"
#include "bearproof/json/reader.h"

#include "files.h"

namespace bearproof::test {
namespace {

std::string text_of(json::Value value) {
  std::string scratch;
  return value && value.is_string() ? std::string(value.string(scratch)) : std::string();
}

std::uint64_t number_of(json::Value value) {
  return value && value.is_number() ? static_cast<std::uint64_t>(json::Number(value.raw()).int64().value_or(0)) : 0;
}

std::vector<ExpectedFinding> findings_of(json::Value list) {
  std::vector<ExpectedFinding> out;
  if (!list) return out;
  for (const json::Value item : list.items()) {
    ExpectedFinding finding;
    finding.rule = text_of(item.find("rule"));
    finding.severity = text_of(item.find("severity"));
    if (const json::Value pointer = item.find("pointer")) finding.pointer = text_of(pointer);
    finding.line = number_of(item.find("line"));
    finding.column = number_of(item.find("column"));
    finding.source = text_of(item.find("source"));
    if (const json::Value related = item.find("related")) {
      for (const json::Value other : related.items()) finding.related.push_back(text_of(other));
    }
    out.push_back(finding);
  }
  return out;
}

Fixture fixture_of(const std::string& family, const std::string& folder, json::Member member) {
  Fixture fixture;
  fixture.family = family;
  fixture.name = text_of(member.key);
  fixture.path = folder + "/" + fixture.name;
  for (const json::Member part : member.value.members()) {
    const std::string key = text_of(part.key);
    const json::Value::Span span = part.value.span();
    if (key == "options") {
      fixture.options = std::string(part.value.document().text.substr(span.begin, span.end - span.begin));
    } else if (key == "profile") {
      fixture.profile = text_of(part.value);
    } else if (key == "verdict") {
      fixture.verdict = text_of(part.value);
    } else if (key == "findings") {
      fixture.findings = findings_of(part.value);
    } else if (key == "lines") {
      for (const json::Value line : part.value.items()) {
        fixture.lines.push_back(
            {number_of(line.find("line")), text_of(line.find("verdict")), findings_of(line.find("findings"))});
      }
    } else if (key == "shows") {
      for (const json::Value rule : part.value.items()) fixture.shows.push_back(text_of(rule));
    } else {
      EXPECT_EQ(key, "note") << fixture.path << ": unknown key in expect.json";
    }
  }
  return fixture;
}

}  // namespace

std::vector<Fixture> all_fixtures() {
  const std::string root = source_path("conformance");
  std::vector<Fixture> fixtures;
  std::set<std::string> listed;
  for (const std::string& path : files_below(root, "expect.json")) {
    const std::string folder = path.substr(0, path.rfind('/'));
    const std::string family = folder.substr(folder.rfind('/') + 1);
    const auto text = read_file(path);
    json::Reader reader;
    const json::Document* document = text ? reader.read(*text) : nullptr;
    EXPECT_NE(document, nullptr) << path << ": " << reader.fault().message;
    if (document == nullptr) continue;
    for (const json::Member member : document->root().members()) {
      fixtures.push_back(fixture_of(family, folder, member));
      listed.insert(fixtures.back().path);
    }
  }
  for (const char* suffix : {".json", ".ndjson"}) {
    for (const std::string& path : files_below(root, suffix)) {
      if (path.ends_with("/expect.json") || listed.contains(path)) continue;
      if (listed.contains(path.substr(0, path.rfind('/')))) continue;  // a document of a collection
      Fixture unlisted;
      unlisted.path = path;
      unlisted.verdict = "unlisted";
      fixtures.push_back(unlisted);
    }
  }
  return fixtures;
}

}  // namespace bearproof::test
