// bytes → Document, strictly: RFC 8259 grammar, UTF-8, no lone surrogates, duplicate keys noticed, limits kept.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/catalogue/limits.h"
#include "bearproof/finding/finding.h"
#include "bearproof/json/document.h"

namespace bearproof::json {

/// Why a text is not a document. Found, located and named by our own scanner: the SIMD stage only ever says "something
/// is wrong", so that every build, whatever its kernel, names the same fault at the same place.
struct TextFault {
  RuleCase rule{};          ///< parse.* or limit.*
  std::uint64_t begin = 0;  ///< byte offsets into the text, half-open; begin == end at the end of the text
  std::uint64_t end = 0;
  std::string message;  ///< "expected ',' or '}' after a member, found 'x'"
};

/// Reads texts one after another, reusing its memory. A document lives until the next read.
class Reader {
 public:
  explicit Reader(const Limits& limits = {});
  ~Reader();
  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;

  /// Reads one document. The text must outlive the document.
  /// @return the document, or nullptr: then `fault()` says why
  const Document* read(std::string_view text);
  const TextFault& fault() const;

  const Limits& limits() const;

 private:
  friend class LineReader;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The same faults as Reader, found by the scanner alone; nothing where the text is a document. Used to explain, and in
/// tests as the second opinion on the fast path.
bool scan(std::string_view text, const Limits& limits, TextFault& fault);

/// One line of NDJSON that is not blank.
struct Line {
  std::uint64_t number = 0;            ///< from 1, counting blank lines too
  std::uint64_t offset = 0;            ///< of its first byte, from the start of the stream
  std::string_view text;               ///< without its line end (LF or CRLF)
  const Document* document = nullptr;  ///< offsets count from the line's start; nullptr: see `fault`
  const TextFault* fault = nullptr;
};

/// NDJSON, by lines: each non-blank line holds exactly one value. The SIMD stage runs over blocks of whole lines; a
/// block in which it fails is read again line by line, so one bad line costs one fault and nothing after it.
class LineReader {
 public:
  explicit LineReader(const Limits& limits = {});
  ~LineReader();
  LineReader(LineReader&&) noexcept;
  LineReader& operator=(LineReader&&) noexcept;

  /// Gives more of the stream. Call only when `next` has returned false. Whole lines are read in place; what follows
  /// the last newline is kept (a copy) until more comes. `bytes` must stay alive until `next` returns false.
  void feed(std::string_view bytes);
  /// No more is to come: the rest is the last line.
  void finish();
  /// The next line that is not blank; false when all that was fed is used up.
  bool next(Line& line);

  /// Lines seen so far, blank ones included.
  std::uint64_t lines() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The pairs of equal keys in a document that has duplicates, for explaining: (earlier key, later key), each later key
/// with the first of its name, in document order.
struct DuplicateKey {
  NodeIndex first;
  NodeIndex again;
};
std::vector<DuplicateKey> duplicate_keys(const Document& document);

}  // namespace bearproof::json
