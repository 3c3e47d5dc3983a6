#include "explain.h"

#include <algorithm>
#include <unordered_set>

#include "bearproof/json/canonical.h"
#include "bearproof/json/number.h"
#include "bearproof/json/pointer.h"
#include "bearproof/json/quotation.h"
#include "bearproof/schema/format.h"
#include "bearproof/text/ascii.h"
#include "bearproof/text/edit_distance.h"

namespace bearproof::schema {
namespace {

// Looking for the nearest name costs more than it is worth in larger sets.
constexpr std::uint32_t most_candidates = 500;
constexpr std::uint32_t most_values_shown = 8;

class Teller {
 public:
  Teller(const ProgramData& program, const json::Document& document, Telling& telling)
      : program_(program), document_(document), telling_(telling) {}

  void fill(const Failure& failure, Finding& finding) {
    const RuleInfo& rule = info_of(failure.rule);
    finding.schema =
        SchemaPlace{program_.resources[program_.places[failure.place].resource], program_.pointer(failure.place)};
    if (rule.sensitive) return;
    const bool mapped = failure.rule != Rule::schema_shape;
    out_ = &finding;
    fixable_ = rule.fixable && !document_.has_duplicates;
    message(failure, mapped);
    if (mapped && !says_more(failure)) finding.message.clear();
    if (failure.folded > 0 && !finding.message.empty()) {
      finding.message << " (closest of " << failure.folded + 1 << " alternatives)";
    }
  }

  /// Whether a failure says that a member is missing which another failure tells as misspelt.
  bool is_misspelling(const Failure& unexpected, const Failure& missing) {
    // Of everything around a member only its object is one level above it.
    const json::Value object = value(missing.node);
    if (missing.rule != Rule::schema_shape || missing.level + 1 != unexpected.level || unexpected.node < missing.node ||
        unexpected.node >= object.next()) {
      return false;
    }
    const std::string name(string(value(unexpected.node)));
    const std::uint32_t nearest = nearest_name(program_.objects[unexpected.detail], name, object);
    if (nearest == none) return false;
    const StringSlot& slot = program_.slots[nearest];
    return std::string_view(program_.pool).substr(slot.offset, slot.length) ==
           program_.text(program_.required[missing.detail].text);
  }

 private:
  json::Value value(NodeIndex node) const { return json::Value(&document_, node); }
  std::string_view string(json::Value text) { return text.string(scratch_); }

  // "matches oneOf/0 and oneOf/2"
  static void matching(const Failure& failure, Message& text) {
    const std::uint32_t others = failure.detail - 2;
    text << "matches oneOf/" << failure.branches[0] << (others == 0 ? " and " : ", ") << "oneOf/"
         << failure.branches[1];
    if (others != 0) text << " and " << others << " more";
  }

  // Where a rule of its own tells the fault, the catalogue's words are the plainer ones ("no policy decision admits
  // this session", not `"" does not match \S`), unless the keyword can name what would have been right.
  bool says_more(const Failure& failure) const {
    if (failure.kind == Failure::Kind::unexpected || failure.kind == Failure::Kind::equal_items) return true;
    if (failure.kind == Failure::Kind::missing) return shares_rule(failure.detail);
    if (failure.kind != Failure::Kind::instruction) return false;
    const Instruction& i = program_.code[failure.instruction];
    switch (i.op) {
      case Op::fail_enum:
      case Op::enum_values:
      case Op::enum_string: return values_of(i).count > 1;
      case Op::pattern_start:
      case Op::format: return true;
      default: return false;
    }
  }

  // Whether one rule stands for several names of a `required`: then the catalogue cannot say which one is missing.
  bool shares_rule(std::uint32_t index) const {
    const std::vector<RequiredName>& names = program_.required;
    const auto same = [&](std::size_t other) {
      const SchemaLocation& a = program_.places[names[index].place];
      const SchemaLocation& b = program_.places[names[other].place];
      return a.rule == b.rule && a.parent == b.parent && a.text == b.text && a.resource == b.resource;
    };
    return (index > 0 && same(index - 1)) || (index + 1 < names.size() && same(index + 1));
  }

