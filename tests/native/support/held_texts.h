// The documents of a collection, held in memory by their number.
#pragma once

#include <string>
#include <vector>

#include "bearproof/collection/link.h"

namespace bearproof::test {

class HeldTexts : public collection::Texts {
 public:
  std::vector<std::string> texts;
  bool read(const collection::Index&, collection::DocumentIndex document, std::string& into) override {
    into = texts[document];
    return true;
  }
};

}  // namespace bearproof::test
