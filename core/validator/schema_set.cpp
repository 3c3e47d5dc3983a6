#include "bearproof/validator/schema_set.h"

#include <array>
#include <deque>
#include <utility>

#include "bearproof/catalogue/rules.h"
#include "bearproof/json/reader.h"

#include "pipeline.h"

namespace bearproof {

struct SchemaSet::Impl {
  explicit Impl(const CheckOptions& given) : options(given), registry(given.limits) {
    effective_severities(options, severities);
  }

  struct Text {
    std::string uri;
    std::string source;
    std::string text;
  };

  CheckOptions options;
  std::array<Severity, rule_case_count> severities{};
  schema::Registry registry;
  std::deque<Text> texts;  ///< stay where they are
  std::vector<schema::SchemaFault> faults;

  // One broken place is told once, by whoever saw it first.
  void keep(std::vector<schema::SchemaFault> found) {
    for (schema::SchemaFault& fault : found) {
      bool known = false;
      for (const schema::SchemaFault& other : faults) {
        known = known || (other.rule == fault.rule && other.uri == fault.uri && other.place == fault.place);
      }
      if (!known) faults.push_back(std::move(fault));
    }
  }

  Found report_of(const Text& text, std::string_view uri) const {
    FindingSink sink(severities.data(), options.level, true, options.limits.findings);
    for (const schema::SchemaFault& fault : faults) {
      if (fault.uri != uri) continue;
      Finding* finding = sink.raise(fault.rule, fault.place);
      if (finding == nullptr) continue;
      finding->message = fault.message;
    }
    json::Reader reader(options.limits);
    report::Subject subject;
    subject.source = text.source;
    subject.text = text.text;
    subject.document = reader.read(text.text);
    return {report::build(subject, sink), {text.text, 0}};
  }
};

SchemaSet::SchemaSet(const CheckOptions& options) : impl_(std::make_unique<Impl>(options)) {}
SchemaSet::~SchemaSet() = default;
SchemaSet::SchemaSet(SchemaSet&&) noexcept = default;
SchemaSet& SchemaSet::operator=(SchemaSet&&) noexcept = default;

void SchemaSet::add(std::string_view uri, std::string_view source, std::string_view text) {
  const std::string_view name = uri.substr(0, uri.find('#'));
  for (const Impl::Text& known : impl_->texts) {
    if (known.uri == name && known.text == text) return;
  }
  impl_->texts.push_back({std::string(name), std::string(source), std::string(text)});
  impl_->keep(impl_->registry.add(name, text));
}

bool SchemaSet::contains(std::string_view uri) const { return impl_->registry.contains(uri); }

std::optional<schema::Program> SchemaSet::compile(std::string_view uri, const schema::CompileOptions& options) {
  auto compiled = schema::compile(impl_->registry, uri, options);
  if (!compiled) {
    impl_->keep(std::move(compiled.error()));
    return std::nullopt;
  }
  impl_->keep(compiled->warnings());
  return std::move(*compiled);
}

void SchemaSet::lint(std::string_view uri) { impl_->keep(schema::lint(impl_->registry, uri)); }

std::vector<SchemaSet::Found> SchemaSet::reports(bool every) const {
  std::vector<Found> out;
  std::vector<std::string_view> uris;
  for (const Impl::Text& text : impl_->texts) {
    uris.push_back(text.uri);
    Found found = impl_->report_of(text, text.uri);
    if (every || !found.report.findings.empty()) out.push_back(std::move(found));
  }
  // What was asked for and is not there.
  for (const schema::SchemaFault& fault : impl_->faults) {
    bool known = false;
    for (const std::string_view uri : uris) known = known || uri == fault.uri;
    if (known) continue;
    uris.push_back(fault.uri);
    Found& found = out.emplace_back(impl_->report_of({fault.uri, fault.uri, "null"}, fault.uri));
    found.text = {};
  }
  return out;
}

}  // namespace bearproof
