// One change to a document: a member left out, a value that says nothing, a list without items.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/json/document.h"

namespace bearproof::test {

/// A part of a text, and what to write in its place.
struct Edit {
  std::string pointer;  ///< of what is changed
  std::uint64_t begin;
  std::uint64_t end;
  std::string text;

  std::string apply(std::string_view to) const;
};

/// Each member of each object left out.
std::vector<Edit> omissions(json::Value root);
/// Null in place of each value.
std::vector<Edit> nulls(json::Value root);
/// Each list emptied.
std::vector<Edit> empty_lists(json::Value root);

/// A pointer with "*" in place of each number.
std::string general(std::string_view pointer);

}  // namespace bearproof::test
