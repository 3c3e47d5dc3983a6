#include "bearproof/validator/validator.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "bearproof/json/canonical.h"
#include "bearproof/json/quotation.h"
#include "bearproof/rules/rules.h"

#include "pipeline.h"

namespace bearproof {
namespace {

constexpr std::uint64_t bom_size = 3;

void raise_duplicates(const json::Document& document, FindingSink& sink) {
  if (!sink.explaining()) {
    sink.raise(Rule::parse_key_duplicate, Place::value(0));
    return;
  }
  for (const json::DuplicateKey& twice : json::duplicate_keys(document)) {
    Finding* finding = sink.raise(Rule::parse_key_duplicate, Place::key(twice.again));
    if (finding == nullptr) continue;
    finding->message << quote(json::Value(&document, twice.again)) << " occurs twice in one object";
    finding->related.push_back({0, Place::key(twice.first), "first given here"});
  }
}

bool is_shape(const Finding& finding) { return finding.rule_case == Rule::schema_shape; }

}  // namespace

Validator::Impl::Impl(CheckOptions given, std::unique_ptr<SchemaEngine> engine_given)
    : options(std::move(given)), reader(options.limits), evaluator(options.limits), engine(std::move(engine_given)) {
  effective_severities(options, severities);
  if (!options.now.empty()) now = schema::Instant::parse(options.now);
}

bool Validator::Impl::evaluate(Dialect dialect, json::Value root, FindingSink& sink) {
  if (engine) return engine->evaluate(dialect, root, sink);
  return evaluator.evaluate(*contract::program_of(dialect), root, sink);
}

Dialect Validator::Impl::try_legacy_event(json::Value root, FindingSink& sink) {
  std::vector<Finding>& strict = sink.findings();
  FindingSink legacy = explaining();
  evaluate(Dialect::event_legacy, root, legacy);
  if (std::none_of(strict.begin(), strict.end(), is_shape) || legacy.dropped() != 0 ||
      std::any_of(legacy.findings().begin(), legacy.findings().end(), is_shape)) {
    return Dialect::event;
  }
  if (!sink.wants(Rule::event_legacy_only)) std::erase_if(strict, is_shape);
  for (Finding& finding : strict) {
    if (!is_shape(finding)) continue;
    finding.rule_case = Rule::event_legacy_only;
    finding.message = Message::of("only the legacy schema allows this: ", finding.message);
    finding.help.clear();
    finding.fix.reset();
  }
  return Dialect::event_legacy;
}

Validator::Impl::Look Validator::Impl::look(const json::Document& document, bool is_record, FindingSink& sink) {
  if (document.has_bom) sink.raise(Rule::parse_encoding_bom, Place::bytes(0, bom_size));
  if (document.has_duplicates) raise_duplicates(document, sink);
  const json::Value root = document.root();
  Look found;
  if (options.schema != nullptr) {
    found.checked = true;
    if (!sink.done()) evaluator.evaluate(*options.schema, root, sink);
    return found;
  }
  found.dialect = contract::recognise(root, sink);
  const schema::Program* program = found.dialect == Dialect::none ? nullptr : contract::program_of(found.dialect, sink);
  found.checked = program != nullptr;
  rules::Context context = {root, found.dialect, now, options.ttl_minutes, is_record};
  if (root.is_object()) rules::run_on_any(context, sink);
  if (sink.done()) return found;
  if (program != nullptr) {
    if (!evaluate(found.dialect, root, sink) && found.dialect == Dialect::event && sink.explaining()) {
      found.dialect = try_legacy_event(root, sink);
    }
    if (sink.done()) return found;
  }
  context.dialect = found.dialect;
  if (root.is_object()) rules::run_of_dialect(context, sink);
  return found;
}

report::DocumentReport Validator::Impl::explain(report::Subject subject) {
  FindingSink sink = explaining();
  const Look found = look(*subject.document, subject.line.has_value(), sink);
  subject.dialect = found.dialect;
  subject.checked = found.checked;
  report::DocumentReport out = report::build(subject, sink);
  finish(out, subject.text);
  return out;
}

report::DocumentReport Validator::Impl::explain(report::Subject subject, const json::TextFault& fault) {
  FindingSink sink = explaining();
  if (Finding* finding = sink.raise(fault.rule, Place::bytes(fault.begin, fault.end)))
    finding->message << words(fault.message);
  subject.document = nullptr;
  report::DocumentReport out = report::build(subject, sink);
  // Of a text beyond these limits only the beginning may be at hand.
  const bool is_whole = fault.rule != Rule::limit_document && fault.rule != Rule::limit_line;
  if (is_whole) finish(out, subject.text);
  return out;
}

report::DocumentReport Validator::Impl::clean(const report::Subject& subject, const Look& look) {
  report::DocumentReport out;
  out.source = subject.source;
  out.line = subject.line;
  out.dialect = look.dialect;
  out.verdict = report::verdict_of(true, false, look.checked);
  return out;
}

void Validator::Impl::finish(report::DocumentReport& report, std::string_view text) const {
  if (options.digest) report.digest = json::sha256_text(text);
}

Validator::Validator(CheckOptions options, std::unique_ptr<SchemaEngine> engine)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(engine))) {}
Validator::~Validator() = default;
Validator::Validator(Validator&&) noexcept = default;
Validator& Validator::operator=(Validator&&) noexcept = default;

const CheckOptions& Validator::options() const { return impl_->options; }

report::DocumentReport Checked::report() {
  if (report_ != nullptr) return std::move(*std::exchange(report_, nullptr));
  report::Subject subject;
  subject.source = source;
  subject.line = line;
  subject.text = text;
  subject.origin = origin;
  subject.document = document;
  subject.dialect = dialect;
  subject.checked = has_schema_;
  Validator::Impl& impl = *validator_->impl_;
  if (fault_ != nullptr) return impl.explain(subject, *fault_);
  if (has_findings) return impl.explain(subject);
  report::DocumentReport out = Validator::Impl::clean(subject, {dialect, has_schema_});
  impl.finish(out, text);
  return out;
}

Checked Validator::look(std::string_view source, std::string_view text, const json::Document* document,
                        const json::TextFault* fault, bool is_record) {
  Checked out;
  out.source = source;
  out.text = text;
  out.document = document;
  out.validator_ = this;
  if (document == nullptr) {
    out.fault_ = fault;
    out.has_findings = true;
    return out;
  }
  FindingSink sink = impl_->deciding();
  const Impl::Look found = impl_->look(*document, is_record, sink);
  out.dialect = found.dialect;
  out.has_schema_ = found.checked;
  out.has_findings = sink.hit();
  return out;
}

Checked Validator::read(std::string_view source, std::string_view text) {
  const json::Document* document = impl_->reader.read(text);
  return look(source, text, document, document == nullptr ? &impl_->reader.fault() : nullptr, false);
}

void Validator::check(std::string_view source, std::string_view text, const Take& take) {
  Checked checked = read(source, text);
  take(checked);
}

report::DocumentReport Validator::check(std::string_view source, std::string_view text) {
  return read(source, text).report();
}

report::Report Validator::report() const {
  report::Report out;
  out.options = report_options(impl_->options, contract::ruleset());
  return out;
}

}  // namespace bearproof
