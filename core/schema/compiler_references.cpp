// Locations, references between them, and what the graph of references must not be.
#include <algorithm>

#include "bearproof/json/pointer.h"
#include "bearproof/text/ascii.h"

#include "compiler.h"
#include "metaschemas.h"
#include "subschemas.h"
#include "uri.h"

namespace bearproof::schema {

std::uint64_t Compiler::location_key(const Location& location) const {
  return (std::uint64_t{location.set == &user_ ? 0u : 1u} << 63) | (std::uint64_t{location.resource->source} << 32) |
         location.node;
}

const Resources& Compiler::official() {
  if (!official_loaded_) {
    official_loaded_ = true;
    for (const Metaschema& metaschema : metaschemas()) official_.add(metaschema.uri, metaschema.text);
  }
  return official_;
}

const Resource* Compiler::find_resource(std::string_view uri, const Resources*& set) {
  set = &user_;
  if (const Resource* found = user_.find(uri)) return found;
  if (!uri.starts_with("https://json-schema.org/draft/2020-12/")) return nullptr;
  set = &official();
  return set->find(uri);
}

// Thousands of references may lead through one large object: it is read once.
json::Value Compiler::member(const Location& object, const std::string& name) {
  constexpr std::uint32_t many = 64;
  const json::Value value = object.value();
  if (value.size() < many) return value.find(name);
  const auto [entry, added] = members_.try_emplace(location_key(object));
  if (added) {
    std::string scratch;
    for (const json::Member each : value.members()) {
      entry->second.emplace(std::string(each.key.string(scratch)), each.value.index());
    }
  }
  const auto found = entry->second.find(name);
  return found == entry->second.end() ? json::Value() : json::Value(&value.document(), found->second);
}

Compiler::Target Compiler::walk(Location at, std::string_view pointer) {
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
      for (const json::Value item : here.items()) {
        if (index-- == 0) {
          next = item;
          break;
        }
      }
    }
    if (!next) return {};
    at.node = next.index();
    json::append_token(within, token);
    if (const Resource* inner = at.set->rooted_at(at.resource->source, at.node)) {
      at.resource = inner;
      within.clear();
    }
  }
  return {at, true, std::move(within)};
}