  void message(const Failure& failure, bool mapped) {
    Message& text = out_->message;
    switch (failure.kind) {
      case Failure::Kind::instruction: test(failure, mapped); break;
      case Failure::Kind::missing:
        // The catalogue's message says what is missing and why it matters, where the rule is about one name.
        if (mapped && !shares_rule(failure.detail)) break;
        text << "missing member " << show(program_.text(program_.required[failure.detail].text));
        break;
      case Failure::Kind::missing_dependent:
        text << "missing " << show(program_.text(failure.detail)) << ", required when "
             << show(program_.text(program_.code[failure.instruction].as<operands::DependentNames>().trigger))
             << " is present";
        break;
      case Failure::Kind::unexpected: unexpected(failure); break;
      case Failure::Kind::equal_items: {
        text = "duplicate of an earlier item";
        Related related;
        related.place = Place::value(failure.detail);
        related.message = "the earlier item";
        out_->related.push_back(std::move(related));
        if (fixable_) fix(Fix::Safety::unsafe, "remove this item", patch("remove", pointer(failure.node)));
        break;
      }
      case Failure::Kind::too_few_matches: {
        const ContainsRule& rule = program_.contains[program_.code[failure.instruction].as<operands::Contained>().rule];
        if (failure.detail == 0 && rule.minimum == 1) {
          text = "no item matches `contains`";
        } else {
          contained(failure.detail, ", at least ", rule.minimum, " needed");
        }
        break;
      }
      case Failure::Kind::too_many_matches: {
        const ContainsRule& rule = program_.contains[program_.code[failure.instruction].as<operands::Contained>().rule];
        contained(failure.detail, ", at most ", rule.maximum, " allowed");
        break;
      }
      case Failure::Kind::no_type_of_many: wrong_type(failure.detail, value(failure.node)); break;
      case Failure::Kind::no_branch:
        if (!mapped) text << "matches none of the " << failure.detail << " alternatives";
        break;
      case Failure::Kind::many_branches:
        if (mapped) break;
        matching(failure, text);
        text << ", exactly one must match";
        break;
    }
  }

  void test(const Failure& failure, bool mapped) {
    const Instruction& i = program_.code[failure.instruction];
    const json::Value found = value(failure.node);
    const auto limit = [&i] { return i.as<operands::Count>().limit; };
    Message& text = out_->message;
    switch (i.op) {
      case Op::fail_type:
      case Op::integral: wrong_type(i.as<operands::Types>().allowed, found); break;
      case Op::fail_false:
        if (!mapped) text = "the schema allows no value here";
        break;
      case Op::fail_enum:
      case Op::enum_values:
      case Op::boolean_is:
      case Op::enum_string:
      case Op::const_string: wrong_value(values_of(i), failure); break;
      case Op::min_length: length("too short: at least ", limit(), " needed"); break;
      case Op::max_length: length("too long: at most ", limit(), " allowed"); break;
      case Op::pattern_start: {
        const auto& prefix = i.as<operands::Prefix>();
        text << show(found) << " does not begin with "
             << show_bare(std::string_view(program_.pool).substr(prefix.offset, prefix.length), 80);
        break;
      }
      case Op::pattern: text << show(found) << " does not match " << show_bare(pattern_of(failure.place), 80); break;
      case Op::format:
        text << show(found) << " is not a valid " << words(format_name(i.as<operands::KnownFormat>().format));
        break;
      case Op::minimum: compared(found, " is less than the minimum ", i); break;
      case Op::maximum: compared(found, " is greater than the maximum ", i); break;
      case Op::exclusive_minimum: compared(found, " must be greater than ", i); break;
      case Op::exclusive_maximum: compared(found, " must be less than ", i); break;
      case Op::multiple_of: compared(found, " is not a multiple of ", i); break;
      case Op::min_items: count(found, "item", ", at least ", limit(), " needed"); break;
      case Op::max_items: count(found, "item", ", at most ", limit(), " allowed"); break;
      case Op::min_properties: count(found, "member", ", at least ", limit(), " needed"); break;
      case Op::max_properties: count(found, "member", ", at most ", limit(), " allowed"); break;
      case Op::not_:
        if (!mapped) text = "matches the schema under `not`";
        break;
      default: break;
    }
  }

