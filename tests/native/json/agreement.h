// Whether every kernel makes the same of a text as the scanner does.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "bearproof/catalogue/limits.h"
#include "bearproof/json/kernel.h"
#include "bearproof/json/reader.h"

namespace bearproof::json {

/// Restores the default kernel when a test ends.
class KernelGuard {
 public:
  ~KernelGuard() { select_kernel(kernels().front()); }
};

/// Everything that a reader says of a text, as one string to compare and to show.
inline std::string description(const Document* document, const TextFault* fault) {
  std::string text;
  if (document == nullptr) {
    text = "fault " + std::to_string(static_cast<unsigned>(fault->rule)) + " [" + std::to_string(fault->begin) + "," +
           std::to_string(fault->end) + ") ";
    text += fault->message;
    return text;
  }
  text = document->has_bom ? "BOM " : "";
  if (document->has_duplicates) text += "duplicates ";
  for (std::uint32_t i = 0; i < document->size; ++i) {
    const Node& node = document->nodes[i];
    text += std::to_string(node.tag()) + "x" + std::to_string(node.count()) + "@" + std::to_string(node.offset) + "+" +
            std::to_string(node.extent) + " ";
  }
  return text;
}

/// One reader for each kernel, the scanner last.
class AllKernels {
 public:
  explicit AllKernels(const Limits& limits = {}) : names_(kernels()) {
    const KernelGuard guard;
    for (const std::string& name : names_) {
      select_kernel(name);
      readers_.emplace_back(limits);
    }
  }

  /// Reads the text with each and expects the same of all.
  /// @return what all say
  std::string expect_agreement(std::string_view text) {
    // A copy that ends where its allocation ends shows a read beyond the text under AddressSanitizer.
    const std::vector<char> exact(text.begin(), text.end());
    const std::string_view bytes(exact.data(), exact.size());
    Reader& scanner = readers_.back();
    const Document* const expected = scanner.read(bytes);
    const std::string wanted = description(expected, &scanner.fault());
    for (std::size_t i = 0; i + 1 < readers_.size(); ++i) {
      const Document* const document = readers_[i].read(bytes);
      const std::string found = description(document, &readers_[i].fault());
      if (found != wanted) {
        ADD_FAILURE() << names_[i] << " on " << testing::PrintToString(std::string(text.substr(0, 2000))) << "\n  says "
                      << found.substr(0, 1000) << "\n  not  " << wanted.substr(0, 1000);
      }
    }
    return wanted;
  }

 private:
  std::vector<std::string> names_;
  std::vector<Reader> readers_;
};

/// The same random numbers in every build (splitmix64).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }

 private:
  std::uint64_t state_;
};

/// A random JSON text, now and then with white space, escapes and repeated keys.
inline void append_random_value(std::string& out, Random& random, int depth) {
  const auto space = [&] {
    if (random.below(8) == 0) out += std::string_view(" \n\t\r  ").substr(random.below(5), 1 + random.below(2));
  };
  const auto string = [&](std::size_t longest) {
    out += '"';
    static constexpr std::string_view pieces[] = {"a",
                                                  "b",
                                                  "key",
                                                  "\\n",
                                                  "\\u0061",
                                                  "é",
                                                  "\\\"",
                                                  "\\\\",
                                                  "😀",
                                                  "\\ud83d\\ude00",
                                                  "id",
                                                  "Ref",
                                                  "{",
                                                  "}",
                                                  ",",
                                                  ":",
                                                  "[",
                                                  "0",
                                                  "€",
                                                  "\\/",
                                                  "longer piece of text than the others",
                                                  " "};
    for (std::size_t i = random.below(longest); i > 0; --i) out += pieces[random.below(std::size(pieces))];
    out += '"';
  };
  switch (random.below(depth > 0 ? 9 : 6)) {
    case 0: out += "null"; break;
    case 1: out += random.below(2) == 0 ? "true" : "false"; break;
    case 2: {
      static constexpr std::string_view numbers[] = {
          "0", "-0", "12", "-3.25", "1e5", "6E-2", "0.001", "1E+9", "9007199254740993", "1e400", "123456"};
      out += numbers[random.below(std::size(numbers))];
      break;
    }
    case 3:
    case 4:
    case 5: string(6); break;
    case 6:
    case 7: {
      out += '{';
      const std::size_t count = random.below(random.below(20) == 0 ? 90 : 8);
      for (std::size_t i = 0; i < count; ++i) {
        if (i > 0) out += ',';
        space();
        string(4);
        space();
        out += ':';
        space();
        append_random_value(out, random, depth - 1);
        space();
      }
      out += '}';
      break;
    }
    default: {
      out += '[';
      const std::size_t count = random.below(8);
      for (std::size_t i = 0; i < count; ++i) {
        if (i > 0) out += ',';
        space();
        append_random_value(out, random, depth - 1);
        space();
      }
      out += ']';
    }
  }
}

/// A text one to four small changes away.
inline std::string mutated(std::string text, Random& random) {
  static constexpr std::string_view inserts[] = {
      "{",  "}", "[",       "]",    ",",    ":",    "\"",  "\\",   "\n",   " ",
      "0",  "-", ".",       "e",    "t",    "x",    "\\u", "\xFF", "\xC3", "\xED\xA0\x80",
      "\r", "/", "\\ud800", "null", "true", "\x01", "\t",  "1",    "\"\"", "\xF0\x9F"};
  for (std::size_t changes = 1 + random.below(4); changes > 0; --changes) {
    const std::size_t at = random.below(text.size() + 1);
    switch (random.below(4)) {
      case 0: text.insert(at, inserts[random.below(std::size(inserts))]); break;
      case 1:
        if (at < text.size()) text.erase(at, 1 + random.below(3));
        break;
      case 2:
        if (at < text.size()) text[at] = static_cast<char>(static_cast<unsigned char>(random.below(256)));
        break;
      default:
        if (at < text.size()) {
          const std::string piece = text.substr(at, random.below(30));
          text.insert(random.below(text.size()), piece);
        }
    }
  }
  return text;
}

}  // namespace bearproof::json
