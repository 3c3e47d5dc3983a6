// The documents that bear on sessions: their facts for cross-document rules, and their texts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bearproof/collection/index.h"
#include "bearproof/collection/link.h"
#include "bearproof/session/session.h"
#include "bearproof/validator/validator.h"

namespace bearproof::session {

class Documents : public collection::Texts {
 public:
  /// @param checked  could be read
  collection::DocumentIndex add(const Checked& checked);

  collection::Index& index() { return index_; }
  const collection::Index& index() const { return index_; }
  const collection::Record& facts_of(collection::DocumentIndex document) const { return index_[document]; }
  const std::string& text_of(collection::DocumentIndex document) const { return texts_[document]; }
  At at(collection::DocumentIndex document) const;

  bool read(const collection::Index&, collection::DocumentIndex document, std::string& into) override;

 private:
  collection::Index index_;
  collection::Entry facts_;
  std::vector<std::string> texts_;
};

}  // namespace bearproof::session
