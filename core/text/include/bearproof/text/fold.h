// What a text reads as: characters reduced to the Latin letters, digits and signs that a person takes them for.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace bearproof::text {

/// What a character beyond ASCII reads as by its compatibility form (NFKC) or by its looks: "o" for a Greek omicron,
/// "A" for a fullwidth A, "No" for the numero sign. "" where it reads as nothing in ASCII.
std::string_view reading_of(std::uint32_t code_point);

/// Whether a character shows nothing by itself: default-ignorable code points (zero-width characters, variation
/// selectors, fillers, tags) and the blank Braille cell.
bool is_invisible(std::uint32_t code_point);

/// Whether a character is a letter, a digit, or a picture: something that a name may consist of.
bool is_nameable(std::uint32_t code_point);

/// One character of a folded text.
struct FoldedChar {
  /// An ASCII character as it stands or as something reads, in its case; `other` for a letter or digit that reads as
  /// nothing in ASCII; a space for any other separator.
  char c = ' ';
  /// Whether it stands for a character beyond ASCII.
  bool disguised = false;

  static constexpr char other = '\x01';
};

/// A text folded: percent escapes of well-formed UTF-8 undone (once), invisible characters and marks drawn over letters
/// (strokes, underlines, circles) left out, every other character as it reads. Texts of up to 256 characters allocate
/// nothing.
class Folded {
 public:
  explicit Folded(std::string_view text);

  std::size_t size() const { return size_; }
  const FoldedChar* data() const { return overflow_.empty() ? few_.data() : overflow_.data(); }
  /// Whether anything was left out because it shows nothing.
  bool dropped_invisible() const { return dropped_invisible_; }

 private:
  void push(FoldedChar c);
  void take(std::uint32_t code_point);

  std::array<FoldedChar, 256> few_;
  std::vector<FoldedChar> overflow_;  ///< everything, where `few_` is too small
  std::size_t size_ = 0;
  bool dropped_invisible_ = false;
};

}  // namespace bearproof::text
