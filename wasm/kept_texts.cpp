#include "kept_texts.h"

#include <cstdint>

namespace bearproof::wasm {

void KeptTexts::clear() {
  bytes_.clear();
  bytes_.shrink_to_fit();
  sources_.clear();
}

bool KeptTexts::read(const collection::Index& index, collection::DocumentIndex document, std::string& into) {
  // Of sources that begin with this document the last one holds it: the others hold none.
  std::size_t at = sources_.size();
  while (at > 0 && sources_[at - 1].first > document) --at;
  if (at == 0) return false;
  const collection::Record& record = index[document];
  const std::uint64_t begin = sources_[at - 1].begin + record.offset;
  if (begin + record.size > bytes_.size()) return false;
  into.assign(bytes_, static_cast<std::size_t>(begin), record.size);
  return true;
}

}  // namespace bearproof::wasm
