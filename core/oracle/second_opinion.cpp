#include "bearproof/oracle/second_opinion.h"

#include <exception>
#include <memory>
#include <stdexcept>
#include <utility>

#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "bearproof/json/pointer.h"
#include "bearproof/json/reader.h"
#include "bearproof/regex/regex.h"

#include "valijson_adapter.h"

namespace bearproof::oracle {
namespace {

/// What valijson asks of a regular expression engine, answered by ours.
class RegexEngine {
 public:
  explicit RegexEngine(const std::string& pattern) : pattern_(compile(pattern)) {}
  static bool search(const std::string& text, const RegexEngine& engine) {
    regex::Scratch scratch;
    std::uint64_t budget = ~std::uint64_t{0};
    return engine.pattern_->search(text, scratch, budget) == regex::Outcome::match;
  }

 private:
  static std::shared_ptr<const regex::Pattern> compile(const std::string& pattern) {
    auto compiled = regex::Pattern::compile(pattern, {});
    if (!compiled) throw std::runtime_error("pattern: " + compiled.error().message);
    return std::make_shared<const regex::Pattern>(std::move(*compiled));
  }
  std::shared_ptr<const regex::Pattern> pattern_;
};

/// valijson's context, `<root>`, `["name"]`, `[0]`, as a JSON Pointer.
std::string pointer_from(const std::vector<std::string>& context) {
  std::string pointer;
  for (std::string_view step : context) {
    if (step.starts_with("[\"") && step.ends_with("\"]")) {
      json::append_token(pointer, step.substr(2, step.size() - 4));
    } else if (step.starts_with("[") && step.ends_with("]")) {
      json::append_token(pointer, step.substr(1, step.size() - 2));
    }
  }
  return pointer;
}

}  // namespace

json::Value empty_object() {
  static json::Reader reader;
  static const json::Document document = *reader.read("{}");
  return document.root();
}

struct SecondOpinion::Impl {
  std::string text;  // draft 7; the schema's constants point into it
  json::Reader reader;
  json::Document document;
  valijson::Schema schema;
  valijson::ValidatorT<RegexEngine> validator;
};

SecondOpinion::SecondOpinion() : impl_(std::make_unique<Impl>()) {}
SecondOpinion::~SecondOpinion() = default;
SecondOpinion::SecondOpinion(SecondOpinion&&) noexcept = default;
SecondOpinion& SecondOpinion::operator=(SecondOpinion&&) noexcept = default;

std::expected<SecondOpinion, std::string> SecondOpinion::compile(std::string_view schema_text) {
  json::Reader reader;
  const json::Document* given = reader.read(schema_text);
  if (given == nullptr) return std::unexpected(reader.fault().message);
  auto draft7 = to_draft7(*given);
  if (!draft7) return std::unexpected(std::move(draft7.error()));

  SecondOpinion opinion;
  Impl& impl = *opinion.impl_;
  impl.text = std::move(*draft7);
  const json::Document* document = impl.reader.read(impl.text);
  if (document == nullptr) return std::unexpected(impl.reader.fault().message);
  impl.document = *document;
  try {
    valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
    parser.populateSchema(Adapter(impl.document.root()), impl.schema);
  } catch (const std::exception& problem) {
    return std::unexpected(problem.what());
  }
  return opinion;
}

bool SecondOpinion::valid(const json::Document& document) const {
  try {
    return impl_->validator.validate(impl_->schema, Adapter(document.root()), nullptr);
  } catch (const std::exception&) {
    return false;
  }
}

std::vector<Failure> SecondOpinion::failures(const json::Document& document) const {
  std::vector<Failure> failures;
  try {
    valijson::ValidationResults results;
    const bool valid = impl_->validator.validate(impl_->schema, Adapter(document.root()), &results);
    for (const valijson::ValidationResults::Error& error : results) {
      failures.push_back({pointer_from(error.context), error.description});
    }
    if (!valid && failures.empty()) failures.push_back({"", "not valid against the schema"});
    if (valid) failures.clear();
  } catch (const std::exception& problem) {
    failures.push_back({"", problem.what()});
  }
  return failures;
}

}  // namespace bearproof::oracle
