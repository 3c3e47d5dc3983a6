// valijson over the same Document: the second engine. Two engines that agree are worth more than one.
//
// valijson ends at draft 7, so a schema is first rewritten into draft 7 where every keyword in it means the same in
// both drafts, and refused by name where one does not. `format` is left out on both sides of a comparison, patterns run
// on our engine, and a document is shown to valijson only after the reader enforced the limits.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/json/document.h"

namespace bearproof::oracle {

/// Rewrites a draft 2020-12 schema into draft 7, word for word where the words agree.
/// @return the draft 7 schema, or why there is none: the keyword that draft 7 lacks or reads differently
std::expected<std::string, std::string> to_draft7(const json::Document& schema);

/// A failure as valijson tells it.
struct Failure {
  std::string pointer;  ///< JSON Pointer into the document
  std::string message;
};

/// One schema, ready to judge documents. Not for use by several threads at once.
class SecondOpinion {
 public:
  /// @param schema_text  a draft 2020-12 schema
  /// @return the engine, or why draft 7 cannot express the schema
  static std::expected<SecondOpinion, std::string> compile(std::string_view schema_text);

  ~SecondOpinion();
  SecondOpinion(SecondOpinion&&) noexcept;
  SecondOpinion& operator=(SecondOpinion&&) noexcept;

  bool valid(const json::Document& document) const;
  /// Everything valijson has to say; empty for a valid document. Never empty for an invalid one.
  std::vector<Failure> failures(const json::Document& document) const;

 private:
  SecondOpinion();
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bearproof::oracle
