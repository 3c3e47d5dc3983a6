#pragma once

#include <cstdint>
#include <vector>

#include "bearproof/catalogue/limits.h"
#include "bearproof/json/document.h"

#include "duplicates.h"
#include "nodes.h"
#include "simd.h"

namespace bearproof::json {

/// Nesting beyond this is refused whatever the limits say: several components recurse.
inline constexpr std::uint64_t deepest_nesting = 4096;

/// Makes nodes of the tokens that the SIMD stage found, checking grammar, escapes, duplicate keys and limits on the
/// way. It never says what is wrong, only that something is: naming faults is the Scanner's.
class Walker {
 public:
  explicit Walker(const Limits& limits);

  enum class Outcome {
    done,     ///< the outermost array or object has ended
    more,     ///< the tokens ended after a comma: go on with the next slice
    refused,  ///< not a document, or beyond a limit
  };

  /// Begins a document whose nodes go to the front of `nodes`; `text` is what its offsets refer to.
  void begin(std::string_view text, NodeBuffer& nodes);

  /// Walks the tokens of a slice of the document (or, with `lines`, of a block of NDJSON in which a line break ends the
  /// document). A document begins with an opening bracket.
  /// @param slice  what the tokens' positions refer to
  /// @param at     the first token; afterwards the one behind the last that was used
  /// @param end    the last token before this is a closing bracket or a comma
  /// @param base   what to add (modulo 2^32) to a position in the slice for the offset in the document
  template <bool lines>
  Outcome walk(std::string_view slice, const std::uint32_t*& at, const std::uint32_t* end, std::uint32_t base);

  bool has_duplicates() const { return has_duplicates_; }
  /// With `lines`, after `done`: the position in the slice of the first line break or backslash after the document.
  std::uint32_t event() const { return event_; }

 private:
  /// A container that is still open.
  struct Frame {
    std::uint32_t node;
    std::uint32_t count;
    std::uint32_t first_key;  ///< in signatures_
    bool is_object;
    bool check_at_end;  ///< too many keys, or keys with escapes, to be compared as they come
    bool has_duplicates;
  };
  /// A set of signatures, by one of 256 bits: a key whose bit is not set is new.
  struct Seen {
    std::uint64_t bits[4];
  };

  bool has_long_scalar() const;
  /// Whether the name at `key` occurs earlier in its object, both written without escapes.
  bool repeats(NodeIndex object, NodeIndex key) const;

  std::uint32_t most_depth_;
  std::uint64_t most_keys_;
  std::uint64_t most_string_;
  Limits limits_;
  Document document_;
  NodeBuffer* nodes_ = nullptr;
  std::uint64_t most_nodes_ = 0;
  std::uint32_t depth_ = 0;
  std::uint32_t event_ = 0;
  bool has_duplicates_ = false;
  std::vector<Frame> frames_;
  std::vector<Seen> seen_;
  std::vector<std::uint32_t> signatures_;  ///< of the keys of all objects that are open, written without escapes
  std::uint32_t signed_keys_ = 0;          ///< how many those are
  DuplicateFinder duplicates_;
};

}  // namespace bearproof::json
