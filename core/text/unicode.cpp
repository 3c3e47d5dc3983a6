#include "bearproof/text/unicode.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace bearproof::text {

namespace {

#include "unicode_tables.inc"

/// A set as the code points at which membership changes.
using Edges = std::vector<std::uint32_t>;

class Bytes {
 public:
  template <std::size_t size>
  explicit Bytes(const unsigned char (&bytes)[size]) : at_(bytes), end_(bytes + size) {}

  bool done() const { return at_ == end_; }
  std::uint32_t number() {
    std::uint32_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
      const std::uint32_t byte = *at_++;
      value |= (byte & 127u) << shift;
      if (byte < 128) return value;
    }
  }

 private:
  const unsigned char* at_;
  const unsigned char* end_;
};

// A list of names such as "Letter L=992;Mark M=7168;": the index of the entry that has the name, and its value.
struct Entry {
  std::uint32_t index;
  std::uint32_t value;
};
std::optional<Entry> find_name(std::string_view list, std::string_view name) {
  for (std::uint32_t index = 0; !list.empty(); ++index) {
    std::string_view entry = list.substr(0, list.find(';'));
    list.remove_prefix(entry.size() + 1);
    std::uint32_t value = 0;
    if (const std::size_t equals = entry.find('='); equals != std::string_view::npos) {
      for (const char digit : entry.substr(equals + 1)) value = value * 10 + static_cast<std::uint32_t>(digit - '0');
      entry = entry.substr(0, equals);
    }
    while (!entry.empty()) {
      const std::string_view one = entry.substr(0, entry.find(' '));
      if (one == name) return Entry{index, value};
      entry.remove_prefix(std::min(entry.size(), one.size() + 1));
    }
  }
  return std::nullopt;
}

Edges category_edges(std::uint32_t mask) {
  Edges edges;
  std::uint32_t at = 0;
  Bytes lengths(category_lengths);
  for (Bytes indices(category_indices); !indices.done();) {
    const bool inside = (mask >> indices.number() & 1u) != 0;
    if (inside != (edges.size() % 2 == 1)) edges.push_back(at);
    at += lengths.number() + 1;
  }
  return edges;
}

// What is in one of the two and not in both.
Edges difference(const Edges& a, const Edges& b) {
  Edges edges;
  std::set_symmetric_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(edges));
  return edges;
}

Edges property_edges_of(std::uint32_t wanted) {
  struct Step {
    std::uint32_t base;
    std::uint32_t mask;
    Edges rest;
  };
  std::vector<Step> steps;
  Bytes bytes(property_edges);
  for (std::uint32_t index = 0; index <= wanted; ++index) {
    Step step{bytes.number(), bytes.number(), {}};
    std::uint32_t edge = 0;
    for (std::uint32_t left = bytes.number(); left > 0; --left) {
      edge += bytes.number();
      step.rest.push_back(edge);
    }
    steps.push_back(std::move(step));
  }
  // A property rests on an earlier one, that on an earlier one still.
  Edges edges;
  for (std::uint32_t index = wanted + 1; index > 0; index = steps[index - 1].base) {
    edges = difference(edges, difference(steps[index - 1].rest, category_edges(steps[index - 1].mask)));
  }
  return edges;
}

void add_edges(const Edges& edges, CodePointSet& set) {
  for (std::size_t i = 0; i < edges.size(); i += 2) {
    set.add(edges[i], i + 1 < edges.size() ? edges[i + 1] - 1 : last_code_point);
  }
}

bool add_category(std::string_view name, CodePointSet& set) {
  const std::optional<Entry> found = find_name(category_names, name);
  if (found) add_edges(category_edges(found->value), set);
  return found.has_value();
}

bool add_script(std::string_view name, bool with_extensions, CodePointSet& set) {
  const std::optional<Entry> found = find_name(script_names, name);
  if (!found) return false;
  CodePointSet foreign;
  add_edges(category_edges(categories_without_script), foreign);
  if (found->index == script_unknown) {
    set.add(foreign);
    return true;
  }
  CodePointSet own;
  std::uint32_t at = 0;
  for (Bytes bytes(script_runs); !bytes.done();) {
    const bool inside = bytes.number() == found->index;
    const std::uint32_t length = bytes.number() + 1;
    if (inside) own.add(at, at + length - 1);
    at += length;
  }

  if (with_extensions) {
    std::vector<bool> holds;  // by set of scripts: whether this one is in it
    for (Bytes bytes(extension_sets); !bytes.done();) {
      bool inside = false;
      for (std::uint32_t left = bytes.number(); left > 0; --left) {
        if (bytes.number() == found->index) inside = true;
      }
      holds.push_back(inside);
    }
    at = 0;
    for (Bytes bytes(extension_runs); !bytes.done();) {
      const std::uint32_t first = at + bytes.number();
      at = first + bytes.number() + 1;
      foreign.add(first, at - 1);  // its set of scripts is listed: its own script no longer counts
      if (holds[bytes.number()]) set.add(first, at - 1);
    }
  }
  // own without foreign = not (not own or foreign)
  own.normalize();
  own.invert();
  own.add(foreign);
  own.normalize();
  own.invert();
  set.add(own);
  return true;
}

bool add_listed_property(std::string_view name, CodePointSet& set) {
  const std::optional<Entry> found = find_name(property_names, name);
  if (found) add_edges(property_edges_of(found->index), set);
  return found.has_value();
}

}  // namespace

bool add_property(std::string_view name, std::string_view value, CodePointSet& set) {
  if (!value.empty()) {
    if (name == "General_Category" || name == "gc") return add_category(value, set);
    if (name == "Script" || name == "sc") return add_script(value, false, set);
    if (name == "Script_Extensions" || name == "scx") return add_script(value, true, set);
    return false;
  }
  if (name == "Any") {
    set.add(0, last_code_point);
    return true;
  }
  if (name == "ASCII") {
    set.add(0, 127);
    return true;
  }
  if (name == "Assigned") {
    constexpr std::uint32_t all = ~std::uint32_t{0};
    add_edges(category_edges(all ^ 1u << category_unassigned), set);
    return true;
  }
  return add_category(name, set) || add_listed_property(name, set);
}

CodePointSet code_points_with(std::string_view name, std::string_view value) {
  CodePointSet set;
  if (name.starts_with(':')) {
    add_listed_property(name, set);
  } else {
    add_property(name, value, set);
  }
  set.normalize();
  return set;
}

std::string_view unicode_version() { return table_version; }

}  // namespace bearproof::text
