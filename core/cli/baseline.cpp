#include "baseline.h"

#include <charconv>

#include "bearproof/json/canonical.h"
#include "bearproof/json/reader.h"
#include "bearproof/report/address.h"

namespace bearproof::cli {
namespace {

/// A member's text; false where it is there and no string.
bool text_of(json::Value object, std::string_view name, std::string& out) {
  const json::Value value = object.find(name);
  if (!value) return true;
  if (!value.is_string()) return false;
  std::string scratch;
  out = value.string(scratch);
  return true;
}

void add_member(std::string& out, std::string_view name, std::string_view value) {
  out.append("\"").append(name).append("\": ");
  json::append_string(out, value);
}

}  // namespace

std::expected<void, std::string> Baseline::read(std::string_view text) {
  json::Reader reader;
  const json::Document* document = reader.read(text);
  if (document == nullptr) return std::unexpected(reader.fault().message);
  const json::Value version = document->root().find("baseline");
  const json::Value findings = document->root().find("findings");
  if (!version || !version.is_number() || version.raw() != "1" || !findings || !findings.is_array()) {
    return std::unexpected("not a baseline: expected {\"baseline\": 1, \"findings\": […]}");
  }
  for (const json::Value item : findings.items()) {
    Key key;
    bool is_sound = text_of(item, "rule", key.rule) && text_of(item, "source", key.source) &&
                    text_of(item, "pointer", key.pointer) && !key.rule.empty();
    if (const json::Value line = item.find("line")) {
      is_sound = is_sound && line.is_number();
      const std::string_view digits = line.is_number() ? line.raw() : std::string_view();
      const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), key.line);
      is_sound = is_sound && read.ec == std::errc() && read.ptr == digits.data() + digits.size();
    }
    if (!is_sound) return std::unexpected("not a baseline: a finding needs rule and source");
    known_.insert(std::move(key));
  }
  return {};
}

report::Summary Baseline::settle(std::vector<report::LocatedFinding>& findings, std::string_view source,
                                 std::uint64_t line, Baseline& found) const {
  report::Summary taken;
  std::erase_if(findings, [&](const report::LocatedFinding& finding) {
    Key key;
    key.source = report::relative_path(finding.source.empty() ? source : finding.source, folder_);
    key.line = line;
    key.pointer = finding.pointer.value_or("");
    key.rule = info_of(finding.rule_case).id;
    if (!is_new_ && !known_.contains(key)) return false;
    if (is_new_) found.known_.insert(std::move(key));
    ++taken.severities[static_cast<std::size_t>(finding.severity)];
    return true;
  });
  return taken;
}

report::Summary Baseline::settle(report::DocumentReport& document, Baseline& found) const {
  return settle(document.findings, document.source, document.line.value_or(0), found);
}

void Baseline::settle(std::vector<report::LocatedFinding>& collection, Baseline& found) const {
  settle(collection, "", 0, found);
}

std::string Baseline::text() const {
  std::string out = "{\n  \"baseline\": 1,\n  \"findings\": [";
  bool first = true;
  for (const Key& key : known_) {
    out += first ? "\n    { " : ",\n    { ";
    first = false;
    add_member(out, "rule", key.rule);
    out += ", ";
    add_member(out, "source", key.source);
    if (key.line != 0) out.append(", \"line\": ").append(std::to_string(key.line));
    out += ", ";
    add_member(out, "pointer", key.pointer);
    out += " }";
  }
  return out + (first ? "]\n}\n" : "\n  ]\n}\n");
}

}  // namespace bearproof::cli
