#pragma once

#include <string>

#include "bearproof/json/document.h"

namespace bearproof::rules {

/// Appends a value as Python's json.dumps(value, sort_keys=True, separators=(",", ":")) writes it after json.loads: the
/// form that sourceos-syncd hashes. Keys in the order of code points, everything beyond printable ASCII escaped,
/// integers as they are, other numbers as Python's repr writes a float.
/// @pre no object in the value has a key twice
void append_python_json(std::string& out, json::Value value);

}  // namespace bearproof::rules
