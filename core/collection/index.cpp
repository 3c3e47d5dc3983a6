#include "bearproof/collection/index.h"

#include <cstring>

namespace bearproof::collection {
namespace {

constexpr std::size_t text_block = 64 << 10;

}  // namespace

Strings::Strings() {
  strings_.push_back({"", 0, 0});
  table_.resize(256);
#define WORD(word) add(#word);
#include "bearproof/collection/words.def"
#undef WORD
}

std::size_t Strings::slot_of(std::string_view text, std::uint32_t hash) const {
  const std::size_t mask = table_.size() - 1;
  for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
    const StringId id = table_[slot];
    if (id == 0 || (strings_[id].hash == hash && json::equal((*this)[id], text))) return slot;
  }
}

void Strings::grow() {
  table_.assign(table_.size() * 2, 0);
  const std::size_t mask = table_.size() - 1;
  for (StringId id = 1; id < strings_.size(); ++id) {
    std::size_t slot = strings_[id].hash & mask;
    while (table_[slot] != 0) slot = (slot + 1) & mask;
    table_[slot] = id;
  }
}

StringId Strings::find(std::string_view text) const { return text.empty() ? 0 : table_[slot_of(text, hash_of(text))]; }

StringId Strings::add(std::string_view text) {
  if (text.empty()) return 0;
  const std::uint32_t hash = hash_of(text);
  std::size_t slot = slot_of(text, hash);
  if (table_[slot] != 0) return table_[slot];
  if (strings_.size() * 2 > table_.size()) {
    grow();
    slot = slot_of(text, hash);
  }
  char* at = nullptr;
  if (text.size() > text_block / 4) {  // a block of its own, before the one that is being filled
    blocks_.insert(blocks_.empty() ? blocks_.end() : blocks_.end() - 1, std::make_unique<char[]>(text.size()));
    at = blocks_.size() == 1 ? blocks_[0].get() : blocks_[blocks_.size() - 2].get();
  } else {
    if (text.size() > free_) {
      blocks_.push_back(std::make_unique<char[]>(text_block));
      free_ = text_block;
    }
    at = blocks_.back().get() + (text_block - free_);
    free_ -= text.size();
  }
  std::memcpy(at, text.data(), text.size());
  const auto id = static_cast<StringId>(strings_.size());
  strings_.push_back({at, static_cast<std::uint32_t>(text.size()), hash});
  table_[slot] = id;
  return id;
}

Index::Index() = default;

void Index::add(const Entry& entry, std::string_view source, const json::Position& origin, bool is_line) {
  if (size_ % block_size == 0) blocks_.push_back(std::make_unique<Record[]>(block_size));
  Record& record = blocks_.back()[size_ % block_size];
  ++size_;
  record.source = strings_.add(source);
  record.offset = origin.offset;
  record.utf16 = origin.utf16;
  record.line = static_cast<std::uint32_t>(origin.line);
  record.size = static_cast<std::uint32_t>(entry.size);
  record.hash = entry.hash;
  record.planes = entry.planes;
  record.dialect = entry.dialect;
  record.is_line = is_line;
  record.times = entry.times;
  for (std::size_t i = 0; i < slot_count; ++i) record.slots[i] = strings_.add(entry.slots[i]);
  record.references = static_cast<std::uint32_t>(references_.size());
  for (std::size_t i = 0; i < entry.reference_count; ++i) references_.push_back(strings_.add(entry.references[i]));
}

Index::References Index::references(DocumentIndex document) const {
  const std::size_t begin = (*this)[document].references;
  const std::size_t end = document + 1 < size_ ? (*this)[document + 1].references : references_.size();
  return {references_.data() + begin, references_.data() + end};
}

Groups::Groups(const Index& index, Fact fact, bool (*takes)(const Record&)) {
  // Counted, then placed: no comparison, no hashing.
  starts_.resize(std::size_t{index.strings().size()} + 1);
  for (DocumentIndex i = 0; i < index.size(); ++i) {
    if (takes(index[i]) && index[i][fact] != 0) ++starts_[index[i][fact] + 1];
  }
  for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
  documents_.resize(starts_.back());
  std::vector<std::uint32_t> next(starts_.begin(), starts_.end() - 1);
  for (DocumentIndex i = 0; i < index.size(); ++i) {
    if (takes(index[i]) && index[i][fact] != 0) documents_[next[index[i][fact]]++] = i;
  }
}

}  // namespace bearproof::collection
