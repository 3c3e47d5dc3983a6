#include <algorithm>
#include <vector>

#include "bearproof/json/document.h"
#include "bearproof/json/number.h"

#include "escapes.h"

namespace bearproof::json {

namespace {

bool equal_strings(Value a, Value b) {
  if (!a.has_escapes()) return b.equals(a.raw());
  if (!b.has_escapes()) return a.equals(b.raw());
  return compare_decoded(a.raw(), b.raw()) == 0;
}

std::vector<Member> sorted_members(Value::Members::Iterator from, Value::Members::Iterator to) {
  std::vector<Member> members;
  for (; from != to; ++from) members.push_back(*from);
  std::sort(members.begin(), members.end(), [](const Member& a, const Member& b) {
    const int order = compare_decoded(a.key.raw(), b.key.raw());
    return order != 0 ? order < 0 : a.key.index() < b.key.index();
  });
  return members;
}

bool equal_objects(Value a, Value b) {
  // Most objects that are equal have their members in the same order.
  auto at_a = a.members().begin();
  auto at_b = b.members().begin();
  const auto end_a = a.members().end();
  while (at_a != end_a && equal_strings((*at_a).key, (*at_b).key)) {
    if (!equal_values((*at_a).value, (*at_b).value)) return false;
    ++at_a;
    ++at_b;
  }
  if (!(at_a != end_a)) return true;
  // Sorting keeps the work within n log n whatever the keys are. What was equal so far is not looked at again: twice
  // at each level would be exponential in the depth.
  const std::vector<Member> members_a = sorted_members(at_a, end_a);
  const std::vector<Member> members_b = sorted_members(at_b, b.members().end());
  for (std::size_t i = 0; i < members_a.size(); ++i) {
    if (!equal_strings(members_a[i].key, members_b[i].key)) return false;
  }
  for (std::size_t i = 0; i < members_a.size(); ++i) {
    if (!equal_values(members_a[i].value, members_b[i].value)) return false;
  }
  return true;
}

}  // namespace

bool equal_values(Value a, Value b) {
  if (a.type() != b.type()) return false;
  switch (a.type()) {
    case Type::null: return true;
    case Type::boolean: return a.is_true() == b.is_true();
    case Type::number: return equal(a.raw(), b.raw()) || Number(a.raw()) == Number(b.raw());
    case Type::string: return equal_strings(a, b);
    case Type::array: {
      if (a.size() != b.size()) return false;
      auto at_b = b.items().begin();
      for (const Value item : a.items()) {
        if (!equal_values(item, *at_b)) return false;
        ++at_b;
      }
      return true;
    }
    case Type::object: return a.size() == b.size() && equal_objects(a, b);
  }
  return false;
}

}  // namespace bearproof::json
