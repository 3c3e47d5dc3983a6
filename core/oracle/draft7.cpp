#include <array>
#include <string>
#include <string_view>

#include "bearproof/json/canonical.h"
#include "bearproof/oracle/second_opinion.h"

namespace bearproof::oracle {
namespace {

using json::Member;
using json::Value;

enum class Shape : std::uint8_t { verbatim, schema, schema_array, schema_map, dropped };

struct Keyword {
  std::string_view name;
  Shape shape;
};

// Keywords that draft 2020-12 and draft 7 read alike, and what stands in them. What is dropped asserts nothing.
constexpr Keyword keywords[] = {
    {"type", Shape::verbatim},
    {"enum", Shape::verbatim},
    {"const", Shape::verbatim},
    {"multipleOf", Shape::verbatim},
    {"maximum", Shape::verbatim},
    {"exclusiveMaximum", Shape::verbatim},
    {"minimum", Shape::verbatim},
    {"exclusiveMinimum", Shape::verbatim},
    {"maxLength", Shape::verbatim},
    {"minLength", Shape::verbatim},
    {"pattern", Shape::verbatim},
    {"maxItems", Shape::verbatim},
    {"minItems", Shape::verbatim},
    {"uniqueItems", Shape::verbatim},
    {"maxProperties", Shape::verbatim},
    {"minProperties", Shape::verbatim},
    {"required", Shape::verbatim},
    {"items", Shape::schema},
    {"contains", Shape::schema},
    {"additionalProperties", Shape::schema},
    {"propertyNames", Shape::schema},
    {"not", Shape::schema},
    {"if", Shape::schema},
    {"then", Shape::schema},
    {"else", Shape::schema},
    {"allOf", Shape::schema_array},
    {"anyOf", Shape::schema_array},
    {"oneOf", Shape::schema_array},
    {"properties", Shape::schema_map},
    {"$schema", Shape::dropped},
    {"$id", Shape::dropped},
    {"$comment", Shape::dropped},
    {"title", Shape::dropped},
    {"description", Shape::dropped},
    {"default", Shape::dropped},
    {"examples", Shape::dropped},
    {"deprecated", Shape::dropped},
    {"readOnly", Shape::dropped},
    {"writeOnly", Shape::dropped},
    {"format", Shape::dropped},
    {"contentEncoding", Shape::dropped},
    {"contentMediaType", Shape::dropped},
    {"contentSchema", Shape::dropped},
};

class Translator {
 public:
  bool schema(Value value) {
    if (value.is_boolean()) {
      out_ += value.raw();
      return true;
    }
    if (!value.is_object()) return refuse("a schema that is neither an object nor a boolean");
    // In draft 7 a reference silences its siblings; in 2020-12 it does not.
    const Value reference = value.find("$ref");
    out_ += reference ? "{\"allOf\":[{\"$ref\":" : "{";
    if (reference) {
      if (!this->reference(reference)) return false;
      out_ += "}]";
    }
    bool first = !reference;
    if (!dependencies(value, first)) return false;
    for (const Member member : value.members()) {
      if (!keyword(value, member, first)) return false;
    }
    out_ += "}";
    return true;
  }

  std::string take() { return std::move(out_); }
  const std::string& why() const { return why_; }

 private:
  bool refuse(std::string_view what) {
    why_ = what;
    return false;
  }

  void name(std::string_view text, bool& first) {
    if (!first) out_ += ",";
    first = false;
    json::append_string(out_, text);
    out_ += ":";
  }

  bool reference(Value value) {
    std::string scratch;
    const std::string_view target = value.string(scratch);
    constexpr std::string_view prefix = "#/$defs/";
    if (target == "#") {
      out_ += "\"#\"";
    } else if (target.starts_with(prefix) && target.find('/', prefix.size()) == std::string_view::npos) {
      json::append_string(out_, std::string("#/definitions/").append(target.substr(prefix.size())));
    } else {
      return refuse("$ref to another resource");
    }
    return true;
  }

  // dependentRequired and dependentSchemas are one keyword in draft 7.
  bool dependencies(Value value, bool& first) {
    const Value required = value.find("dependentRequired");
    const Value schemas = value.find("dependentSchemas");
    if (!required && !schemas) return true;
    if (required && schemas) return refuse("dependentRequired beside dependentSchemas");
    if (value.find("allOf") || value.find("$ref")) return refuse("dependent keywords beside allOf or $ref");
    name("dependencies", first);
    return schemas ? schema_map(schemas) : verbatim(required);
  }

  bool verbatim(Value value) {
    const Value::Span span = value.span();
    out_ += value.document().text.substr(span.begin, span.end - span.begin);
    return true;
  }

  bool schema_map(Value value) {
    out_ += "{";
    bool first = true;
    std::string scratch;
    for (const Member member : value.members()) {
      name(member.key.string(scratch), first);
      if (!schema(member.value)) return false;
    }
    out_ += "}";
    return true;
  }

  bool schema_array(Value value) {
    out_ += "[";
    bool first = true;
    for (const Value item : value.items()) {
      if (!first) out_ += ",";
      first = false;
      if (!schema(item)) return false;
    }
    out_ += "]";
    return true;
  }

  bool keyword(Value parent, Member member, bool& first) {
    std::string scratch;
    const std::string_view key = member.key.string(scratch);
    if (key == "$ref" || key == "dependentRequired" || key == "dependentSchemas" || key.starts_with("x-")) return true;
    if (key == "$defs") {
      name("definitions", first);
      return schema_map(member.value);
    }
    if (key == "allOf" && parent.find("$ref")) return refuse("allOf beside $ref");
    // valijson runs these on std::regex, whatever engine it was given: that knows no Unicode and overflows its stack on
    // long names.
    if (key == "patternProperties") return refuse(key);
    if (key == "contains" && (parent.find("minContains") || parent.find("maxContains"))) return refuse("minContains");
    if (key == "items" && parent.find("prefixItems")) return refuse("prefixItems");
    if ((key == "then" || key == "else") && !parent.find("if")) return true;
    for (const Keyword& known : keywords) {
      if (known.name != key) continue;
      if (known.shape == Shape::dropped) return true;
      name(key, first);
      switch (known.shape) {
        case Shape::schema: return schema(member.value);
        case Shape::schema_array: return schema_array(member.value);
        case Shape::schema_map: return schema_map(member.value);
        default: return verbatim(member.value);
      }
    }
    return refuse(key);
  }

  std::string out_;
  std::string why_;
};

}  // namespace

std::expected<std::string, std::string> to_draft7(const json::Document& schema) {
  Translator translator;
  if (!translator.schema(schema.root())) return std::unexpected(translator.why());
  return translator.take();
}

}  // namespace bearproof::oracle
