// From a reference ($ref, $dynamicRef) to the subschema that it means.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "resources.h"

namespace bearproof::schema {

/// What a reference leads to.
struct Target {
  Location location;  ///< where nothing was found: the resource that ought to have it, if that is known
  bool found = false;
  std::optional<std::string> pointer = {};  ///< within the resource, where the way there was a pointer
};

/// Resolves references between the texts of a registry, and from them to the official metaschemas, which are read when
/// the first reference asks for one.
class Resolver {
 public:
  /// @param registered  outlives the resolver
  /// @param work        what may be spent on all references: bytes of URIs and pointers, items of arrays passed over
  Resolver(const Resources& registered, std::uint64_t work) : registered_(registered), work_(work) {}

  /// The subschema that a URI reference means.
  /// @param from  where the reference stands: its resource is the base
  /// Nothing is found any more once `is_exhausted`.
  Target resolve(const Location& from, std::string_view reference);
  /// Whether more was asked than the work allows.
  bool is_exhausted() const { return is_exhausted_; }
  /// The root of the resource with that URI (without fragment); without a resource where there is none.
  Location find(std::string_view uri);
  /// A number that no other subschema has.
  std::uint64_t key(const Location& location) const;

  const Resources& registered() const { return registered_; }

 private:
  bool spend(std::uint64_t work);
  Target walk(Location from, std::string_view pointer);
  json::Value member(const Location& object, const std::string& name);
  const Resources& official();

  const Resources& registered_;
  std::uint64_t work_;
  bool is_exhausted_ = false;
  Resources official_;
  bool official_loaded_ = false;
  /// The members of objects with many of them that references lead through, by key.
  std::unordered_map<std::uint64_t, std::unordered_map<std::string, NodeIndex>> members_;
};

}  // namespace bearproof::schema