Compiler::Target Compiler::resolve(const Location& from, std::string_view reference) {
  Location at = from;
  const SplitUri split = split_fragment(reference);
  if (!split.without_fragment.empty()) {
    const std::string uri = resolve_uri(from.resource->uri, split.without_fragment);
    // A resource may refer to itself by a URI under which another set was asked first.
    if (uri != from.resource->uri) at.resource = find_resource(uri, at.set);
    if (at.resource == nullptr) {
      // Schemas in one folder often name one another by file, whatever their `$id`s say.
      const std::string beside = resolve_uri(from.set->source(from.resource->source).uri, split.without_fragment);
      at.resource = find_resource(beside, at.set);
    }
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

std::uint16_t Compiler::vocabularies_named(std::string_view metaschema, const Location& from, json::Value at,
                                           int depth) {
  const SplitUri split = split_fragment(metaschema);
  if (split.without_fragment == draft_2020_12) return Vocabulary::standard;
  const auto refuse = [&](std::string message) {
    fault(from, Rule::schema_draft_unsupported, Place::value(at.index()), std::move(message));
    return std::uint16_t{Vocabulary::standard};
  };
  const std::string named(split.without_fragment);
  const Resources* set = nullptr;
  const Resource* resource = find_resource(named, set);
  if (resource == nullptr || depth > 8) {
    const std::size_t draft = named.find("draft");
    if (draft != std::string::npos && named.find("json-schema.org") != std::string::npos) {
      std::string name = named.substr(draft, named.rfind('/') - draft);
      std::replace(name.begin(), name.end(), '/', ' ');
      return refuse("this schema is written for " + name + "; only draft 2020-12 is supported");
    }
    return refuse("the dialect " + named +
                  " is not registered; only draft 2020-12 and dialects built on it are supported");
  }
  const Location location{set, resource, resource->root};
  const json::Value value = location.value();
  std::string scratch;
  const json::Value own = value.find("$schema");
  if (own && own.is_string() && own.string(scratch) != named) {
    vocabularies_named(std::string(own.string(scratch)), from, at, depth + 1);
  }
  const json::Value vocabulary = value.find("$vocabulary");
  if (!vocabulary || !vocabulary.is_object()) return Vocabulary::standard;
  std::uint16_t bits = Vocabulary::core;
  for (const json::Member member : vocabulary.members()) {
    const std::string_view uri = member.key.string(scratch);
    if (const auto known = vocabulary_from(uri)) {
      bits = static_cast<std::uint16_t>(bits | *known);
    } else if (member.value.is_true()) {
      return refuse("the dialect " + named + " requires the vocabulary " + std::string(uri) +
                    ", which is not supported");
    }
  }
  return bits;
}

std::uint16_t Compiler::vocabularies_of(const Location& location) {
  const Source& source = location.set->source(location.resource->source);
  std::string scratch;
  // An embedded resource without `$schema` is written in the dialect of the text around it.
  for (const NodeIndex node : {location.resource->root, NodeIndex{0}}) {
    const json::Value value(source.document, node);
    const json::Value dialect = value.find("$schema");
    if (!dialect) continue;
    if (!dialect.is_string()) {
      fault(location, Rule::schema_invalid, Place::value(dialect.index()), "$schema must be a URI");
      return Vocabulary::standard;
    }
    return vocabularies_named(dialect.string(scratch), location, dialect, 0);
  }
  return Vocabulary::standard;
}

std::uint32_t Compiler::resource_index(const Location& location) {
  if (const auto found = resource_index_.find(location.resource); found != resource_index_.end()) return found->second;
  const auto index = static_cast<std::uint32_t>(resource_roots_.size());
  resource_index_.emplace(location.resource, index);
  resource_roots_.push_back({location.set, location.resource, location.resource->root});
  program_->resources.push_back(location.resource->uri);
  vocabularies_.push_back(0);
  vocabularies_[index] = vocabularies_of(location);
  return index;
}

std::uint32_t Compiler::block_at(const Location& location, std::uint32_t place) {
  const auto [entry, added] =
      block_by_location_.try_emplace(location_key(location), static_cast<std::uint32_t>(raw_.size()));
  if (!added) return entry->second;
  if (raw_.size() >= options_.limits.schema_nodes && !too_large_) {
    too_large_ = true;
    fault(location, Rule::limit_steps, Place::value(location.node),
          "the schema has more than " + std::to_string(options_.limits.schema_nodes) + " subschemas");
  }
  RawBlock block;
  block.location = location;
  block.resource = resource_index(location);
  if (place == none) {
    place = add_place(none, none, 0, Rule::schema_shape);
    program_->places[place].resource = block.resource;
  }
  block.place = place;
  raw_.push_back(std::move(block));
  todo_.push_back(entry->second);
  return entry->second;
}

std::uint32_t Compiler::block_of_target(const Location& location, const std::optional<std::string>& known) {
  if (location.node == location.resource->root) return block_at(location, none);
  if (const auto block = block_by_location_.find(location_key(location)); block != block_by_location_.end()) {
    return block->second;
  }
  if (known) {
    const std::uint32_t place = add_place(none, add_text(*known), 0, Rule::schema_shape);
    program_->places[place].resource = resource_index(location);
    return block_at(location, place);
  }
  const Source& source = location.set->source(location.resource->source);
  const std::string pointer = json::pointer_to(*source.document, location.node);
  const std::size_t prefix = json::pointer_to(*source.document, location.resource->root).size();
  const std::uint32_t place =
      add_place(none, add_text(std::string_view(pointer).substr(prefix)), 0, Rule::schema_shape);
  program_->places[place].resource = resource_index(location);
  return block_at(location, place);
}

std::uint32_t Compiler::child_at(const Object& object, json::Value schema, std::uint32_t place) {
  Location location = object.location;
  location.node = schema.index();
  if (const Resource* inner = location.set->rooted_at(location.resource->source, location.node)) {
    location.resource = inner;
    return block_at(location, none);
  }
  return block_at(location, place);
}

std::uint32_t Compiler::child(const Object& object, json::Value schema, std::uint32_t keyword_place,
                              std::string_view token) {
  return child_at(object, schema, add_place(keyword_place, add_text(token), 0, Rule::schema_shape));
}

std::uint32_t Compiler::child(const Object& object, json::Value schema, std::uint32_t keyword_place,
                              std::uint32_t number) {
  return child_at(object, schema, add_place(keyword_place, none, number, Rule::schema_shape));
}

// Every resource that the program has reached may be in the dynamic scope, so each of its dynamic anchors that some
// reference names is a candidate.
void Compiler::resolve_dynamic() {
  for (std::uint32_t resource = 0; resource < resource_roots_.size(); ++resource) {
    const Location root = resource_roots_[resource];
    for (std::uint32_t anchor = 0; anchor < dynamic_names_.size(); ++anchor) {
      const auto found = root.resource->dynamic_anchors.find(dynamic_names_[anchor]);
      if (found == root.resource->dynamic_anchors.end()) continue;
      const bool known =
          std::any_of(program_->dynamic_anchors.begin(), program_->dynamic_anchors.end(),
                      [&](const DynamicAnchor& d) { return d.anchor == anchor && d.resource == resource; });
      if (known) continue;
      const std::uint32_t block = block_of_target({root.set, root.resource, found->second});
      program_->dynamic_anchors.push_back({anchor, resource, block});
    }
  }
}

// Edges that stay at the same instance: a cycle of them would never end. A dynamic reference counts with its static
// target only; what it may become at run time is bounded by `Limits::references`.
bool Compiler::check_cycles() {
  enum Colour : std::uint8_t { white, grey, black };
  std::vector<std::vector<std::pair<std::uint32_t, const RawInstruction*>>> edges(raw_.size());
  for (std::uint32_t from = 0; from < raw_.size(); ++from) {
    for (const RawInstruction& raw : raw_[from].code) {
      for_each_subschema(*program_, raw.instruction, [&](BlockIndex to, AppliedTo what) {
        if (what == AppliedTo::instance) edges[from].emplace_back(to, &raw);
      });
    }
  }
  std::vector<Colour> colour(raw_.size(), white);
  std::vector<std::pair<std::uint32_t, std::size_t>> path;
  for (std::uint32_t start = 0; start < raw_.size(); ++start) {
    if (colour[start] != white) continue;
    colour[start] = grey;
    path.emplace_back(start, 0);
    while (!path.empty()) {
      auto& [block, next] = path.back();
      if (next == edges[block].size()) {
        colour[block] = black;
        path.pop_back();
        continue;
      }
      const auto [to, raw] = edges[block][next++];
      if (colour[to] == grey) {
        fault(raw_[block].location, Rule::schema_ref_cycle, Place::value(raw->at),
              "this leads back to where it started without going into the document");
      } else if (colour[to] == white) {
        colour[to] = grey;
        path.emplace_back(to, 0);
      }
    }
  }
  return faults_.empty();
}

}  // namespace bearproof::schema
