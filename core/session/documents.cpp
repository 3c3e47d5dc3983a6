#include "documents.h"

namespace bearproof::session {

collection::DocumentIndex Documents::add(const Checked& checked) {
  const collection::DocumentIndex document = index_.size();
  facts_.read(*checked.document, checked.dialect);
  index_.add(facts_, checked.source, checked.origin, checked.line.has_value());
  texts_.emplace_back(checked.text);
  return document;
}

At Documents::at(collection::DocumentIndex document) const {
  const collection::Record& record = index_[document];
  return {std::string(index_.text(record.source)), record.is_line ? record.line : 0};
}

bool Documents::read(const collection::Index&, collection::DocumentIndex document, std::string& into) {
  into = texts_[document];
  return true;
}

}  // namespace bearproof::session
