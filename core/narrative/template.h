// The sentences of narratives/: fixed text with places for values.
//
//   {a/b}          the words of the value at member b of member a; where it is missing, the alternative around it is
//                  not told
//   {a/b,c}        the first of several that is there
//   {a/b|text}     …or the text
//   {#a/b noun}    how many items an array has: "no nouns", "1 noun", "2 nouns"
//   [c: x|d: y|: z] the first alternative whose condition holds and whose values are all there; the text follows its
//   colon
//                  verbatim. They may be nested.
//
// A condition is `path=value,value` (the string is one of these, or true or false), `path` (there is something to say
// of it, and it is not false), `!path` (the opposite), several joined by `&`, or empty. Instead of a path there may be
// several, joined by commas: the first that is there counts.
#pragma once

#include <string>
#include <string_view>

#include "words.h"

namespace bearproof::narrative {

/// The template's text for a document; "" where a value outside of alternatives is missing.
std::string fill(std::string_view text, json::Value root, const Secrecy& secrecy);

/// The same as a sentence: a capital at its start, a full stop at its end, single spaces.
std::string sentence(std::string_view text, json::Value root, const Secrecy& secrecy);

/// What is wrong with a template; "" when it is sound.
/// @param is_sentence  whether every document must give a text: then values outside of alternatives need an "or"
std::string fault_of(std::string_view text, bool is_sentence);

}  // namespace bearproof::narrative
