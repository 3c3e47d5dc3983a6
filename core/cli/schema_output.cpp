#include "schema_output.h"

#include <optional>
#include <string>

#include "bearproof/contract/contract.h"
#include "bearproof/json/canonical.h"
#include "bearproof/report/quoter.h"
#include "bearproof/report/redact.h"

namespace bearproof::cli {
namespace {

class SchemaOutput : public Renderer {
 public:
  SchemaOutput(schema::OutputForm form, const schema::Program* schema, const Limits& limits)
      : form_(form), schema_(schema), limits_(limits) {}

  bool wants_every_line() const override { return true; }

 private:
  std::string text_of(const report::DocumentReport& document, const CheckedText& text) const override {
    const schema::Program* const program =
        schema_ != nullptr ? schema_ : contract::program_of(document.dialect, contract::Purpose::output);
    const json::Document* const read = text.document;
    std::string out;
    if (read != nullptr && program != nullptr && !read->has_duplicates) {
      const report::Secrets secrets = report::Secrets::of(*read, document, text.source.offset);
      const report::Quoter quoter(read, secrets);
      schema::Evaluator(limits_).output(*program, read->root(), form_, out, &quoter);
    } else {
      out = not_evaluated(document);
    }
    return out + "\n";
  }

  /// No document, a key twice in one object, or no kind: what the report says, at the root of no schema.
  std::string not_evaluated(const report::DocumentReport& document) const {
    std::string out = R"({"valid":false)";
    if (form_ == schema::OutputForm::flag) return out + "}";
    constexpr std::string_view unit = R"("keywordLocation":"","instanceLocation":)";
    out.append(",").append(unit).append(R"("","errors":[)");
    std::size_t listed = 0;
    for (const report::LocatedFinding& finding : document.findings) {
      if (listed++ > 0) out += ',';
      out.append(R"({"valid":false,)").append(unit);
      json::append_string(out, finding.pointer.value_or(""));
      out += R"(,"error":)";
      json::append_string(out, finding.message);
      out += '}';
    }
    if (listed == 0) {
      out.append(R"({"valid":false,)").append(unit).append(R"("","error":"no schema is known for this document"})");
    }
    return out + "]}";
  }

  schema::OutputForm form_;
  const schema::Program* schema_;
  Limits limits_;
};

}  // namespace

std::unique_ptr<Renderer> make_schema_renderer(schema::OutputForm form, const schema::Program* schema,
                                               const Limits& limits) {
  return std::make_unique<SchemaOutput>(form, schema, limits);
}

namespace {
constexpr Format flag = {"schema-flag", "", nullptr};
constexpr Format basic = {"schema-basic", "JSON Schema's own output, as the one before, one line per document",
                          nullptr};
}  // namespace

std::span<const Format> schema_output_formats() {
  static constexpr Format all[] = {flag, basic};
  return all;
}

std::optional<schema::OutputForm> output_form(std::string_view format) {
  if (format == flag.name) return schema::OutputForm::flag;
  if (format == basic.name) return schema::OutputForm::basic;
  return std::nullopt;
}

}  // namespace bearproof::cli
