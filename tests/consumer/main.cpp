// What a program outside this project does with the library. Exits with 1 and says why when an answer is not the right
// one.
#include <cstdlib>
#include <iostream>
#include <string>
#include <utility>

#include <bearproof/bearproof.h>

namespace {

void expect(bool holds, const char* what) {
  if (holds) return;
  std::cerr << "not so: " << what << '\n';
  std::exit(1);
}

const std::string hidden = R"({
  "schemaVersion": "bearbrowser.browser_automation_receipt.v1",
  "receiptId": "urn:srcos:receipt:browser-automation:1",
  "userVisible": false
})";

void checks_a_document() {
  bearproof::api::Checker checker;
  const bearproof::api::Report report = checker.check(hidden, "receipt.json");
  expect(report.checked == 1 && report.documents.size() == 1, "one document was checked");
  const bearproof::api::Document& document = report.documents[0];
  expect(document.verdict == bearproof::api::Verdict::invalid, "a hidden session is invalid");
  expect(document.kind == "BrowserAutomationReceipt" && document.dialect == "bearbrowser-v1", "its kind is recognised");
  expect(report.errors != 0 && report.json.find("\"verdict\":\"invalid\"") != std::string::npos, "the report says so");
  bool found = false;
  for (const bearproof::api::Finding& finding : document.findings) {
    if (finding.rule != "browser.session.user-visible") continue;
    found = true;
    expect(finding.severity == bearproof::api::Severity::error, "it is an error");
    expect(finding.pointer == "/userVisible" && finding.begin && finding.begin->line == 4, "its place is known");
  }
  expect(found, "browser.session.user-visible is found");
}

void checks_lines() {
  bearproof::api::Checker checker;
  const bearproof::api::Report report = checker.check_lines("{\"a\":1}\n{\"a\":\n", "log.ndjson");
  expect(report.checked == 2, "two lines were checked");
  expect(!report.documents.empty() && report.documents.back().line == 2, "the second is reported with its line");
  expect(report.documents.back().verdict == bearproof::api::Verdict::unreadable, "as unreadable");
}

void takes_options() {
  bearproof::api::Checker checker;
  expect(checker.set_options(R"({"mode":"lenient"})").has_value(), "an unknown mode is refused");
  expect(!checker.set_options(R"({"severities":{"browser.session.user-visible":"off"}})"), "options are taken");
  bearproof::api::Checker moved = std::move(checker);
  for (const bearproof::api::Document& document : moved.check(hidden, "receipt.json").documents) {
    for (const bearproof::api::Finding& finding : document.findings) {
      expect(finding.rule != "browser.session.user-visible", "a rule that is off finds nothing");
    }
  }
}

}  // namespace

int main() {
  checks_a_document();
  checks_lines();
  takes_options();
  std::cout << "bearproof " << bearproof::api::version() << ", ruleset " << bearproof::api::ruleset() << '\n';
}
