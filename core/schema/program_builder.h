// Fills the tables of a program: texts, patterns, constants and places, which instructions name by index.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "fault_list.h"
#include "program.h"
#include "resources.h"

namespace bearproof::schema {

/// Appends an element. @return its index
template <class Element>
std::uint32_t append(std::vector<Element>& to, Element element) {
  to.push_back(std::move(element));
  return static_cast<std::uint32_t>(to.size() - 1);
}

class ProgramBuilder {
 public:
  /// @param program  that is filled; it and `faults` outlive the builder
  ProgramBuilder(ProgramData& program, FaultList& faults) : program_(program), faults_(faults) {}

  /// Each text is held once.
  TextIndex add_text(std::string_view text);
  /// A table from each of these texts, all different, to its number.
  /// @param location  whose names or values they are, for a fault: texts made to collide are refused
  StringTable add_table(const std::vector<std::string>& texts, const Location& location);
  /// @return index in `lists` of the first
  std::uint32_t add_list(const std::vector<std::uint32_t>& items);
  /// Each pattern is compiled once. One that cannot be used is a fault, one of the legacy syntax a warning, each where
  /// the pattern is met first.
  /// @param where  in the text of `location` it stands
  std::uint32_t add_pattern(std::string_view pattern, const Location& location, Place where);
  /// @return the number of the constant; finish_constants makes it a node
  NodeIndex add_constant(json::Value value);

  /// A member below another place; it is in the resource of that.
  PlaceIndex add_place(PlaceIndex parent, TextIndex member, RuleCase rule);
  /// An item below another place.
  PlaceIndex add_place_of_item(PlaceIndex parent, std::uint32_t number);
  /// A subschema that no keyword around it led to.
  /// @param pointer  within its resource: a text, or none for the resource's root
  PlaceIndex add_place_of_root(TextIndex pointer, std::uint32_t resource);

  /// Reads the constants as a document of their own, and puts its nodes where their numbers were.
  /// @return false where that failed, which is a fault
  bool finish_constants();

 private:
  using IndexOfText = std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>>;

  ProgramData& program_;
  FaultList& faults_;
  IndexOfText text_index_;
  IndexOfText pattern_index_;
  std::uint64_t patterns_ = 0;  ///< instructions of all
  bool has_too_many_patterns_ = false;
  std::uint32_t constants_ = 0;
};

}  // namespace bearproof::schema
