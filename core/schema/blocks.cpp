#include "blocks.h"

#include <string>

#include "bearproof/catalogue/rules.h"
#include "bearproof/json/pointer.h"

#include "dialect.h"

namespace bearproof::schema {

BlockIndex Blocks::of(const Target& target) {
  const Location& location = target.location;
  if (location.node == location.resource->root) return at(location, none);
  if (const auto known = by_location_.find(resolver_.key(location)); known != by_location_.end()) return known->second;
  TextIndex pointer = none;
  if (target.pointer) {
    pointer = builder_.add_text(*target.pointer);
  } else {
    const json::Document& document = *location.source().document;
    const std::size_t of_root = json::pointer_to(document, location.resource->root).size();
    pointer = builder_.add_text(json::pointer_to(document, location.node).substr(of_root));
  }
  return at(location, builder_.add_place_of_root(pointer, resource_of(location)));
}

BlockIndex Blocks::below(const Location& parent, json::Value schema, PlaceIndex place) {
  const Location location = parent.below(schema.index());
  return at(location, location.resource == parent.resource ? place : none);
}

std::optional<BlockIndex> Blocks::take_new() {
  if (new_.empty() || too_many_) return std::nullopt;
  const BlockIndex block = new_.back();
  new_.pop_back();
  return block;
}

/// @param place  of a new block; none: it is the root of its resource
BlockIndex Blocks::at(const Location& location, PlaceIndex place) {
  const auto [entry, added] =
      by_location_.try_emplace(resolver_.key(location), static_cast<BlockIndex>(blocks_.size()));
  if (!added) return entry->second;
  const std::uint64_t most = program_.limits.schema_nodes;
  if (blocks_.size() >= most && !too_many_) {
    too_many_ = true;
    faults_.add(location, Rule::limit_steps, Place::value(location.node),
                Message::of("the schema has more than ", most, " subschemas"));
  }
  RawBlock block;
  block.location = location;
  block.resource = resource_of(location);
  block.place = place != none ? place : builder_.add_place_of_root(none, block.resource);
  blocks_.push_back(std::move(block));
  new_.push_back(entry->second);
  return entry->second;
}

std::uint32_t Blocks::resource_of(const Location& location) {
  const auto [entry, added] =
      by_resource_.try_emplace(location.resource, static_cast<std::uint32_t>(resources_.size()));
  if (added) {
    program_.resources.push_back(location.resource->uri);
    resources_.push_back(
        {{location.set, location.resource, location.resource->root}, vocabularies_of(location, resolver_, faults_)});
  }
  return entry->second;
}

}  // namespace bearproof::schema
