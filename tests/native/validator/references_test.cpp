// Placeholders where references are mandatory: in every dialect of receipts, through the whole way of a document.
#include <array>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "bearproof/catalogue/rules.h"
#include "bearproof/json/canonical.h"
#include "bearproof/json/pointer.h"
#include "bearproof/json/reader.h"
#include "bearproof/validator/validator.h"

#include "../text/spellings.h"
#include "files.h"

namespace bearproof {
namespace {

struct Form {
  const char* file;
  std::array<const char*, 3> prefixes;  ///< of decision, owner, session
};
const Form forms[] = {
    {"schemas/browser/examples/seed-active.json", {"urn:srcos:decision:", "urn:srcos:agent:", "urn:srcos:session:"}},
    {"schemas/browser/examples/sourceos-v2-active.json",
     {"urn:srcos:decision:", "urn:srcos:agent-or-plugin:", "urn:srcos:session:"}},
    {"schemas/browser/examples/bearbrowser-v1-active.json",
     {"urn:srcos:policy:decision:bearbrowser:", "urn:srcos:agent:", "urn:srcos:session:browser:"}},
};
constexpr std::array<std::string_view, 3> members = {"policyDecisionRef", "ownerRef", "sessionRef"};

/// A document with another text in a member of its top level.
std::string with(const std::string& document, std::string_view member, const std::string& value) {
  json::Reader reader;
  const json::Value found = reader.read(document)->root().find(member);
  std::string out = document.substr(0, found.span().begin);
  json::append_string(out, value);
  return out + document.substr(found.span().end);
}

Severity worst_at(const report::DocumentReport& report, std::string_view member) {
  Severity worst = Severity::off;
  for (const report::LocatedFinding& finding : report.findings) {
    if (finding.pointer == "/" + std::string(member)) worst = std::max(worst, finding.severity);
  }
  return worst;
}

TEST(References, APlaceholderIsAnErrorInEveryDialectBareAndBehindThePrefix) {
  Validator validator({});
  for (const Form& form : forms) {
    const std::string document = *test::read_file(test::source_path(form.file));
    for (std::size_t i = 0; i < members.size(); ++i) {
      for (const std::string_view spelling : test::placeholders) {
        for (const std::string& reference :
             {std::string(spelling), form.prefixes[i] + std::string(spelling),
              std::string(form.prefixes[i]) + form.prefixes[i] + std::string(spelling)}) {
          const report::DocumentReport report = validator.check("x", with(document, members[i], reference));
          EXPECT_EQ(worst_at(report, members[i]), Severity::error)
              << form.file << ' ' << members[i] << ' ' << reference;
        }
      }
    }
  }
}

TEST(References, ANameBehindThePrefixIsNone) {
  Validator validator({});
  for (const Form& form : forms) {
    const std::string document = *test::read_file(test::source_path(form.file));
    for (std::size_t i = 0; i < members.size(); ++i) {
      for (const std::string_view name : test::names) {
        const std::string reference = form.prefixes[i] + std::string(name);
        const report::DocumentReport report = validator.check("x", with(document, members[i], reference));
        EXPECT_LT(worst_at(report, members[i]), Severity::warning)
            << form.file << ' ' << members[i] << ' ' << reference;
      }
    }
  }
}

TEST(References, ASampleIsAWarning) {
  Validator validator({});
  for (const Form& form : forms) {
    const std::string document = *test::read_file(test::source_path(form.file));
    for (std::size_t i = 0; i < members.size(); ++i) {
      for (const std::string_view sample : test::samples) {
        const std::string reference = form.prefixes[i] + std::string(sample);
        const report::DocumentReport report = validator.check("x", with(document, members[i], reference));
        EXPECT_EQ(worst_at(report, members[i]), Severity::warning)
            << form.file << ' ' << members[i] << ' ' << reference;
      }
    }
  }
}

TEST(References, OneFaultIsToldOnce) {
  Validator validator({});
  const std::string document = *test::read_file(test::source_path(forms[0].file));
  for (const std::string_view member : members) {
    for (const char* reference : {"unknown", "<id>", "TODO", "none", "urn:srcos:decision:UNSET", " ", "\u3000"}) {
      const report::DocumentReport report = validator.check("x", with(document, member, reference));
      std::size_t count = 0;
      for (const report::LocatedFinding& finding : report.findings)
        count += finding.pointer == "/" + std::string(member);
      EXPECT_EQ(count, 1u) << member << ' ' << reference;
    }
  }
}

}  // namespace
}  // namespace bearproof
