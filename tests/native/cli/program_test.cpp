#include "program.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "bearproof/json/canonical.h"

namespace bearproof::test {
namespace {

class StringInput : public cli::Input {
 public:
  StringInput(std::string_view text, std::size_t portion) : text_(text), portion_(portion) {}
  std::ptrdiff_t read(char* to, std::size_t size) override {
    const std::size_t count = std::min({size, portion_, text_.size()});
    std::memcpy(to, text_.data(), count);
    text_.remove_prefix(count);
    return static_cast<std::ptrdiff_t>(count);
  }

 private:
  std::string_view text_;
  std::size_t portion_;
};

class StringOutput : public cli::Output {
 public:
  explicit StringOutput(std::string& to) : to_(to) {}
  void write(std::string_view bytes) override { to_ += bytes; }

 private:
  std::string& to_;
};

}  // namespace

Outcome run(const std::vector<std::string>& arguments, std::string_view input, Terminal terminal, std::size_t portion) {
  Outcome outcome;
  StringInput in(input, portion);
  StringOutput out(outcome.out);
  StringOutput err(outcome.err);
  cli::World world{in, out, err};
  world.out_is_terminal = terminal.is_terminal;
  world.columns = terminal.columns;
  world.no_color = terminal.no_color;
  world.now = [] { return std::string("2026-01-31T12:00:00Z"); };
  std::vector<const char*> pointers = {"bearproof"};
  for (const std::string& argument : arguments) pointers.push_back(argument.c_str());
  outcome.exit = static_cast<int>(cli::run(static_cast<int>(pointers.size()), pointers.data(), world));
  return outcome;
}

Folder::Folder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "bearproof-XXXXXX").native();
  path_ = mkdtemp(pattern.data()) == nullptr ? std::string() : pattern;
}

Folder::~Folder() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

std::string Folder::path(const std::string& name) const { return name.empty() ? path_ : path_ + "/" + name; }

std::string Folder::write(const std::string& name, std::string_view bytes) const {
  const std::filesystem::path file(path(name));
  std::error_code ignored;
  std::filesystem::create_directories(file.parent_path(), ignored);
  std::ofstream(file, std::ios::binary) << bytes;
  return file.native();
}

std::string good_receipt() {
  return R"({"id":"urn:srcos:receipt:browser-automation:r-1","type":"BrowserAutomationReceipt","specVersion":"2.0.0",)"
         R"("sessionRef":"urn:srcos:session:s-1","ownerRef":"urn:srcos:agent-or-plugin:a-1","origin":"local",)"
         R"("transport":"cdp","permissionScope":["read_dom"],"userVisible":true,"revocable":true,)"
         R"("policyDecisionRef":"urn:srcos:decision:d-1","evidenceRefs":["urn:srcos:evidence:e-1"],)"
         R"("capturedAt":"2026-01-31T12:00:00Z"})";
}

