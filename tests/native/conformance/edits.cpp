#include "edits.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "bearproof/json/pointer.h"

namespace bearproof::test {
namespace {

std::string_view written(json::Value value) {
  const json::Value::Span span = value.span();
  return value.document().text.substr(static_cast<std::size_t>(span.begin),
                                      static_cast<std::size_t>(span.end - span.begin));
}

Edit replaced(json::Value value, std::string text) {
  const json::Value::Span span = value.span();
  return {json::pointer_to(value.document(), value.index()), span.begin, span.end, std::move(text)};
}

/// The object that a member stands in, without it.
Edit without(json::Value object, const json::Member& left_out) {
  std::string text = "{";
  for (const json::Member member : object.members()) {
    if (member.key.index() == left_out.key.index()) continue;
    text.append(text.size() == 1 ? "" : ",").append(written(member.key)).append(":").append(written(member.value));
  }
  Edit edit = replaced(object, text + "}");
  edit.pointer = json::pointer_to(object.document(), left_out.value.index());
  return edit;
}

/// Every value of a document, from the root down.
void walk(json::Value value, const std::function<void(json::Value)>& visit) {
  visit(value);
  if (value.is_object()) {
    for (const json::Member member : value.members()) walk(member.value, visit);
  } else if (value.is_array()) {
    for (const json::Value item : value.items()) walk(item, visit);
  }
}

}  // namespace

std::string Edit::apply(std::string_view to) const {
  std::string out(to);
  return out.replace(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin), text);
}

std::vector<Edit> omissions(json::Value root) {
  std::vector<Edit> edits;
  walk(root, [&](json::Value value) {
    if (!value.is_object()) return;
    for (const json::Member member : value.members()) edits.push_back(without(value, member));
  });
  return edits;
}

std::vector<Edit> nulls(json::Value root) {
  std::vector<Edit> edits;
  walk(root, [&](json::Value value) {
    if (!value.is_null()) edits.push_back(replaced(value, "null"));
  });
  return edits;
}

std::vector<Edit> empty_lists(json::Value root) {
  std::vector<Edit> edits;
  walk(root, [&](json::Value value) {
    if (value.is_array() && value.size() != 0) edits.push_back(replaced(value, "[]"));
  });
  return edits;
}

std::string general(std::string_view pointer) {
  std::string out;
  for (std::size_t at = 0; at < pointer.size();) {
    const std::size_t end = std::min(pointer.find('/', at + 1), pointer.size());
    const std::string_view part = pointer.substr(at, end - at);
    const bool is_number = part.size() > 1 && part.find_first_not_of("0123456789", 1) == std::string_view::npos;
    out += is_number ? std::string_view("/*") : part;
    at = end;
  }
  return out;
}

}  // namespace bearproof::test
