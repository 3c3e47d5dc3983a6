#pragma once

#include "bearproof/json/reader.h"

#include "duplicates.h"
#include "nodes.h"
#include "scanner.h"
#include "simd.h"
#include "walker.h"

namespace bearproof::json {

/// What a Reader is made of; LineReader drives the same parts over blocks of lines.
struct Reader::Impl {
  explicit Impl(const Limits& given);

  /// Reads with the SIMD stage if that can be.
  const Document* read(std::string_view text);
  /// Reads with the scanner.
  /// @param refused  the walker has refused the text: then the scanner must find out why
  const Document* read_slowly(std::string_view text, bool refused);
  const Document* finish(std::string_view text, bool has_duplicates);

  enum class Fast { done, refused, unable };
  Fast read_fast(std::string_view text);

  Limits limits;
  Scanner scanner;
  SimdStage stage;
  Walker walker;
  NodeBuffer nodes;
  DuplicateFinder duplicates;
  Document document;
  TextFault fault;
};

}  // namespace bearproof::json
