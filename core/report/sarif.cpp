#include "bearproof/report/sarif.h"

#include "bearproof/catalogue/texts.h"
#include "bearproof/json/reader.h"
#include "bearproof/report/address.h"
#include "bearproof/report/json_writer.h"
#include "bearproof/report/visible.h"

namespace bearproof::report {
namespace {

constexpr std::string_view schema_uri =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

std::string_view level_of(Severity severity) {
  if (severity == Severity::error) return "error";
  if (severity == Severity::warning) return "warning";
  return severity == Severity::off ? "none" : "note";
}

/// A plain-text message: braces would be placeholders, brackets before a parenthesis a link (SARIF 3.11).
std::string plain(std::string_view text) {
  const bool may_link = text.find("](") != std::string_view::npos;
  std::string out;
  for (const char c : text) {
    if (c == '{' || c == '}') out += c;
    if (may_link && (c == '[' || c == ']' || c == '\\')) out += '\\';
    out += c;
  }
  return out;
}

void write_text(std::string& out, std::string_view text) { Object(out).text("text", text).end(); }
void write_message(std::string& out, std::string_view text) { write_text(out, plain(text)); }

/// Every rule has an index in the log: that of its first case among first cases.
std::uint64_t rule_index(RuleCase rule_case) {
  const RuleCase first = info_of(rule_case).first;
  std::uint64_t index = 0;
  for (const RuleInfo& info : rule_table()) {
    if (!info.case_name.empty()) continue;
    if (info.first == first) break;
    ++index;
  }
  return index;
}

void write_rule(std::string& out, const RuleInfo& info) {
  Object rule(out);
  rule.text("id", info.id);
  write_text(rule.key("shortDescription"), info.title);
  // Builds without the long texts write the same members, empty.
  const RuleTexts* texts = texts_of(info.first);
  write_text(rule.key("fullDescription"), texts == nullptr ? std::string_view() : texts->condition);
  std::string help(info.help);
  if (texts != nullptr) {
    help.append("\n\nWhy: ").append(texts->why);
    help.append("\n\nWrong: ").append(texts->bad).append("\n\nRight: ").append(texts->good);
  }
  help.append("\n\nSource: ").append(texts == nullptr ? std::string_view() : texts->source);
  write_text(rule.key("help"), help);
  Object(rule.key("defaultConfiguration")).text("level", level_of(info.severity)).end();
  Object properties(rule.key("properties"));
  properties.key("tags").append("[\"").append(info.family).append("\"]");
  properties.end();
  rule.end();
}

void write_region(std::string& out, const Range& range) {
  Object region(out);
  region.number("startLine", range.start.line).number("startColumn", range.start.column);
  region.number("endLine", range.end.line).number("endColumn", range.end.column);
  region.number("byteOffset", range.start.offset).number("byteLength", range.end.offset - range.start.offset);
  region.end();
}

void write_artifact(std::string& out, std::string_view source, std::string_view folder) {
  const std::string uri = uri_of(source, folder);
  Object artifact(out);
  artifact.text("uri", uri);
  if (!uri.starts_with("file:")) artifact.text("uriBaseId", "%SRCROOT%");
  artifact.end();
}

/// The members of a location; its object is the caller's.
void write_place(Object& location, std::string_view source, const std::optional<Range>& range,
                 const std::string* pointer, std::string_view folder) {
  Object physical(location.key("physicalLocation"));
  write_artifact(physical.key("artifactLocation"), source, folder);
  if (range) write_region(physical.key("region"), *range);
  physical.end();
  if (pointer == nullptr || pointer->empty()) return;
  location.key("logicalLocations") += '[';
  std::string& out = location.key_open();
  Object(out).text("fullyQualifiedName", *pointer).text("kind", "value").end();
  out += ']';
}

/// The text that stands instead of the finding's own value, where the fix does no more than replace that.
std::optional<std::string> replacement(const LocatedFinding& finding) {
  if (!finding.fix || !finding.range || !finding.pointer) return std::nullopt;
  json::Reader reader;
  const json::Document* patch = reader.read(finding.fix->patch);
  if (patch == nullptr || !patch->root().is_array() || patch->root().size() != 1) return std::nullopt;
  for (const json::Value operation : patch->root().items()) {
    const json::Value op = operation.find("op");
    const json::Value path = operation.find("path");
    const json::Value value = operation.find("value");
    if (!op || !path || !value || !op.equals("replace") || !path.equals(*finding.pointer)) return std::nullopt;
    const json::Value::Span span = value.span();
    return finding.fix->patch.substr(static_cast<std::size_t>(span.begin),
                                     static_cast<std::size_t>(span.end - span.begin));
  }
  return std::nullopt;
}

void write_fix(std::string& out, std::string_view source, const LocatedFinding& finding, std::string_view text,
               std::string_view folder) {
  Object fix(out);
  write_message(fix.key("description"), visible(finding.fix->title));
  fix.key("artifactChanges") += '[';
  Object change(fix.key_open());
  write_artifact(change.key("artifactLocation"), source, folder);
  change.key("replacements") += '[';
  Object edit(change.key_open());
  write_region(edit.key("deletedRegion"), *finding.range);
  write_text(edit.key("insertedContent"), text);
  edit.end();
  change.key_open() += ']';
  change.end();
  fix.key_open() += ']';
  fix.end();
}

void write_result(std::string& out, std::string_view source, const LocatedFinding& finding, std::string_view folder) {
  Object result(out);
  result.text("ruleId", info_of(finding.rule_case).id).number("ruleIndex", rule_index(finding.rule_case));
  result.text("level", level_of(finding.severity));
  write_message(result.key("message"), told(finding));
  result.key("locations") += '[';
  {
    Object location(result.key_open());
    const std::string* pointer = finding.pointer ? &*finding.pointer : nullptr;
    write_place(location, source, finding.range, pointer, folder);
    location.end();
  }
  result.key_open() += ']';
  if (!finding.related.empty()) {
    std::uint64_t id = 0;
    write_array(result.key("relatedLocations"), finding.related, [&](std::string& to, const LocatedRelated& related) {
      Object location(to);
      location.number("id", ++id);
      write_place(location, related.source, related.range, &related.pointer, folder);
      if (!related.message.empty()) write_message(location.key("message"), visible(related.message));
      location.end();
    });
  }
  Object(result.key("partialFingerprints")).text("bearproof/v1", fingerprint(source, finding, folder)).end();
  if (const auto text = replacement(finding)) {
    result.key("fixes") += '[';
    write_fix(result.key_open(), source, finding, *text, folder);
    result.key_open() += ']';
  }
  Object properties(result.key("properties"));
  properties.text("severity", name_of(finding.severity));
  if (finding.fix) properties.key("patch") += finding.fix->patch;
  properties.end();
  result.end();
}

}  // namespace

std::string sarif_opening() {
  std::string out;
  out.append("{\"$schema\":\"").append(schema_uri).append("\",\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":");
  Object driver(out);
  driver.text("name", "Bearproof").text("version", version()).text("semanticVersion", version());
  std::vector<RuleInfo> rules;
  for (const RuleInfo& info : rule_table()) {
    if (info.case_name.empty()) rules.push_back(info);
  }
  write_array(driver.key("rules"), rules, write_rule);
  driver.end();
  out += "},\"columnKind\":\"unicodeCodePoints\",\"results\":[";
  return out;
}

std::string sarif_results(const DocumentReport& document, std::string_view folder) {
  std::string out;
  for (const LocatedFinding& finding : document.findings) {
    if (!out.empty()) out += ',';
    write_result(out, document.source, finding, folder);
  }
  return out;
}

std::string sarif_results(const std::vector<LocatedFinding>& collection, std::string_view folder) {
  std::string out;
  for (const LocatedFinding& finding : collection) {
    if (!out.empty()) out += ',';
    write_result(out, finding.source, finding, folder);
  }
  return out;
}

std::string sarif_closing(const Summary& summary) {
  std::string out = "],\"properties\":";
  Object properties(out);
  properties.number("documents", summary.documents);
  for (std::size_t i = 0; i < verdict_count; ++i) {
    properties.number(name_of(static_cast<Verdict>(i)), summary.verdicts[i]);
  }
  properties.end();
  return out + "}]}\n";
}

}  // namespace bearproof::report
