#include "bearproof/report/junit.h"

#include <algorithm>

#include "bearproof/report/address.h"
#include "bearproof/report/visible.h"

namespace bearproof::report {
namespace {

/// Text for an XML document. What XML forbids altogether is gone already: `visible` shows controls and noncharacters as
/// escapes.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\n': out += "&#10;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string shown(std::string_view text) { return escaped(visible(text)); }

/// "receipt.json:10:18 error[browser.owner.missing] at /ownerRef: no owner …"
std::string line_of(std::string_view source, const LocatedFinding& finding) {
  std::string line = visible(source);
  if (finding.range) {
    line.append(":").append(std::to_string(finding.range->start.line));
    line.append(":").append(std::to_string(finding.range->start.column));
  }
  line.append(" ").append(name_of(finding.severity)).append("[").append(info_of(finding.rule_case).id).append("]");
  if (finding.pointer && !finding.pointer->empty()) line.append(" at ").append(visible(*finding.pointer));
  return line.append(": ").append(told(finding));
}

JunitCases case_of(std::string_view name, std::string_view class_name, std::string_view source,
                   const std::vector<LocatedFinding>& findings, Severity failing) {
  JunitCases out;
  out.cases = 1;
  out.xml.append("    <testcase name=\"").append(shown(name)).append("\" classname=\"").append(escaped(class_name));
  out.xml += '"';
  std::string failed;
  std::string rest;
  const LocatedFinding* first = nullptr;
  for (const LocatedFinding& finding : findings) {
    const bool fails = finding.severity >= failing;
    if (fails && first == nullptr) first = &finding;
    const std::string line = line_of(finding.source.empty() ? source : finding.source, finding);
    (fails ? failed : rest).append(escaped(line)).append("\n");
  }
  if (findings.empty()) {
    out.xml += "/>\n";
    return out;
  }
  out.xml += ">\n";
  if (first != nullptr) {
    out.failures = 1;
    out.xml.append("      <failure message=\"").append(escaped(told(*first)));
    out.xml.append("\" type=\"").append(info_of(first->rule_case).id).append("\">").append(failed);
    out.xml += "</failure>\n";
  }
  if (!rest.empty()) out.xml.append("      <system-out>").append(rest).append("</system-out>\n");
  out.xml += "    </testcase>\n";
  return out;
}

}  // namespace

JunitCases junit_case(const DocumentReport& document, Severity failing) {
  std::string name = document.source;
  if (document.line) name.append(":").append(std::to_string(*document.line));
  const bool known = document.dialect != Dialect::none;
  return case_of(name, known ? info_of(document.dialect).kind : name_of(document.verdict), document.source,
                 document.findings, failing);
}

JunitCases junit_case(const std::vector<LocatedFinding>& collection, Severity failing) {
  return case_of("between documents", "collection", "", collection, failing);
}

JunitCases junit_rest(std::string_view source, std::uint64_t documents) {
  JunitCases out;
  if (documents == 0) return out;
  out.cases = 1;
  const std::string name = visible(source) + ": " + std::to_string(documents) + " documents without findings";
  out.xml.append("    <testcase name=\"").append(escaped(name)).append("\" classname=\"ndjson\"/>\n");
  return out;
}

std::string junit_opening(std::uint64_t cases, std::uint64_t failures) {
  const std::string counts = " name=\"bearproof\" tests=\"" + std::to_string(cases) + "\" failures=\"" +
                             std::to_string(failures) + "\" errors=\"0\"";
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" + counts + ">\n  <testsuite" + counts +
         " skipped=\"0\">\n";
}

std::string_view junit_closing() { return "  </testsuite>\n</testsuites>\n"; }

}  // namespace bearproof::report