namespace {

TEST(Program, TellsItsVersion) {
  const Outcome outcome = run({"--version"});
  EXPECT_EQ(outcome.exit, 0);
  EXPECT_TRUE(outcome.out.starts_with("bearproof ")) << outcome.out;
  EXPECT_NE(outcome.out.find("\nruleset sha256:"), std::string::npos);
  EXPECT_NE(outcome.out.find("\nUnicode "), std::string::npos);
}

TEST(Program, HelpsWithEveryCommand) {
  const Outcome all = run({"--help"});
  EXPECT_EQ(all.exit, 0);
  for (const std::string command :
       {"check", "rules", "explain", "kinds", "schema", "lint-schema", "canon", "digest", "bowtie"}) {
    EXPECT_NE(all.out.find("\n  " + command + " "), std::string::npos) << command;
    const Outcome help = run({command, "--help"});
    EXPECT_EQ(help.exit, 0) << command;
    EXPECT_TRUE(help.out.starts_with("Usage: bearproof " + command)) << help.out;
    EXPECT_NE(help.out.find("--help"), std::string::npos);
    EXPECT_EQ(help.err, "");
    for (std::size_t at = 0, end = 0; at < help.out.size(); at = end + 1) {
      end = help.out.find('\n', at);
      EXPECT_LE(end - at, 80u) << help.out.substr(at, end - at);
    }
  }
}

TEST(Program, NamesTheNearestOfWhatWasMistyped) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
      {{"chek"}, "unknown command \"chek\" (did you mean \"check\"?)"},
      {{}, "no command given"},
      {{"frobnicate", "x"}, "unknown command \"frobnicate\"\n"},
      {{"check", "--lvel", "error", "x"}, "unknown option --lvel (did you mean \"--level\"?)"},
      {{"check", "--formt=json", "x"}, "unknown option --formt (did you mean \"--format\"?)"},
      {{"--verson"}, "unknown option --verson (did you mean \"--version\"?)"},
      {{"explain", "--colour", "never", "x"}, "unknown option --colour (did you mean \"--color\"?)"},
      {{"check", "--level", "warn", "x"},
       "--level: \"warn\" is not one of error, warning, notice and info (did you mean \"warning\"?)"},
      {{"check", "--mode", "strickt", "x"},
       "--mode: \"strickt\" is not one of default, release and strict (did you mean \"strict\"?)"},
      {{"check", "--format", "jsn", "x"}, "--format: \"jsn\" is not text, json"},
      {{"check", "-o", "json", "x"}, "--output: expected FORMAT=FILE, found \"json\""},
      {{"check", "-o", "jsn=x", "x"}, "--output: \"jsn\" is not text, json"},
      {{"check", "--now", "today", "x"}, "--now: \"today\" is not an RFC 3339 date-time"},
      {{"check", "--severity", "browser.owner.mising=off", "x"},
       "--severity: unknown rule \"browser.owner.mising\" (did you mean \"browser.owner.missing\"?)"},
      {{"check", "--severity", "browser.owner.missing", "x"}, "--severity: expected RULE=LEVEL"},
      {{"check", "--severity", "browser.owner.missing=loud", "x"}, "--severity: \"loud\" is not one of"},
      {{"check", "--limits", "nesting=600", "x"}, "--limits: \"nesting\" may be lowered, not raised"},
      {{"check", "--limits", "nesting=-1", "x"}, "--limits: expected NAME=N with a whole number"},
      {{"check", "--limits", "nestin=1", "x"}, "--limits: unknown limit \"nestin\" (did you mean \"nesting\"?)"},
      {{"check", "--fail-on", "notice", "x"}, "--fail-on: \"notice\" is not error or warning"},
      {{"check", "--level", "error", "--fail-on", "warning", "x"}, "--fail-on warning needs --level warning or lower"},
      {{"check", "--engine", "ajv", "x"}, "--engine: \"ajv\" is not bearproof or valijson"},
      {{"check", "--color", "sometimes", "x"}, "--color: \"sometimes\" is not auto, always or never"},
      {{"check", "--jobs", "9999", "x"}, "--jobs: at most 256"},
      {{"check", "--jobs", "two", "x"}, "--jobs"},
      {{"check", "--level"}, "--level"},
      {{"explain", "browser.owner.mising"},
       "unknown rule \"browser.owner.mising\" (did you mean \"browser.owner.missing\"?)"},
      {{"explain"}, "RULE is required"},
      {{"schema", "BrowserAutomationReciept"},
       "unknown kind \"BrowserAutomationReciept\" (did you mean \"BrowserAutomationReceipt\"?)"},
      {{"schema", "BrowserAutomationReceipt"},
       "BrowserAutomationReceipt has several dialects: name one of BrowserAutomationReceipt/seed, "},
      {{"schema", "BrowserAutomationReceipt/v9"}, "has no dialect \"v9\", but "},
      {{"rules", "--format", "ndjson"}, "--format: \"ndjson\" is not text or json"},
      {{"kinds", "extra"}, "unexpected argument \"extra\""},
      {{"check", "\x1b[31m", "--le\x1bvel"}, "unknown option --le<U+001B>vel"},
  };
  for (const auto& [arguments, message] : cases) {
    const Outcome outcome = run(arguments);
    EXPECT_EQ(outcome.exit, 2) << message;
    EXPECT_EQ(outcome.out, "") << message;
    EXPECT_NE(outcome.err.find(message), std::string::npos) << "said: " << outcome.err << "expected: " << message;
    EXPECT_NE(outcome.err.find("--help\""), std::string::npos);
    EXPECT_EQ(outcome.err.find('\x1b'), std::string::npos);
  }
}

