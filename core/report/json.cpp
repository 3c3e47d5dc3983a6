// The canonical report. Keys stand in the order of docs/report.md; absent values are left out, never null.
#include <string>

#include "bearproof/report/json_writer.h"
#include "bearproof/report/pretty.h"
#include "bearproof/report/report.h"

namespace bearproof::report {
namespace {

void write_position(std::string& out, const json::Position& position) {
  Object(out)
      .number("offset", position.offset)
      .number("line", position.line)
      .number("column", position.column)
      .number("utf16", position.utf16)
      .end();
}

void write_range(std::string& out, const Range& range) {
  Object object(out);
  write_position(object.key("start"), range.start);
  write_position(object.key("end"), range.end);
  object.end();
}

void write_related(std::string& out, const LocatedRelated& related) {
  Object object(out);
  object.text("source", related.source);
  object.text("pointer", related.pointer);
  if (related.range) write_range(object.key("range"), *related.range);
  object.text("message", related.message);
  object.end();
}

void write_fix(std::string& out, const LocatedFix& fix) {
  Object object(out);
  object.text("safety", fix.safety == Fix::Safety::safe ? "safe" : "unsafe");
  object.text("title", fix.title);
  object.key("patch") += fix.patch;
  object.end();
}

void write_finding(std::string& out, const LocatedFinding& finding) {
  Object object(out);
  object.text("rule", info_of(finding.rule_case).id);
  object.text("severity", name_of(finding.severity));
  if (!finding.source.empty()) object.text("source", finding.source);
  if (finding.pointer) object.text("pointer", *finding.pointer);
  if (finding.range) write_range(object.key("range"), *finding.range);
  object.text("message", finding.message);
  if (!finding.help.empty()) object.text("help", finding.help);
  if (finding.schema) {
    Object schema(object.key("schema"));
    schema.text("uri", finding.schema->uri).text("pointer", finding.schema->pointer).end();
  }
  if (!finding.related.empty()) write_array(object.key("related"), finding.related, write_related);
  if (finding.fix) write_fix(object.key("fix"), *finding.fix);
  object.end();
}

void write_document(std::string& out, const DocumentReport& document) {
  Object object(out);
  object.text("source", document.source);
  if (document.line) object.number("line", *document.line);
  if (document.dialect != Dialect::none) {
    object.text("kind", info_of(document.dialect).kind);
    object.text("dialect", info_of(document.dialect).dialect);
  }
  object.text("verdict", name_of(document.verdict));
  write_array(object.key("findings"), document.findings, write_finding);
  if (document.digest) object.text("digest", *document.digest);
  object.end();
}

void write_summary(std::string& out, const Summary& summary) {
  const auto verdicts = [&](Verdict verdict) { return summary.verdicts[static_cast<std::size_t>(verdict)]; };
  const auto severities = [&](Severity severity) { return summary.severities[static_cast<std::size_t>(severity)]; };
  Object(out)
      .number("documents", summary.documents)
      .number("valid", verdicts(Verdict::valid))
      .number("invalid", verdicts(Verdict::invalid))
      .number("unrecognised", verdicts(Verdict::unrecognised))
      .number("unreadable", verdicts(Verdict::unreadable))
      .number("errors", severities(Severity::error))
      .number("warnings", severities(Severity::warning))
      .number("notices", severities(Severity::notice))
      .number("infos", severities(Severity::info))
      .end();
}

void write_collection(std::string& out, const std::vector<LocatedFinding>& findings) {
  Object object(out);
  write_array(object.key("findings"), findings, write_finding);
  object.end();
}

}  // namespace

std::string json_opening(const ReportOptions& options) {
  std::string out;
  Object object(out);
  object.text("bearproof", version());
  object.text("ruleset", options.ruleset);
  Object inner(object.key("options"));
  inner.text("mode", name_of(options.mode));
  inner.text("level", name_of(options.level));
  if (!options.now.empty()) inner.text("now", options.now);
  if (options.ttl_minutes != 0) inner.number("ttlMinutes", options.ttl_minutes);
  inner.end();
  object.key("documents") += '[';
  return out;
}

std::string json_closing(const std::optional<std::vector<LocatedFinding>>& collection, const Summary& summary) {
  std::string out = "]";
  if (collection) {
    out += ",\"collection\":";
    write_collection(out, *collection);
  }
  out += ",\"summary\":";
  write_summary(out, summary);
  out += '}';
  return out;
}

std::string to_json(const DocumentReport& document) {
  std::string out;
  write_document(out, document);
  return out;
}

std::string to_json(const Report& report, bool pretty) {
  std::string out = json_opening(report.options);
  bool first = true;
  for (const DocumentReport& document : report.documents) {
    if (!first) out += ',';
    first = false;
    write_document(out, document);
  }
  out += json_closing(report.collection, report.summary);
  if (!pretty) return out;
  std::string lines;
  Pretty().append(lines, out);
  lines += '\n';
  return lines;
}

std::string closing_line(const std::optional<std::vector<LocatedFinding>>& collection, const Summary& summary) {
  std::string out;
  Object object(out);
  if (collection) write_collection(object.key("collection"), *collection);
  write_summary(object.key("summary"), summary);
  object.end();
  return out;
}

}  // namespace bearproof::report