  // The values that a test of `enum` or `const` allows.
  const EnumRule& values_of(const Instruction& i) const {
    switch (i.op) {
      case Op::boolean_is: return program_.enums[i.as<operands::Boolean>().values];
      case Op::enum_string: return program_.enums[i.as<operands::SomeStrings>().values];
      case Op::const_string: return program_.enums[i.as<operands::OneString>().values];
      default: return program_.enums[i.as<operands::Values>().values];
    }
  }

  static void counted(std::uint32_t count, const char* what, Message& text) {
    text << count << ' ' << what << (count == 1 ? "" : "s");
  }

  void length(const char* bound, std::uint32_t limit, const char* end) {
    out_->message << bound;
    counted(limit, "character", out_->message);
    out_->message << end;
  }

  void contained(std::uint32_t items, const char* bound, std::uint32_t limit, const char* end) {
    counted(items, "item", out_->message);
    out_->message << (items == 1 ? " matches" : " match") << " `contains`" << bound << limit << end;
  }

  void count(json::Value found, const char* what, const char* bound, std::uint32_t limit, const char* end) {
    counted(found.size(), what, out_->message);
    out_->message << bound << limit << end;
  }

  void compared(json::Value found, const char* relation, const Instruction& i) {
    out_->message << show(found) << relation;
    json::append_shown(out_->message, program_.constant(program_.numbers[i.as<operands::Number>().number].node));
  }

  void wrong_type(std::uint32_t types, json::Value found) {
    static constexpr struct {
      std::uint32_t bit;
      const char* name;
    } names[] = {{TypeNames::object, "an object"},   {TypeNames::array, "an array"},
                 {TypeNames::string, "a string"},    {TypeNames::number, "a number"},
                 {TypeNames::integer, "an integer"}, {TypeNames::boolean, "a boolean"},
                 {TypeNames::null, "null"}};
    if ((types & TypeNames::number) != 0) types &= ~std::uint32_t{TypeNames::integer};
    Message& text = out_->message;
    const char* before = "expected ";
    for (const auto& type : names) {
      if ((types & type.bit) == 0) continue;
      types &= ~type.bit;
      text << before << type.name;
      before = (types & (types - 1)) == 0 ? " or " : ", ";
    }
    text << ", found ";
    if (found.is_number()) {
      text << show(found);
    } else {
      text << words(json::kind_of(found));
    }
  }

  std::string_view pattern_of(std::uint32_t place) const {
    const auto found = std::lower_bound(program_.pattern_texts.begin(), program_.pattern_texts.end(), place,
                                        [](const PatternText& text, std::uint32_t at) { return text.place < at; });
    return program_.text(found->text);
  }

