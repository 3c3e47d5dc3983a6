#include <array>
#include <utility>

#include "bearproof/schema/instant.h"
#include "bearproof/validator/validator.h"

#include "pipeline.h"

namespace bearproof {

struct Collection::Impl {
  std::array<Severity, rule_case_count> severities;
  collection::LinkOptions options;
  collection::Index index;
  collection::Entry facts;  ///< of the document at hand: its memory serves the next one
};

Collection::Collection(const CheckOptions& options) : impl_(std::make_unique<Impl>()) {
  effective_severities(options, impl_->severities);
  impl_->options.severities = impl_->severities.data();
  impl_->options.level = options.level;
  impl_->options.limit = options.limits.findings;
  impl_->options.ttl_minutes = options.ttl_minutes;
  if (const auto now = schema::Instant::parse(options.now)) {
    impl_->options.now = schema::Instant::nanoseconds_between({}, *now);
  }
}
Collection::~Collection() = default;
Collection::Collection(Collection&&) noexcept = default;
Collection& Collection::operator=(Collection&&) noexcept = default;

void Collection::add(const Checked& checked) {
  if (checked.document == nullptr) return;
  impl_->facts.read(*checked.document, checked.dialect);
  impl_->index.add(impl_->facts, checked.source, checked.origin, checked.line.has_value());
}

void Collection::add(const collection::Entry& facts, std::string_view source, const json::Position& origin,
                     bool is_line) {
  impl_->index.add(facts, source, origin, is_line);
}

const collection::Index& Collection::index() const { return impl_->index; }

std::vector<report::LocatedFinding> Collection::link(collection::Texts& texts) {
  return report::build(impl_->index, collection::link(impl_->index, impl_->options, texts), impl_->severities.data(),
                       texts);
}

}  // namespace bearproof
