// What recognition says of a text.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "bearproof/catalogue/rules.h"
#include "bearproof/contract/contract.h"
#include "bearproof/json/quotation.h"
#include "bearproof/json/reader.h"

namespace bearproof::test {

struct Recognised {
  Dialect dialect = Dialect::none;
  std::vector<Finding> findings;
  std::vector<std::string> messages;  ///< of the findings
  std::vector<std::string> helps;
};

/// Fails where the text is not JSON, or where deciding and explaining do not agree.
inline Recognised recognise(std::string_view text) {
  std::array<Severity, rule_case_count> severities;
  effective_severities(Mode::standard, severities);
  json::Reader reader;
  const json::Document* document = reader.read(text);
  EXPECT_NE(document, nullptr) << text;
  Recognised result;
  if (document == nullptr) return result;
  FindingSink deciding(severities.data(), Severity::info, false, 1000);
  result.dialect = contract::recognise(document->root(), deciding);
  FindingSink explaining(severities.data(), Severity::info, true, 1000);
  EXPECT_EQ(contract::recognise(document->root(), explaining), result.dialect) << text;
  result.findings = explaining.findings();
  for (const Finding& finding : result.findings) {
    result.messages.push_back(json::text_of(finding.message, document));
    result.helps.push_back(json::text_of(finding.help, document));
  }
  EXPECT_EQ(deciding.hit(), !result.findings.empty()) << text << ": deciding and explaining agree";
  return result;
}

inline std::string_view only_rule(const Recognised& result) {
  if (result.findings.size() != 1) return "not exactly one finding";
  return info_of(result.findings[0].rule_case).id;
}

}  // namespace bearproof::test
