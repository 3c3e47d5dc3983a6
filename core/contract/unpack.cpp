// Packed schemas back to JSON. tools/embed-schemas.mjs packs them and says what the bytes mean.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "embedded.h"

namespace bearproof::contract {
namespace {

/// Codes; any other byte that no text starts with is a word.
enum Code : unsigned char {
  text_end,
  true_value,
  false_value,
  null_value,
  number,
  array,
  end,
  object,
  names,
  first_word,
  first_character = 0x20,
  after_characters = 0x7f,
};

/// Where a name stands in the text that is being written, with its quotes.
struct Name {
  std::size_t begin;
  std::size_t size;
};
using Names = std::vector<Name>;

class Unpacking {
 public:
  explicit Unpacking(std::string& out) : out_(out) {
    const PackedWords all = embedded_words();
    const char* at = all.first;
    for (const std::uint16_t size : all.sizes) {
      words_.push_back(at);
      at += size;
    }
  }

  /// Writes one value.
  /// @param keys  takes the names of the members, if it is an object
  /// @return what stands behind it
  const char* value(const char* at, Names* keys = nullptr) {
    const auto code = static_cast<unsigned char>(*at);
    switch (code) {
      case true_value: out_ += "true"; return at + 1;
      case false_value: out_ += "false"; return at + 1;
      case null_value: out_ += "null"; return at + 1;
      case number: return characters(at + 1);
      case array: return array_at(at + 1);
      case object: return object_at(at + 1, keys);
      default: break;
    }
    if (code != text_end && (code < first_character || code >= after_characters)) {
      value(word(code), keys);
      return at + 1;
    }
    out_ += '"';
    at = characters(at);
    out_ += '"';
    return at;
  }

 private:
  const char* characters(const char* at) {
    const std::string_view text(at);
    out_ += text;
    return at + text.size() + 1;
  }

  const char* array_at(const char* at) {
    out_ += '[';
    for (bool first = true; *at != end; first = false) {
      if (!first) out_ += ',';
      at = value(at);
    }
    out_ += ']';
    return at + 1;
  }

  const char* object_at(const char* at, Names* keys) {
    Names properties;
    out_ += '{';
    for (bool first = true; *at != end; first = false) {
      if (!first) out_ += ',';
      const std::size_t begin = out_.size();
      at = value(at);
      if (keys != nullptr) keys->push_back({begin, out_.size() - begin});
      const bool has_names = std::string_view(out_).substr(begin) == "\"properties\"";
      out_ += ':';
      at = *at == names ? names_at(at + 1, properties) : value(at, has_names ? &properties : nullptr);
    }
    out_ += '}';
    return at + 1;
  }

  /// An array of names of `properties`, by their places from 1.
  const char* names_at(const char* at, const Names& properties) {
    out_ += '[';
    for (bool first = true; *at != text_end; ++at, first = false) {
      if (!first) out_ += ',';
      const Name name = properties[static_cast<unsigned char>(*at) - 1U];
      out_ += std::string(out_, name.begin, name.size);
    }
    out_ += ']';
    return at + 1;
  }

  const char* word(unsigned char code) const {
    const unsigned between = code < first_character ? 0U : after_characters - first_character;
    return words_[code - first_word - between];
  }

  std::string& out_;
  std::vector<const char*> words_;
};

}  // namespace

std::string unpack(const char* packed) {
  std::string text;
  Unpacking(text).value(packed);
  return text;
}

}  // namespace bearproof::contract
