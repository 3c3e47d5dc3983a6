#include "resolver.h"

#include <algorithm>

#include "bearproof/json/pointer.h"
#include "bearproof/text/ascii.h"

#include "metaschemas.h"
#include "uri.h"

namespace bearproof::schema {

std::uint64_t Resolver::key(const Location& location) const {
  return (std::uint64_t{location.set == &registered_ ? 0u : 1u} << 63) |
         (std::uint64_t{location.resource->source} << 32) | location.node;
}

const Resources& Resolver::official() {
  if (!official_loaded_) {
    official_loaded_ = true;
    for (const Metaschema& metaschema : metaschemas()) official_.add(metaschema.uri, metaschema.text);
  }
  return official_;
}

Location Resolver::find(std::string_view uri) {
  Location found{&registered_, registered_.find(uri), 0};
  if (found.resource == nullptr && uri.starts_with("https://json-schema.org/draft/2020-12/")) {
    found = {&official(), official().find(uri), 0};
  }
  if (found.resource != nullptr) found.node = found.resource->root;
  return found;
}

bool Resolver::spend(std::uint64_t work) {
  is_exhausted_ = is_exhausted_ || work > work_;
  if (!is_exhausted_) work_ -= work;
  return !is_exhausted_;
}

// Thousands of references may lead through one large object: it is read once.
json::Value Resolver::member(const Location& object, const std::string& name) {
  constexpr std::uint32_t many = 64;
  const json::Value value = object.value();
  if (value.size() < many) return value.find(name);
  const auto [entry, added] = members_.try_emplace(key(object));
  if (added) {
    std::string scratch;
    for (const json::Member each : value.members()) {
      entry->second.emplace(std::string(each.key.string(scratch)), each.value.index());
    }
  }
  const auto found = entry->second.find(name);
  return found == entry->second.end() ? json::Value() : json::Value(&value.document(), found->second);
}

Target Resolver::walk(Location at, std::string_view pointer) {
  std::string within;
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const std::string_view raw = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(raw.size());
    std::string token;
    for (std::size_t i = 0; i < raw.size(); ++i) {
      if (raw[i] != '~') {
        token += raw[i];
      } else if (i + 1 < raw.size() && (raw[i + 1] == '0' || raw[i + 1] == '1')) {
        token += raw[++i] == '0' ? '~' : '/';
      } else {
        return {};
      }
    }
    const json::Value here = at.value();
    json::Value next;
    if (here.is_object()) {
      next = member(at, token);
    } else if (here.is_array() && !token.empty() && token.size() < 10 && (token == "0" || token[0] != '0') &&
               std::all_of(token.begin(), token.end(), text::is_digit)) {
      std::uint32_t index = 0;
      for (const char c : token) index = index * 10 + static_cast<std::uint32_t>(c - '0');
      if (!spend(std::min(index, here.size()))) return {};
      for (const json::Value item : here.items()) {
        if (index-- == 0) {
          next = item;
          break;
        }
      }
    }
    if (!next) return {};
    const Resource* const outer = at.resource;
    at = at.below(next.index());
    json::append_token(within, token);
    if (at.resource != outer) within.clear();
  }
  return {at, true, std::move(within)};
}

Target Resolver::resolve(const Location& from, std::string_view reference) {
  if (!spend(from.resource->uri.size() + reference.size())) return {};
  Location at = from;
  const SplitUri split = split_fragment(reference);
  if (!split.without_fragment.empty()) {
    const std::string uri = resolve_uri(from.resource->uri, split.without_fragment);
    // A resource may refer to itself by a URI under which another set was asked first.
    if (uri != from.resource->uri) at = find(uri);
    // Schemas in one folder often name one another by file, whatever their `$id`s say.
    if (at.resource == nullptr) at = find(resolve_uri(from.source().uri, split.without_fragment));
    if (at.resource == nullptr) return {};
  }
  at.node = at.resource->root;
  if (!split.fragment || split.fragment->empty()) return {at, true};
  const std::optional<std::string> fragment = percent_decode(*split.fragment);
  if (!fragment) return {at};
  if (fragment->starts_with('/')) {
    Target target = walk(at, *fragment);
    if (!target.found) target.location = at;
    return target;
  }
  const auto anchor = at.resource->anchors.find(*fragment);
  if (anchor == at.resource->anchors.end()) return {at};
  at.node = anchor->second;
  return {at, true};
}

}  // namespace bearproof::schema
