// Findings between documents: the places that they name are looked up in texts read once more, document by document.
#include <string>
#include <utility>
#include <vector>

#include "bearproof/finding/stable_sort.h"
#include "bearproof/json/pointer.h"
#include "bearproof/json/reader.h"
#include "bearproof/report/quoter.h"
#include "bearproof/report/report.h"

namespace bearproof::report {
namespace {

using collection::DocumentIndex;

/// A place to be located, and where the answer goes.
struct Wanted {
  const collection::Spot* spot;
  std::string* pointer;
  std::optional<Range>* range;
};

/// The node that a pointer names, or the nearest above it that is there.
json::Value nearest(const json::Document& document, std::string& pointer) {
  for (;;) {
    if (const auto value = json::resolve(document, pointer)) return *value;
    const std::size_t slash = pointer.rfind('/');
    if (slash == std::string::npos) return document.root();
    pointer.resize(slash);
  }
}

/// @param wanted  places of one document
void locate(const collection::Index& index, const std::vector<Wanted>& wanted, const std::string& text,
            json::Reader& reader) {
  const collection::Record& record = index[wanted.front().spot->document];
  const json::Document* document = reader.read(text);
  if (document == nullptr) return;
  std::vector<std::pair<std::uint64_t, json::Position*>> offsets;
  for (const Wanted& place : wanted) {
    const json::Value::Span span = nearest(*document, *place.pointer).span();
    Range& range = place.range->emplace();
    offsets.emplace_back(span.begin, &range.start);
    offsets.emplace_back(span.end, &range.end);
  }
  stable_sort(offsets, [](const auto& a, const auto& b) { return a.first < b.first; });
  json::Locator locator(text, {record.offset, record.line, 1, record.utf16});
  for (const auto& [offset, position] : offsets) *position = locator.at(offset);
}

std::uint64_t start_of(const LocatedFinding& finding) { return finding.range ? finding.range->start.offset : 0; }

}  // namespace

std::vector<LocatedFinding> build(const collection::Index& index, collection::Linked&& linked,
                                  const Severity* severities, collection::Texts& texts) {
  std::vector<std::pair<DocumentIndex, LocatedFinding>> rows(linked.found.size());
  std::vector<Wanted> wanted;
  const Quoter quoter;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const collection::Found& found = linked.found[i];
    const RuleInfo& info = info_of(found.rule_case);
    LocatedFinding& out = rows[i].second;
    rows[i].first = found.at.document;
    out.rule_case = found.rule_case;
    out.severity = severities[static_cast<std::size_t>(found.rule_case)];
    out.source = index.text(index[found.at.document].source);
    out.pointer = found.at.pointer;
    out.message = found.message.empty() ? std::string(info.message) : quoter.text(found.message);
    out.help = info.help;
    out.related.resize(found.related.size());
    wanted.push_back({&found.at, &*out.pointer, &out.range});
    for (std::size_t j = 0; j < found.related.size(); ++j) {
      const collection::Found::Other& other = found.related[j];
      LocatedRelated& related = out.related[j];
      related.source = index.text(index[other.at.document].source);
      related.pointer = other.at.pointer;
      related.message = quoter.text(other.message);
      wanted.push_back({&other.at, &related.pointer, &related.range});
    }
  }
  stable_sort(wanted, [](const Wanted& a, const Wanted& b) { return a.spot->document < b.spot->document; });
  json::Reader reader;
  std::string text;
  std::vector<Wanted> of_one;
  for (std::size_t i = 0; i < wanted.size();) {
    const DocumentIndex document = wanted[i].spot->document;
    of_one.clear();
    for (; i < wanted.size() && wanted[i].spot->document == document; ++i) of_one.push_back(wanted[i]);
    if (texts.read(index, document, text)) locate(index, of_one, text, reader);
  }
  stable_sort(rows, [](const auto& a, const auto& b) {
    if (a.first != b.first) return a.first < b.first;
    if (start_of(a.second) != start_of(b.second)) return start_of(a.second) < start_of(b.second);
    const int ids = info_of(a.second.rule_case).id.compare(info_of(b.second.rule_case).id);
    return ids != 0 ? ids < 0 : a.second.message < b.second.message;
  });
  std::vector<LocatedFinding> out;
  out.reserve(rows.size() + 1);
  for (auto& row : rows) out.push_back(std::move(row.second));
  if (linked.dropped != 0) {
    LocatedFinding& rest = out.emplace_back(finding_of(Rule::limit_findings));
    rest.severity = severities[static_cast<std::size_t>(Rule::limit_findings)];
    rest.message = std::to_string(linked.dropped) + " more findings between documents are not listed";
  }
  return out;
}

}  // namespace bearproof::report