  void wrong_value(const EnumRule& rule, const Failure& failure) {
    const json::Value found = value(failure.node);
    Message& text = out_->message;
    if (rule.count == 1) {
      const json::Value only = program_.constant(program_.enum_values[rule.first]);
      text << "expected ";
      json::append_shown(text, only);
      text << ", found " << show(found);
      if (fixable_ && !failure.key && only.type() <= json::Type::string && !only.is_number()) {
        const bool only_case = only.is_string() && found.is_string() && differ_in_case(only, found);
        replace(failure.node, only, only_case);
      }
      return;
    }
    text << show(found) << " is not one of ";
    const std::uint32_t shown = rule.count > most_values_shown ? most_values_shown : rule.count;
    for (std::uint32_t k = 0; k < shown; ++k) {
      if (k > 0) text << ", ";
      const json::Value allowed = program_.constant(program_.enum_values[rule.first + k]);
      std::string scratch;
      if (allowed.is_string() && allowed.size() == 0 && is_word(allowed.string(scratch))) {
        text << show_bare(allowed.string(scratch));
      } else {
        json::append_shown(text, allowed);
      }
    }
    if (shown < rule.count) text << ", \u2026 (" << rule.count << " in all)";
    if (!found.is_string() || rule.count > most_candidates) return;
    const std::string wrong(string(found));
    json::Value nearest;
    std::uint32_t distance = text::close_enough(wrong.size()) + 1;
    for (std::uint32_t k = 0; k < rule.count; ++k) {
      const json::Value allowed = program_.constant(program_.enum_values[rule.first + k]);
      if (!allowed.is_string()) continue;
      const std::uint32_t d = nearness(wrong, string(allowed), distance - 1);
      if (d < distance) {
        distance = d;
        nearest = allowed;
      }
    }
    if (!nearest) return;
    text << "; did you mean ";
    json::append_shown(text, nearest);
    text << '?';
    if (fixable_ && !failure.key) replace(failure.node, nearest, differ_in_case(nearest, found));
  }

  // Texts that differ in the case of letters alone are near whatever their length.
  static std::uint32_t nearness(std::string_view wrong, std::string_view right, std::uint32_t most) {
    if (text::same_but_case(wrong, right)) return 0;
    return text::edit_distance(wrong, right, most);
  }

  bool differ_in_case(json::Value a, json::Value b) {
    const std::string text(string(a));
    return text::same_but_case(text, string(b));
  }

  static bool is_word(std::string_view text) {
    for (const char c : text) {
      if (c == ' ' || c == ',' || c == '"' || static_cast<unsigned char>(c) < 0x20) return false;
    }
    return !text.empty();
  }

  void unexpected(const Failure& failure) {
    Message& text = out_->message;
    const json::Value key = value(failure.node);
    const std::string name(string(key));
    text << "unexpected member " << show(key);
    const std::string& here = pointer(failure.node);
    std::uint32_t nearest = none;
    if (failure.detail != none)
      nearest = nearest_name(program_.objects[failure.detail], name, telling_.pointers.holder());
    if (nearest == none) {
      if (fixable_) fix(Fix::Safety::unsafe, Message::of("remove ", show(key)), patch("remove", here));
      return;
    }
    const StringSlot& slot = program_.slots[nearest];
    const std::string_view right = std::string_view(program_.pool).substr(slot.offset, slot.length);
    text << "; did you mean " << show(right) << '?';
    if (!fixable_) return;
    std::string target = here.substr(0, here.rfind('/'));
    json::append_token(target, right);
    std::string moved = "[{\"from\":";
    json::append_string(moved, here);
    moved += ",\"op\":\"move\",\"path\":";
    json::append_string(moved, target);
    moved += "}]";
    const bool safe = text::same_but_case(name, right);
    fix(safe ? Fix::Safety::safe : Fix::Safety::unsafe, Message::of("rename to ", show(right)), std::move(moved));
  }

  // The slot of the name closest to a misspelt one that the object does not have yet.
  std::uint32_t nearest_name(const ObjectRule& rule, std::string_view name, json::Value object) {
    if (rule.names_count > most_candidates) return none;
    std::uint32_t best = none;
    std::uint32_t best_entry = none;
    std::uint32_t distance = text::close_enough(name.size()) + 1;
    for (std::uint32_t at = rule.names.first; at <= rule.names.first + rule.names.mask; ++at) {
      const StringSlot& slot = program_.slots[at];
      if (slot.value == StringTable::absent || !program_.entries[rule.first_entry + slot.value].declared) continue;
      const std::string_view candidate = std::string_view(program_.pool).substr(slot.offset, slot.length);
      const std::uint32_t d = nearness(name, candidate, distance);
      if (d > distance || (d == distance && (best == none || slot.value > best_entry))) continue;
      if (telling_.members_left < object.size()) return none;
      telling_.members_left -= object.size();
      if (object.find(candidate)) continue;
      best = at;
      best_entry = slot.value;
      distance = d;
    }
    return best;
  }

