// Text that shows something else than it is: invisible characters, controls that reorder what stands around them, words
// in letters of several scripts that look alike, hosts that look like other hosts. Ordinary text in any script is none
// of that.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace bearproof::text {

enum class Deception : std::uint8_t {
  none,
  bidi_control,   ///< an embedding, override or isolate; a direction mark in a text without letters written right to
                  ///< left
  invisible,      ///< a control, or a default-ignorable character where no script and no emoji needs it
  mixed_scripts,  ///< a word with letters of two scripts, one of which looks like the other's
  host,           ///< a host that reads like another one, or that is not where it seems to be
};

/// What was found first, and what to show of it.
struct Deceit {
  Deception what = Deception::none;
  std::uint32_t code_point = 0;  ///< of the control or invisible character
  std::string text;              ///< the word, or the host
};

/// Controls, invisible characters and mixed scripts. A text of printable ASCII costs one pass over its bytes.
Deceit find_deceit(std::string_view text);

/// How hosts stand in a text.
enum class Hosts : std::uint8_t {
  in_urls,   ///< free text: only behind "://"
  anywhere,  ///< a scope or an origin: a text without "://" that holds a dot may be a host
};

/// A host in letters that look like Latin ones, also in Punycode; one with signs that look like a dot or slash; one in
/// percent escapes; one that goes on behind what looks like its end; one behind a user name that looks like a host
/// (only `Hosts::anywhere`: what URLs in labels give away is another matter).
Deceit find_disguised_host(std::string_view text, Hosts hosts);

/// What an identifier looks like, to be compared with others: equal for two identifiers that a person cannot tell
/// apart. Invisible characters and white space at the ends are left out, look-alikes are one letter, also 0, O and
/// o, 1, l and I, rn and m. Otherwise case counts.
std::string skeleton(std::string_view identifier);
/// The same into a string that is used again.
void write_skeleton(std::string_view identifier, std::string& out);

}  // namespace bearproof::text
