// A document with findings raised by hand, for the tests of report/.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "bearproof/json/pointer.h"
#include "bearproof/json/reader.h"
#include "bearproof/report/report.h"

namespace bearproof::test {

class TestSubject {
 public:
  explicit TestSubject(std::string text, Mode mode = Mode::standard) : text_(std::move(text)) {
    severities_.resize(rule_case_count);
    effective_severities(mode, severities_);
    document_ = reader_.read(text_);
    restart(Severity::info, 1000);
  }

  /// A new sink, with nothing raised.
  void restart(Severity level, std::uint64_t limit) { sink_.emplace(severities_.data(), level, true, limit); }

  const json::Document& document() const { return *document_; }
  bool readable() const { return document_ != nullptr; }
  const json::TextFault& fault() const { return reader_.fault(); }
  FindingSink& sink() { return *sink_; }
  void set_severity(RuleCase rule, Severity severity) { severities_[static_cast<std::size_t>(rule)] = severity; }

  NodeIndex node(std::string_view pointer) const {
    const auto value = json::resolve(*document_, pointer);
    EXPECT_TRUE(value) << pointer;
    return value ? value->index() : 0;
  }

  /// Raises a finding about the value at a pointer.
  Finding* raise(RuleCase rule, std::string_view pointer, Message message = {}) {
    return raise_at(rule, Place::value(node(pointer)), std::move(message));
  }
  Finding* raise_at(RuleCase rule, Place place, Message message = {}) {
    Finding* finding = sink_->raise(rule, place);
    if (finding != nullptr) finding->message = std::move(message);
    return finding;
  }

  report::DocumentReport build() {
    report::Subject subject;
    subject.source = source;
    subject.line = line;
    subject.text = text_;
    subject.origin = origin;
    subject.document = document_;
    subject.dialect = dialect;
    return report::build(subject, *sink_);
  }

  const std::string& text() const { return text_; }

  std::string source = "receipt.json";
  std::optional<std::uint64_t> line;
  json::Position origin;
  Dialect dialect = Dialect::browser_receipt_seed;

 private:
  std::string text_;
  std::vector<Severity> severities_;
  json::Reader reader_;
  const json::Document* document_ = nullptr;
  std::optional<FindingSink> sink_;
};

}  // namespace bearproof::test
