// No message quotes a secret, whatever tells it and in whatever format.
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "files.h"
#include "program.h"

namespace bearproof::test {
namespace {

const std::string token = "ghp_0123456789abcdefghijklmnopqrstuvwxyz";
const std::string value = "hunter2-hunter2";  // nothing but its name tells what it is

const std::vector<std::string> formats = {"text", "json", "ndjson", "sarif", "markdown", "junit", "github"};

std::string replaced(std::string text, std::string_view part, std::string_view by) {
  const std::size_t at = text.find(part);
  EXPECT_NE(at, std::string::npos) << part;
  return text.replace(at, part.size(), by);
}

/// @param text  of an output; its escapes do not count
bool has(std::string text, std::string_view part) {
  std::erase(text, '\\');
  return text.find(part) != std::string::npos;
}

/// Checks a text in every format: each says `words`, and none shows a secret.
void expect_hidden(const std::string& text, std::string_view words, const std::vector<std::string>& options = {}) {
  const Folder folder;
  const std::string file = folder.write("a.json", text);
  for (const std::string& format : formats) {
    std::vector<std::string> arguments = {"check", file, "--format", format, "--level", "info"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    const Outcome outcome = run(arguments);
    EXPECT_TRUE(has(outcome.out, words)) << format << ": " << outcome.out << outcome.err;
    for (const std::string& secret : {token, value}) EXPECT_FALSE(has(outcome.out, secret)) << format << outcome.out;
  }
}

TEST(Secrets, NoMessageOfARuleQuotesThem) {
  // Of the two lanes, the second is told by a rule that quotes its name.
  const std::string lanes = R"({"metadata":{"labels":{}},
    "spec":{"lanes":[{"name":"NAME"},
                     {"name":"NAME"}]},
    "kind":"WorkstationContract","api_version":"workstation-contracts.socios.io/v0.1"})";
  expect_hidden(replaced(replaced(lanes, "NAME", token), "NAME", token), "another lane is called");
}

TEST(Secrets, NoMessageOfASchemaQuotesThem) {
  expect_hidden(replaced(good_receipt(), "\"cdp\"", "\"" + token + "\""), "is not one of");
  // The value of a member called password, where another member repeats it.
  expect_hidden(
      replaced(good_receipt(), R"("transport":"cdp")", R"("password":")" + value + R"(","transport":")" + value + "\""),
      "is not one of");
}

TEST(Secrets, NoMessageQuotesThemAsANameOfAMember) {
  expect_hidden("{\n\"b\":1,\"" + token + "\":1,\n\"a\":1\n}", "(not shown)");
  // The pointer of this finding is the name: an address stays as it is.
  const Folder folder;
  const std::string twice = folder.write("a.json", "{\"a\":1,\n\"" + token + "\":1,\"" + token + "\":2}");
  for (const std::string& format : formats) {
    const Outcome outcome = run({"check", twice, "--format", format});
    EXPECT_TRUE(has(outcome.out, "(not shown) occurs twice")) << format << ": " << outcome.out << outcome.err;
  }
}

TEST(Secrets, NoMessageQuotesThemWhereTheRuleAboutThemIsOff) {
  expect_hidden(replaced(good_receipt(), "\"cdp\"", "\"" + token + "\""), "(not shown) is not one of",
                {"--severity", "doc.secret.present=off"});
}

TEST(Secrets, NoFaultOfASchemaQuotesThem) {
  const Folder folder;
  const std::string document = folder.write("a.json", "{}");
  for (const std::string& schema : {R"({"type":")" + token + "\"}", R"({"$ref":"#/$defs/)" + token + "\"}"}) {
    const std::string file = folder.write("schema.json", schema);
    for (const std::string& format : formats) {
      const Outcome outcome = run({"check", "--schema", file, document, "--format", format});
      EXPECT_TRUE(has(outcome.out, "(not shown)")) << format << ": " << outcome.out << outcome.err;
      EXPECT_FALSE(has(outcome.out, token)) << format << ": " << outcome.out;
    }
  }
}

TEST(Secrets, NoErrorOfJsonSchemasOwnOutputQuotesThem) {
  const Folder folder;
  const std::string shaped = folder.write("a.json", replaced(good_receipt(), "\"cdp\"", "\"" + token + "\""));
  const std::string named =
      folder.write("b.json", replaced(good_receipt(), R"("transport":"cdp")",
                                      R"("password":")" + value + R"(","transport":")" + value + "\""));
  for (const std::string& file : {shaped, named}) {
    const Outcome outcome = run({"check", file, "--format", "schema-basic"});
    EXPECT_TRUE(has(outcome.out, "is not one of")) << outcome.out << outcome.err;
    for (const std::string& secret : {token, value}) EXPECT_FALSE(has(outcome.out, secret)) << outcome.out;
  }
}

TEST(Secrets, NoFixRepeatsThemInAPointer) {
  const Folder folder;
  const std::string file = folder.write("a.json", "{\"" + token + "\":1}");
  const std::string schema = folder.write("schema.json", R"({"properties":{"a":true},"additionalProperties":false})");
  const Outcome outcome = run({"check", "--schema", schema, file, "--format", "json"});
  EXPECT_TRUE(has(outcome.out, "unexpected member (not shown)")) << outcome.out;
  EXPECT_FALSE(has(outcome.out, "\"fix\"")) << outcome.out;
}

TEST(Secrets, NoNarrativeQuotesThem) {
  const Folder folder;
  const std::string file = folder.write("a.json", replaced(good_receipt(), "\"cdp\"", "\"" + token + "\""));
  const Outcome outcome = run({"narrate", file});
  EXPECT_TRUE(has(outcome.out, "is not one of")) << outcome.out << outcome.err;
  EXPECT_FALSE(has(outcome.out, token)) << outcome.out;
}

}  // namespace
}  // namespace bearproof::test
