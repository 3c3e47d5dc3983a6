// What a Registry holds: texts that were read, and the schema resources found in them.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bearproof/json/document.h"
#include "bearproof/json/reader.h"
#include "bearproof/schema/schema.h"

namespace bearproof::schema {

/// A text that was added, and its document.
struct Source {
  std::string uri;
  std::string text;
  json::Reader reader;
  const json::Document* document = nullptr;
};

/// A schema with a URI of its own: a whole text, or a part of one that has an `$id`.
struct Resource {
  std::string uri;  ///< absolute, without fragment
  std::uint32_t source = 0;
  NodeIndex root = 0;
  std::map<std::string, NodeIndex, std::less<>> anchors;          ///< `$anchor` and `$dynamicAnchor`
  std::map<std::string, NodeIndex, std::less<>> dynamic_anchors;  ///< `$dynamicAnchor` alone
};

/// Heterogeneous look-up in the maps by URI.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

class Resources {
 public:
  explicit Resources(const Limits& limits = {}) : limits_(limits) {}

  /// See Registry::add.
  std::vector<SchemaFault> add(std::string_view uri, std::string_view text);

  /// The resource registered under a URI without fragment; nullptr if there is none.
  const Resource* find(std::string_view uri) const;
  /// The resource whose root that node is; nullptr for any other node.
  const Resource* rooted_at(std::uint32_t source, NodeIndex node) const;
  const Source& source(std::uint32_t index) const { return *sources_[index]; }
  /// The source that was added under a name; nullptr if none was.
  const Source* source_named(std::string_view uri) const;
  const std::vector<std::unique_ptr<Resource>>& all() const { return resources_; }

 private:
  void scan(std::uint32_t source, std::uint32_t resource, std::vector<SchemaFault>& faults);
  std::uint32_t open(std::string uri, std::uint32_t source, NodeIndex root);
  void name(std::string uri, std::uint32_t resource, json::Value at, std::vector<SchemaFault>& faults);
  bool has_room_for(std::string_view uri) const;
  /// The fault of a URI that `has_room_for` has no room for, without a place.
  SchemaFault too_much(std::string_view uri) const;

  Limits limits_;
  std::uint64_t uris_ = 0;  ///< bytes of all resources' URIs
  std::vector<std::unique_ptr<Source>> sources_;
  std::vector<std::unique_ptr<Resource>> resources_;
  std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>> by_uri_;
  std::unordered_map<std::uint64_t, std::uint32_t> by_root_;
};

/// Where a subschema stands.
struct Location {
  const Resources* set = nullptr;
  const Resource* resource = nullptr;  ///< the nearest that encloses it
  NodeIndex node = 0;

  const Source& source() const { return set->source(resource->source); }
  json::Value value() const { return json::Value(source().document, node); }
  /// A node below it in the same text, which may be the root of a resource of its own.
  Location below(NodeIndex inner) const {
    const Resource* const own = set->rooted_at(resource->source, inner);
    return {set, own != nullptr ? own : resource, inner};
  }
};

/// A fault at a node of a registered text.
SchemaFault fault_at(const Source& source, RuleCase rule, Place place, Message message);

struct Registry::Impl {
  explicit Impl(const Limits& limits) : resources(limits) {}
  Resources resources;
};

}  // namespace bearproof::schema
