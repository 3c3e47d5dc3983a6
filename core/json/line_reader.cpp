#include <algorithm>
#include <cstring>

#include "bearproof/catalogue/rules.h"
#include "bearproof/json/reader.h"

namespace bearproof::json {

namespace {

bool is_blank(std::string_view line) {
  return std::all_of(line.begin(), line.end(), [](char c) { return c == ' ' || c == '\t' || c == '\r'; });
}

}  // namespace

struct LineReader::Impl {
  explicit Impl(const Limits& given) : reader(given) {}

  /// Takes a line out of `rest`, or out of `kept` and `rest`. False when the rest holds no line end.
  bool cut(std::string_view& line);
  void keep(std::string_view bytes);

  Reader reader;
  std::string_view rest;      ///< of what was fed
  std::string kept;           ///< the beginning of a line whose end was not fed yet
  std::string previous;       ///< the kept line that was handed out last
  std::uint64_t dropped = 0;  ///< bytes of that line beyond what any line may have, not kept
  std::uint64_t number = 0;
  std::uint64_t offset = 0;  ///< of the next line, from the start of the stream
  std::uint64_t length = 0;  ///< of the line cut last, with what was dropped of it, without its LF
  bool finished = false;
  TextFault fault;
};

void LineReader::Impl::keep(std::string_view bytes) {
  // Two bytes more than a line may have are enough to know that it is too long, whether or not a CR ends it.
  const std::uint64_t most = reader.limits().line + 2;
  const std::uint64_t room = most > kept.size() ? most - kept.size() : 0;
  const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(room, bytes.size()));
  kept.append(bytes.substr(0, taken));
  dropped += bytes.size() - taken;
}

bool LineReader::Impl::cut(std::string_view& line) {
  if (rest.empty() && !(finished && (!kept.empty()))) return false;
  const void* const found = rest.empty() ? nullptr : std::memchr(rest.data(), '\n', rest.size());
  std::string_view head = rest;
  if (found != nullptr) {
    head = rest.substr(0, static_cast<std::size_t>(static_cast<const char*>(found) - rest.data()));
    rest.remove_prefix(head.size() + 1);
  } else {
    rest = {};
    keep(head);
    head = {};
    if (!finished) return false;
  }
  if (kept.empty()) {
    line = head;
    length = head.size();
  } else {
    keep(head);
    previous.swap(kept);
    kept.clear();
    line = previous;
    length = previous.size() + dropped;
    dropped = 0;
  }
  return true;
}

LineReader::LineReader(const Limits& limits) : impl_(std::make_unique<Impl>(limits)) {}
LineReader::~LineReader() = default;
LineReader::LineReader(LineReader&&) noexcept = default;
LineReader& LineReader::operator=(LineReader&&) noexcept = default;

void LineReader::feed(std::string_view bytes) { impl_->rest = bytes; }

void LineReader::finish() { impl_->finished = true; }

bool LineReader::next(Line& line) {
  Impl& my = *impl_;
  std::string_view text;
  while (my.cut(text)) {
    const std::uint64_t offset = my.offset;
    ++my.number;
    my.offset += my.length + 1;
    if (text.ends_with('\r')) {
      text.remove_suffix(1);
      --my.length;
    }
    std::string_view body = text;
    if (my.number == 1 && body.starts_with("\xEF\xBB\xBF")) body.remove_prefix(3);
    if (is_blank(body)) continue;
    line.number = my.number;
    line.offset = offset;
    line.text = text;
    line.document = nullptr;
    line.fault = nullptr;
    const Limits& limits = my.reader.limits();
    if (my.length > limits.line) {
      line.text = text.substr(0, static_cast<std::size_t>(limits.line));
      my.fault.rule = Rule::limit_line;
      my.fault.begin = limits.line;
      my.fault.end = limits.line;
      my.fault.message = "the line has more than " + std::to_string(limits.line) + " bytes";
      line.fault = &my.fault;
      return true;
    }
    line.document = my.reader.read(text);
    if (line.document == nullptr) line.fault = &my.reader.fault();
    return true;
  }
  return false;
}

std::uint64_t LineReader::lines() const { return impl_->number; }

}  // namespace bearproof::json
