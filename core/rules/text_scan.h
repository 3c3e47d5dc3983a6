// The first look at a text: cheap, and wrong only in one direction.
#pragma once

#include <string_view>

namespace bearproof::rules {

/// False only if no string in the text, written without escapes, can hold a secret's shape (secret.h) or a template in
/// angle brackets. True says nothing: then someone has to look.
bool may_hold_shapes(std::string_view text);

/// The same answer without SIMD; for tests.
bool may_hold_shapes_bytewise(std::string_view text);

}  // namespace bearproof::rules
