#include "statistics.h"

#include <algorithm>
#include <cstdio>

namespace bearproof::cli {
namespace {

std::string decimal(double value, int digits) {
  char text[64];
  const int length = std::snprintf(text, sizeof text, "%.*f", digits, value);
  return {text, static_cast<std::size_t>(length)};
}

}  // namespace

void Statistics::count(const report::DocumentReport& document) { count(document.findings); }

void Statistics::count(const std::vector<report::LocatedFinding>& findings) {
  if (findings.empty()) return;
  counts_.resize(rule_case_count);
  for (const auto& finding : findings) ++counts_[static_cast<std::size_t>(finding.rule_case)];
}

void Statistics::add(const Statistics& other) {
  bytes_ += other.bytes_;
  if (other.counts_.empty()) return;
  counts_.resize(rule_case_count);
  for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
}

std::string Statistics::text(const report::Summary& summary, std::chrono::nanoseconds elapsed) const {
  struct Row {
    std::uint64_t count;
    std::string_view id;
    std::string_view title;
  };
  std::vector<Row> rows;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    if (counts_[i] == 0) continue;
    const RuleInfo& rule = rule_table()[i];
    const auto same = std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.id == rule.id; });
    if (same != rows.end()) {
      same->count += counts_[i];
    } else {
      rows.push_back({counts_[i], rule.id, rule.title});
    }
  }
  std::sort(rows.begin(), rows.end(),
            [](const Row& a, const Row& b) { return a.count != b.count ? a.count > b.count : a.id < b.id; });
  std::size_t id_width = 0;
  for (const Row& row : rows) id_width = std::max(id_width, row.id.size());
  std::string out;
  for (const Row& row : rows) {
    std::string count = std::to_string(row.count);
    if (count.size() < 8) count.insert(0, 8 - count.size(), ' ');
    std::string id(row.id);
    id.resize(id_width, ' ');
    out.append(count).append("  ").append(id).append("  ").append(row.title).append("\n");
  }
  const double seconds = std::max(1e-9, std::chrono::duration<double>(elapsed).count());
  const double megabytes = static_cast<double>(bytes_) / 1e6;
  out += std::to_string(summary.documents) + (summary.documents == 1 ? " document, " : " documents, ") +
         decimal(megabytes, 1) + " MB in " + decimal(1e3 * seconds, 1) +
         " ms: " + decimal(static_cast<double>(summary.documents) / seconds, 0) + " documents/s, " +
         decimal(megabytes / seconds, 0) + " MB/s\n";
  return out;
}

}  // namespace bearproof::cli
