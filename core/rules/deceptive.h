// Identifiers and shown texts of browser receipts that are not what a person reads.
#pragma once

#include "bearproof/finding/finding.h"
#include "bearproof/json/document.h"
#include "bearproof/text/deception.h"

namespace bearproof::rules {

/// Raises what is wrong with an identifier: characters that nobody sees, and letters of several scripts in a word.
/// @param is_shown  whether people read it as a name (an owner): mixed scripts are then deceptive text
void check_identifier(json::Value identifier, bool is_shown, FindingSink& sink);

/// Raises what is deceptive about a text, or about the strings of an array or object.
void check_shown_text(json::Value text, text::Hosts hosts, FindingSink& sink);

}  // namespace bearproof::rules
