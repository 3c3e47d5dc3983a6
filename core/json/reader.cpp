#include "bearproof/json/reader.h"

#include "duplicates.h"
#include "nodes.h"
#include "scanner.h"

namespace bearproof::json {

struct Reader::Impl {
  explicit Impl(const Limits& given) : limits(given), scanner(limits) {}

  Limits limits;
  Scanner scanner;
  NodeBuffer nodes;
  DuplicateFinder duplicates;
  Document document;
  TextFault fault;
};

Reader::Reader(const Limits& limits) : impl_(std::make_unique<Impl>(limits)) {}
Reader::~Reader() = default;
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;

const Document* Reader::read(std::string_view text) {
  Impl& my = *impl_;
  if (!my.scanner.run(text, my.nodes, my.fault)) return nullptr;
  my.document.text = text;
  my.document.nodes = my.nodes.data();
  my.document.size = my.nodes.size();
  my.document.has_bom = text.starts_with("\xEF\xBB\xBF");
  my.document.has_duplicates = my.duplicates.mark(my.document, my.nodes.data());
  return &my.document;
}

const TextFault& Reader::fault() const { return impl_->fault; }

const Limits& Reader::limits() const { return impl_->limits; }

}  // namespace bearproof::json