  const std::string& pointer(NodeIndex node) { return telling_.pointers.of(node); }

  static std::string patch(std::string_view operation, std::string_view path) {
    std::string text = "[{\"op\":\"";
    text.append(operation).append("\",\"path\":");
    json::append_string(text, path);
    text += "}]";
    return text;
  }

  void replace(NodeIndex node, json::Value by, bool safe) {
    std::string text = "[{\"op\":\"replace\",\"path\":";
    json::append_string(text, pointer(node));
    text += ",\"value\":";
    Message title = "replace with ";
    if (by.is_string()) {
      json::append_string(text, string(by));
    } else {
      text += by.raw();
    }
    json::append_shown(title, by);
    text += "}]";
    fix(safe ? Fix::Safety::safe : Fix::Safety::unsafe, std::move(title), std::move(text));
  }

  void fix(Fix::Safety safety, Message title, std::string patch_text) {
    out_->fix = Fix{safety, std::move(title), std::move(patch_text)};
  }

  const ProgramData& program_;
  const json::Document& document_;
  Telling& telling_;
  Finding* out_ = nullptr;
  bool fixable_ = false;
  std::string scratch_;
};

}  // namespace

void describe(const ProgramData& program, const json::Document& document, const Failure& failure, Finding& finding,
              Telling& telling) {
  Teller(program, document, telling).fill(failure, finding);
}

void tell(const ProgramData& program, const json::Document& document, const std::vector<Failure>& failures,
          FindingSink& sink) {
  Telling telling(document);
  Teller teller(program, document, telling);
  // A required member under a wrong name is one fault: told where it stands, with the name that was meant.
  std::vector<bool> silent(failures.size());
  std::vector<std::size_t> missing;
  for (std::size_t i = 0; i < failures.size() && missing.size() < most_candidates; ++i) {
    if (failures[i].kind == Failure::Kind::missing) missing.push_back(i);
  }
  std::uint32_t looks = 0;
  for (std::size_t k = 0; k < failures.size() && !missing.empty() && looks < most_candidates; ++k) {
    const Failure& unexpected = failures[k];
    if (unexpected.kind != Failure::Kind::unexpected || unexpected.detail == none) continue;
    ++looks;
    for (const std::size_t i : missing) {
      if (silent[i] || !teller.is_misspelling(unexpected, failures[i])) continue;
      silent[i] = true;
      break;
    }
  }
  std::unordered_set<std::uint64_t> told;
  for (std::size_t i = 0; i < failures.size(); ++i) {
    if (silent[i]) continue;
    const Failure& failure = failures[i];
    // rule: 16 bits, key: 1, node: 30 and more than any document has; missing members: 1 and their number instead of
    // the node's place alone.
    std::uint64_t identity = (std::uint64_t{static_cast<std::uint16_t>(failure.rule)} << 48) |
                             (std::uint64_t{failure.key ? 1u : 0u} << 47) | failure.node;
    const bool counted_singly =
        failure.rule == Rule::schema_shape &&
        (failure.kind == Failure::Kind::missing || failure.kind == Failure::Kind::missing_dependent);
    if (counted_singly) {
      const std::uint32_t name =
          failure.kind == Failure::Kind::missing ? program.required[failure.detail].text : failure.detail;
      identity = (identity ^ (std::uint64_t{name} + 1) * 0x9E3779B97F4A7C15u) | (std::uint64_t{1} << 46);
    }
    if (!told.insert(identity).second) continue;
    const Place place = failure.key ? Place::key(failure.node) : Place::value(failure.node);
    if (Finding* finding = sink.raise(failure.rule, place)) teller.fill(failure, *finding);
  }
}

}  // namespace bearproof::schema
