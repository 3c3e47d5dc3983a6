#include "bearproof/audit/store.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "bearproof/catalogue/rules.h"
#include "bearproof/text/ascii.h"

namespace bearproof::audit {
namespace {

constexpr std::string_view digest_start = "sha256:";
constexpr std::size_t digest_digits = 64;
constexpr std::size_t most_size_digits = 18;

bool is_digest(std::string_view text) {
  if (!text.starts_with(digest_start)) return false;
  text.remove_prefix(digest_start.size());
  return text.size() == digest_digits &&
         std::all_of(text.begin(), text.end(), [](char c) { return text::is_digit(c) || (c >= 'a' && c <= 'f'); });
}

}  // namespace

std::optional<StoreState> StoreState::parse(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view digits = text.substr(colon + 1);
  if (digits.empty() || digits.size() > most_size_digits || !is_digest(text.substr(0, colon))) return std::nullopt;
  StoreState state{std::string(text.substr(0, colon)), 0};
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), state.size);
  if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return std::nullopt;
  return state;
}

std::string StoreState::text() const { return digest + ":" + std::to_string(size); }

void StoreVerification::FaultyLines::add(const report::DocumentReport& line) {
  if (count++ == 0) first = line.line.value_or(0);
}

std::string StoreVerification::FaultyLines::text(std::string_view what) const {
  const std::string line = "line " + std::to_string(first) + " is " + std::string(what);
  if (count == 1) return line;
  return line + (count == 2 ? ", and so is 1 more" : ", and so are " + std::to_string(count - 1) + " more");
}

StoreVerification::StoreVerification(Validator& validator, std::string source, StoreOptions options, Take take)
    : source_(std::move(source)),
      options_(std::move(options)),
      take_(std::move(take)),
      together_(validator.options()),
      lines_(validator, source_, Validator::Lines::Which::with_findings, [this](Checked& line) { this->take(line); }) {
  lines_.collect(together_);
}

void StoreVerification::take(Checked& checked) {
  report::DocumentReport line = checked.report();
  summary_.count(line);
  if (!has(line.dialect, Trait::event)) {
    no_events_.add(line);
  } else if (line.verdict != report::Verdict::valid) {
    invalid_events_.add(line);
  }
  take_(checked, std::move(line));
}

void StoreVerification::push(std::string_view bytes) {
  lines_.push(bytes);
  digest_.update(bytes);
  if (options_.previous && size_ < options_.previous->size) {
    const std::uint64_t left = options_.previous->size - size_;
    digest_before_.update(bytes.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), left))));
  }
  size_ += bytes.size();
}

std::string StoreVerification::change() {
  const std::optional<StoreState>& previous = options_.previous;
  if (!previous) return {};
  if (size_ < previous->size) return "the store is shorter than it was";
  if (json::sha256_text(digest_before_.finish()) == previous->digest) return {};
  return "the first " + std::to_string(previous->size) + " bytes have changed";
}

void StoreVerification::add(std::vector<report::LocatedFinding>& findings, RuleCase rule, std::string message) const {
  report::LocatedFinding& finding = findings.emplace_back(report::finding_of(rule));
  finding.source = source_;
  if (!message.empty()) finding.message = std::move(message);
}

StoreVerification::Result StoreVerification::finish(collection::Texts& texts) {
  lines_.finish();
  Result result{summary_, together_.link(texts)};
  result.summary.add(lines_.passed_over());
  std::vector<report::LocatedFinding>& findings = result.findings;
  if (no_events_.count != 0) add(findings, Rule::store_line_invalid, no_events_.text("no event"));
  if (invalid_events_.count != 0) {
    add(findings, Rule::store_event_invalid, invalid_events_.text("an invalid event"));
  }
  if (result.summary.documents == 0) {
    add(findings, options_.refuses_empty ? Rule::store_empty_refused : Rule::store_empty, "");
  }
  if (const std::string message = change(); !message.empty()) add(findings, Rule::store_append_only, message);
  const StoreState now{json::sha256_text(digest_.finish()), size_};
  const std::uint64_t events = result.summary.documents - no_events_.count;
  add(findings, Rule::store_digest, now.text() + ", " + std::to_string(events) + (events == 1 ? " event" : " events"));
  result.summary.count(findings);
  return result;
}

}  // namespace bearproof::audit