TEST(Program, ListsRulesAndKinds) {
  const Outcome rules = run({"rules"});
  EXPECT_EQ(rules.exit, 0);
  EXPECT_NE(rules.out.find("browser.evidence.missing "), std::string::npos);
  EXPECT_NE(rules.out.find(" error, warning, info "), std::string::npos) << "all severities of a rule with cases";
  const Outcome kinds = run({"kinds"});
  EXPECT_EQ(kinds.exit, 0);
  EXPECT_NE(kinds.out.find("BrowserAutomationReceipt "), std::string::npos);
  EXPECT_TRUE(run({"rules", "--format", "json"}).out.starts_with("[{\"id\":"));
  EXPECT_TRUE(run({"kinds", "--format=json"}).out.starts_with("[{\"kind\":"));
}

TEST(Program, ExplainsARule) {
  const Outcome outcome = run({"explain", "doc.secret.present"});
  EXPECT_EQ(outcome.exit, 0);
  for (const std::string part : {"doc.secret.present\n", "\nRaised when\n  error: ", "\nWhy\n", "\nBad\n", "\nGood\n",
                                 "\nWhat to do\n", "\nSource\n", "no report shows the value"}) {
    EXPECT_NE(outcome.out.find(part), std::string::npos) << part << "\n" << outcome.out;
  }
  EXPECT_NE(run({"explain", "doc.secret.present", "--color", "always"}).out.find("\x1b[1;31merror"), std::string::npos);
}

TEST(Program, PrintsASchema) {
  const Outcome outcome = run({"schema", "BrowserAutomationReceipt/seed"});
  EXPECT_EQ(outcome.exit, 0);
  EXPECT_NE(outcome.out.find("\"$schema\""), std::string::npos);
  EXPECT_EQ(run({"schema", "AgentPassport"}).exit, 0) << "it has one dialect";
}

TEST(Program, CanonAndDigestAgree) {
  const Folder folder;
  const std::string file = folder.write("a.json", " { \"b\" : 1.0, \"a\" : \"\\u0041\" }\n");
  EXPECT_EQ(run({"canon", file}).out, R"({"a":"A","b":1})");
  EXPECT_EQ(run({"canon", "-"}, "{\"b\":1.0,\"a\":\"A\"}").out, R"({"a":"A","b":1})");
  const Outcome digest = run({"digest", file});
  EXPECT_EQ(digest.out, json::sha256_text(R"({"a":"A","b":1})") + "\n");
  EXPECT_EQ(run({"digest", "-"}, R"({"a":"A","b":1})").out, digest.out);
}

TEST(Program, CanonRefusesWhatHasNoCanonicalForm) {
  const Outcome inexact = run({"canon", "-"}, "{\n \"n\": 123456789012345678901234567890\n}");
  EXPECT_EQ(inexact.exit, 1);
  EXPECT_EQ(inexact.out, "");
  EXPECT_NE(inexact.err.find("canon.number.inexact"), std::string::npos);
  EXPECT_NE(inexact.err.find("-:2:7"), std::string::npos) << inexact.err;
  EXPECT_EQ(run({"canon", "-"}, "{\"a\":1,\"a\":2}").exit, 1);
  EXPECT_EQ(run({"canon", "-"}, "{").exit, 1);
  EXPECT_EQ(run({"digest", "/nonexistent", "-"}, "{}").exit, 3);
}

}  // namespace
}  // namespace bearproof::test
