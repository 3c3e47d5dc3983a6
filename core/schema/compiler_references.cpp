// Subschemas as they are reached, and what the graph of references must not be.
#include <algorithm>

#include "bearproof/json/pointer.h"

#include "compiler.h"
#include "subschemas.h"

namespace bearproof::schema {

std::uint32_t Compiler::resource_index(const Location& location) {
  if (const auto found = resource_index_.find(location.resource); found != resource_index_.end()) return found->second;
  const auto index = static_cast<std::uint32_t>(resource_roots_.size());
  resource_index_.emplace(location.resource, index);
  resource_roots_.push_back({location.set, location.resource, location.resource->root});
  program_->resources.push_back(location.resource->uri);
  vocabularies_.push_back(0);
  vocabularies_[index] = vocabularies_of(location, resolver_, faults_);
  return index;
}

std::uint32_t Compiler::block_at(const Location& location, std::uint32_t place) {
  const auto [entry, added] =
      block_by_location_.try_emplace(resolver_.key(location), static_cast<std::uint32_t>(raw_.size()));
  if (!added) return entry->second;
  if (raw_.size() >= options_.limits.schema_nodes && !too_large_) {
    too_large_ = true;
    faults_.add(location, Rule::limit_steps, Place::value(location.node),
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
  if (const auto block = block_by_location_.find(resolver_.key(location)); block != block_by_location_.end()) {
    return block->second;
  }
  if (known) {
    const std::uint32_t place = add_place(none, add_text(*known), 0, Rule::schema_shape);
    program_->places[place].resource = resource_index(location);
    return block_at(location, place);
  }
  const json::Document& document = *location.source().document;
  const std::string pointer = json::pointer_to(document, location.node);
  const std::size_t prefix = json::pointer_to(document, location.resource->root).size();
  const std::uint32_t place =
      add_place(none, add_text(std::string_view(pointer).substr(prefix)), 0, Rule::schema_shape);
  program_->places[place].resource = resource_index(location);
  return block_at(location, place);
}

std::uint32_t Compiler::child_at(const Object& object, json::Value schema, std::uint32_t place) {
  const Location location = object.location.below(schema.index());
  return block_at(location, location.resource == object.location.resource ? place : none);
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
        faults_.add(raw_[block].location, Rule::schema_ref_cycle, Place::value(raw->at),
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
