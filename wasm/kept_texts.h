#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/collection/link.h"

namespace bearproof::wasm {

/// The texts of a collection: what JavaScript handed over is gone when they are needed again.
class KeptTexts : public collection::Texts {
 public:
  void clear();
  /// What is kept from now on is another source. @param first  the number that its first document will have
  void begin(collection::DocumentIndex first) { sources_.push_back({first, bytes_.size()}); }
  void keep(std::string_view bytes) { bytes_ += bytes; }
  bool read(const collection::Index& index, collection::DocumentIndex document, std::string& into) override;

 private:
  struct Source {
    collection::DocumentIndex first;
    std::size_t begin;
  };
  std::string bytes_;
  std::vector<Source> sources_;
};

}  // namespace bearproof::wasm
