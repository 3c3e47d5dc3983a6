// Recognition: by a member whose value names the dialect, else by which members are there. In sound documents one test
// holds at most, so that their order does not matter; a document that passes two of them is ambiguous.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "bearproof/catalogue/rules.h"
#include "bearproof/contract/contract.h"
#include "bearproof/contract/key_map.h"
#include "bearproof/contract/members.h"

#include "describe.h"
#include "recognition_tables.h"

namespace bearproof::contract {
namespace {

static_assert(key_count <= 32, "recognition looks at so many members that they do not fit a KeySet any more");
constexpr KeyMap<key_count> keys(key_names);

using TopLevel = Members<key_count>;

/// One row of the table that matched: what it says, and the member that says so.
struct Match {
  Dialect dialect = Dialect::none;
  NodeIndex at = 0;
};

/// The rows that match. Two are enough to know.
class Matches {
 public:
  void add(Dialect dialect, NodeIndex at) {
    if (count_ < found_.size()) found_[count_] = {dialect, at};
    ++count_;
  }
  std::size_t count() const { return count_; }
  const Match& operator[](std::size_t index) const { return found_[index]; }

 private:
  std::array<Match, 2> found_{};
  std::size_t count_ = 0;
};

bool passes(const Shape& shape, json::Value tested) {
  const auto each_text = [&](auto is) {
    for (const std::string_view text : shape.texts) {
      if (!text.empty() && is(text)) return true;
    }
    return false;
  };
  switch (shape.test) {
    case Shape::Test::none: return true;
    case Shape::Test::is_one_of: return each_text([&](std::string_view text) { return tested.equals(text); });
    case Shape::Test::first_item_has: {
      if (!tested.is_array() || tested.size() == 0) return false;
      const json::Value first = *tested.items().begin();
      return !each_text([&](std::string_view name) { return !first.find(name); });
    }
  }
  return false;
}

/// The variant of a marked dialect that the members which are there tell of, or that dialect itself.
Dialect variant_of(Dialect marked, KeySet present) {
  for (const Variant& variant : variants) {
    if (variant.of != marked || (present & variant.none_of) != 0) continue;
    if ((present & variant.all_of) != variant.all_of) continue;
    if (variant.any_of == 0 || (present & variant.any_of) != 0) return variant.dialect;
  }
  return marked;
}

Matches match(const TopLevel& top) {
  Matches matches;
  constexpr KeySet marking = (KeySet{1} << marking_key_count) - 1;
  for (KeySet rest = top.present() & marking; rest != 0; rest &= rest - 1) {
    const auto key = static_cast<Key>(std::countr_zero(rest));
    const json::Value value = top[key];
    if (!value.is_string()) continue;
    const Mark* mark = find_mark(key, value);
    if (mark == nullptr) {
      if (const Dialect dialect = find_prefix(key, value); dialect != Dialect::none) {
        matches.add(dialect, value.index());
      }
      continue;
    }
    if (!mark->kind.empty() && !(top.has(kind_key) && top[kind_key].equals(mark->kind))) continue;
    matches.add(variant_of(mark->dialect, top.present()), value.index());
  }
  for (const Shape& shape : shapes) {
    if (!top.has_all(shape.all_of) || (top.present() & shape.none_of) != 0) continue;
    if (passes(shape, top[shape.tested])) matches.add(shape.dialect, top[shape.named_by].index());
  }
  return matches;
}

Message name_of_dialect(Dialect dialect) {
  const DialectInfo& info = info_of(dialect);
  return Message::of(words(info.kind), " (", words(info.dialect), ")");
}

/// A member whose value names a known kind in a version that is not known; false if there is none.
json::Value unsupported_version(const TopLevel& top, const VersionFamily*& family) {
  std::string scratch;
  for (Key key = 0; key < marking_key_count; ++key) {
    const json::Value value = top[key];
    if (!value || !value.is_string()) continue;
    family = find_version_family(key, value.string(scratch));
    if (family == nullptr) continue;
    if (family->kind.empty()) return value;
    // `kind` must say so too, or this is somebody else's document.
    if (top.has(kind_key) && top[kind_key].equals(family->kind)) {
      return value;
    }
  }
  return {};
}

}  // namespace

Dialect recognise(json::Value root, FindingSink& sink) {
  if (!root.is_object()) {
    if (Finding* found = sink.raise(Rule::parse_root_not_object, Place::value(root.index()))) {
      found->message << "expected an object at the top level, found " << words(describe_type(root));
    }
    return Dialect::none;
  }
  const TopLevel top(root, keys);
  const Matches matches = match(top);

  if (matches.count() == 1) {
    const Dialect dialect = matches[0].dialect;
    if (info_of(dialect).schema.empty()) {
      if (Finding* found = sink.raise(Rule::kind_unchecked, Place::value(root.index()))) {
        found->message << "recognised as " << name_of_dialect(dialect)
                       << ", but not checked: this build has no schema for it";
      }
    }
    return dialect;
  }

  if (matches.count() > 1) {
    // The later member is the one too many.
    Match first = matches[0];
    Match second = matches[1];
    if (second.at < first.at) std::swap(first, second);
    if (Finding* found = sink.raise(Rule::kind_ambiguous, Place::value(second.at))) {
      found->message << describe_member(root, second.at) << " says " << name_of_dialect(second.dialect) << ", while "
                     << describe_member(root, first.at) << " says " << name_of_dialect(first.dialect);
      found->related.push_back({0, Place::value(first.at), Message::of("this says ", name_of_dialect(first.dialect))});
    }
    return Dialect::none;
  }

  const VersionFamily* family = nullptr;
  if (const json::Value value = unsupported_version(top, family)) {
    if (Finding* found = sink.raise(Rule::kind_version_unsupported, Place::value(value.index()))) {
      found->message << describe_member(root, value.index()) << " is not a supported version; expected "
                     << words(family->expected);
    }
    return Dialect::none;
  }

  if (Finding* found = sink.raise(Rule::kind_unknown, Place::value(root.index()))) {
    describe_unknown(root, *found);
  }
  return Dialect::none;
}

}  // namespace bearproof::contract
