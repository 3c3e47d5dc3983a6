#include "bearproof/json/reader.h"

#include <algorithm>

#include "bearproof/catalogue/rules.h"
#include "bearproof/json/kernel.h"

#include "reader_impl.h"

namespace bearproof::json {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Bytes that the SIMD stage looks at in one go: its token positions (four bytes each, one for each byte of text at
/// worst) and the nodes made of them then stay small and near, however large the document.
constexpr std::size_t slice_size = std::size_t{256} * 1024;
/// A slice ends behind a comma. So many are tried, from the last backwards, until one is not within a string.
constexpr int cuts_tried = 8;

Limits capped(Limits limits) {
  limits.nesting = std::min(limits.nesting, deepest_nesting);
  limits.document = std::min(limits.document, largest_document);
  limits.line = std::min(limits.line, largest_document);
  return limits;
}

bool closes(char c) { return c == '}' || c == ']'; }

}  // namespace

Reader::Impl::Impl(const Limits& given) : limits(capped(given)), scanner(limits), walker(limits) {}

Reader::Impl::Fast Reader::Impl::read_fast(std::string_view text) {
  if (!stage.available()) return Fast::unable;
  if (text.size() > limits.document) return Fast::refused;
  std::size_t start = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  walker.begin(text, nodes);
  for (bool first = true;; first = false) {
    Tokens tokens;
    std::string_view slice = text.substr(start);
    const bool is_last = slice.size() <= slice_size;
    if (is_last) {
      if (!stage.run(slice, tokens)) return Fast::refused;
      if (first && text[start + *tokens.begin] != '{' && text[start + *tokens.begin] != '[') return Fast::unable;
      if (!closes(slice[tokens.end[-1]])) return Fast::refused;
    } else {
      std::size_t cut = slice_size;
      for (int tried = 0;; ++tried) {
        // rfind gives npos, and npos + 1 is 0, where there is no comma.
        cut = tried < cuts_tried ? slice.rfind(',', cut - 1) + 1 : 0;
        if (cut < 2) return Fast::unable;
        if (stage.run(slice.substr(0, cut), tokens) && tokens.end[-1] == cut - 1) break;
        --cut;
      }
      if (first && slice[*tokens.begin] != '{' && slice[*tokens.begin] != '[') return Fast::unable;
      slice = slice.substr(0, cut);
    }
    const std::uint32_t* at = tokens.begin;
    const Walker::Outcome outcome = walker.walk<false>(slice, at, tokens.end, static_cast<std::uint32_t>(start));
    if (outcome == Walker::Outcome::refused) return Fast::refused;
    if (outcome == Walker::Outcome::done) return at == tokens.end && is_last ? Fast::done : Fast::refused;
    start += slice.size();
  }
}

const Document* Reader::Impl::finish(std::string_view text, bool has_duplicates) {
  document.text = text;
  document.nodes = nodes.data();
  document.size = nodes.size();
  document.has_bom = text.starts_with(byte_order_mark);
  document.has_duplicates = has_duplicates;
  return &document;
}

const Document* Reader::Impl::read_slowly(std::string_view text, bool refused) {
  if (!scanner.run(text, nodes, fault)) return nullptr;
  if (refused) {
    fault.rule = Rule::engine_failed;
    fault.begin = 0;
    fault.end = text.size();
    fault.message = "the fast reader refused a text in which the scanner finds no fault";
    return nullptr;
  }
  finish(text, false);
  document.has_duplicates = duplicates.mark(document, nodes.data());
  return &document;
}

const Document* Reader::Impl::read(std::string_view text) {
  const Fast fast = read_fast(text);
  if (fast == Fast::done) return finish(text, walker.has_duplicates());
  return read_slowly(text, fast == Fast::refused);
}

Reader::Reader(const Limits& limits) : impl_(std::make_unique<Impl>(limits)) {}
Reader::~Reader() = default;
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;

const Document* Reader::read(std::string_view text) { return impl_->read(text); }

const TextFault& Reader::fault() const { return impl_->fault; }

const Limits& Reader::limits() const { return impl_->limits; }

std::vector<std::string> kernels() { return simd::kernels(); }

bool select_kernel(std::string_view name) { return simd::select(name); }

}  // namespace bearproof::json
