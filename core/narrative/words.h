// Values of documents as words in a sentence.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "bearproof/json/document.h"
#include "bearproof/report/report.h"

namespace bearproof::narrative {

/// What must not be told of a document.
struct Secrecy {
  std::span<const report::DocumentReport::Hidden> hidden;  ///< in bytes from the start of the file
  std::uint64_t offset = 0;                                ///< of the document in its file
  bool everything = false;                                 ///< not every secret place is known
};

/// The value as words: of a name the part that people say, an instant to the minute, a list as "a, b and 2 more". ""
/// where there is nothing to say: no value, null, blank, an object.
std::string words_of(json::Value value, const Secrecy& secrecy);

/// The value that a path of member names and array indexes leads to, "actor/display_name"; false if there is none.
json::Value at_path(json::Value root, std::string_view path);

}  // namespace bearproof::narrative
