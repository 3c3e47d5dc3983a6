#include "retrieval.h"

namespace bearproof::cli {

std::ptrdiff_t Spooled::read(char* to, std::size_t size) {
  const std::ptrdiff_t got = from_.read(to, size);
  if (got > 0 && to_ != nullptr) {
    const std::size_t written = std::fwrite(to, 1, static_cast<std::size_t>(got), to_);
    if (written != static_cast<std::size_t>(got)) to_ = nullptr;  // the disk is full: ranges will be missing, no more
  }
  return got;
}

std::FILE* Retrieval::spool(const std::string& name) {
  std::FILE* const file = std::tmpfile();
  spools_.push_back({name, OpenFile(file)});
  return file;
}

bool Retrieval::read(const collection::Index& index, collection::DocumentIndex document, std::string& into) {
  const collection::Record& record = index[document];
  const std::string_view source = index.text(record.source);
  std::FILE* file = nullptr;
  for (const Spool& spool : spools_) {
    if (spool.name == source) file = spool.file.get();
  }
  if (file == nullptr) {
    if (open_ == nullptr || open_name_ != source) {
      open_name_ = source;
      open_.reset(std::fopen(open_name_.c_str(), "rbe"));
    }
    file = open_.get();
  }
  into.resize(record.size);
  return file != nullptr && fseeko(file, static_cast<off_t>(record.offset), SEEK_SET) == 0 &&
         std::fread(into.data(), 1, into.size(), file) == into.size();
}

}  // namespace bearproof::cli
