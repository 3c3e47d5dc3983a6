// What a valid schema may say, and a careful author avoids.
#include <string>
#include <vector>

#include "bearproof/catalogue/rules.h"
#include "bearproof/json/quotation.h"
#include "bearproof/regex/regex.h"
#include "bearproof/schema/schema.h"
#include "bearproof/text/edit_distance.h"

#include "keywords.h"
#include "resources.h"
#include "uri.h"

namespace bearproof::schema {
namespace {

bool is_bounded_format(json::Value format) {
  if (!format || !format.is_string()) return false;
  for (const std::string_view name :
       {"date", "date-time", "time", "duration", "uuid", "ipv4", "ipv6", "hostname", "idn-hostname"}) {
    if (format.equals(name)) return true;
  }
  return false;
}

// As many as a report lists.
constexpr std::size_t most_faults = 1'000;

class Linter {
 public:
  Linter(const Source& source, std::vector<SchemaFault>& faults) : source_(source), faults_(faults) {}

  void run() {
    todo_.push_back({source_.document->root(), true});
    while (!todo_.empty() && faults_.size() < most_faults) {
      const Todo here = todo_.back();
      todo_.pop_back();
      if (here.schema.is_object()) look(here);
    }
  }

 private:
  struct Todo {
    json::Value schema;
    bool asserts;  ///< false where failing it is no fault of the document: under not, if and contains
  };

  void look(const Todo& here) {
    std::string scratch;
    for (const json::Member member : here.schema.members()) {
      const std::string_view name = member.key.string(scratch);
      const Keyword keyword = keyword_from(name);
      if (keyword == Keyword::unknown) {
        if (!name.starts_with("x-")) unknown(member.key, name);
        continue;
      }
      const bool asserts =
          here.asserts && keyword != Keyword::not_ && keyword != Keyword::if_ && keyword != Keyword::contains;
      switch (info_of(keyword).shape) {
        case Shape::schema: todo_.push_back({member.value, asserts}); break;
        case Shape::schema_array:
          for (const json::Value item : member.value.items()) todo_.push_back({item, asserts});
          break;
        case Shape::schema_map:
          for (const json::Member entry : member.value.members()) todo_.push_back({entry.value, asserts});
          break;
        case Shape::other: break;
      }
    }
    if (here.asserts) bounds(here.schema);
  }

  void unknown(json::Value key, std::string_view name) {
    Message message;
    message << "the keyword " << show(name) << " is unknown: it checks nothing";
    std::uint32_t distance = text::close_enough(name.size()) + 1;
    Keyword nearest = Keyword::unknown;
    for (std::size_t i = 0; i < keyword_count; ++i) {
      const auto keyword = static_cast<Keyword>(i);
      const std::uint32_t d = text::edit_distance(name, info_of(keyword).name, distance - 1);
      if (d >= distance) continue;
      distance = d;
      nearest = keyword;
    }
    if (nearest != Keyword::unknown) {
      message << "; did you mean " << show(info_of(nearest).name) << '?';
    }
    add(Rule::schema_keyword_unknown, Place::key(key.index()), std::move(message));
  }

  void bounds(json::Value schema) {
    if (schema.find("const") || schema.find("enum")) return;
    const json::Value type = schema.find("type");
    const auto asks_for = [&](std::string_view name) {
      if (!type) return false;
      if (type.is_string()) return type.equals(name);
      for (const json::Value item : type.items()) {
        if (item.equals(name)) return true;
      }
      return false;
    };
    const json::Value pattern = schema.find("pattern");
    if (!schema.find("maxLength")) {
      std::string scratch;
      if (pattern && pattern.is_string()) {
        if (!regex::is_bounded(pattern.string(scratch)))
          add(Rule::schema_pattern_unbounded, Place::value(pattern.index()), {});
      } else if (asks_for("string") && !is_bounded_format(schema.find("format"))) {
        add(Rule::schema_string_unbounded, Place::value(type.index()), {});
      }
    }
    const json::Value items = schema.find("items");
    if (asks_for("array") && !schema.find("maxItems") && !(items && items.is_false())) {
      add(Rule::schema_array_unbounded, Place::value(type.index()), {});
    }
  }

  void add(RuleCase rule, Place place, Message message) {
    if (faults_.size() >= most_faults) return;
    faults_.push_back(fault_at(source_, rule, place, std::move(message)));
  }

  const Source& source_;
  std::vector<SchemaFault>& faults_;
  std::vector<Todo> todo_;
};

}  // namespace

std::vector<SchemaFault> lint(const Registry& registry, std::string_view uri) {
  std::vector<SchemaFault> faults;
  const Resource* resource = registry.impl_->resources.find(split_fragment(uri).without_fragment);
  if (resource != nullptr) Linter(registry.impl_->resources.source(resource->source), faults).run();
  return faults;
}

}  // namespace bearproof::schema
