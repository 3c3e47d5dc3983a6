#pragma once

#include <string_view>

#include "bearproof/catalogue/limits.h"

namespace bearproof::cli {

enum class StdinForm { undecided, document, lines };

/// Whether a stream is one document or NDJSON, told from how it begins. One document: its first line leaves something
/// open, and its second is not a document by itself; all else is NDJSON, so that a broken line costs only itself.
/// @param beginning  what has come so far
/// @param is_all     nothing more will come
/// @return undecided where more has to come first
StdinForm form_of(std::string_view beginning, bool is_all, const Limits& limits);

}  // namespace bearproof::cli
