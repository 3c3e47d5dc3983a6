#include <algorithm>

#include "bearproof/catalogue/rules.h"
#include "bearproof/json/reader.h"

#include "find.h"
#include "reader_impl.h"

namespace bearproof::json {

namespace {

/// Bytes that the SIMD stage looks at in one go; a longer line is read by itself.
constexpr std::size_t block_size = std::size_t{256} * 1024;

bool is_blank(std::string_view line) {
  return std::all_of(line.begin(), line.end(), [](char c) { return c == ' ' || c == '\t' || c == '\r'; });
}

std::string_view without_cr(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace

struct LineReader::Impl {
  explicit Impl(const Limits& given) : reader(given), core(*reader.impl_) {}

  bool next_in_block(Line& line);
  bool start_block();
  bool cut(std::string_view& line, std::uint64_t& length);
  void keep(std::string_view bytes);
  void give(Line& line, std::string_view text, std::uint64_t length);

  Reader reader;
  Reader::Impl& core;
  SimdStage stage;  ///< for blocks: the reader's own is in use while a line is read by itself
  TextFault fault;

  std::string_view rest;           ///< of what was fed
  const char* slow_end = nullptr;  ///< up to here the SIMD stage has failed: read line by line
  std::string kept;                ///< the beginning of a line whose end was not fed yet
  std::uint64_t dropped = 0;       ///< bytes of that line beyond what any line may have, counted but not kept
  std::string handed_out;          ///< the kept line that was handed out last
  bool finished = false;

  std::uint64_t number = 0;  ///< lines begun
  std::uint64_t offset = 0;  ///< of the next line, from the start of the stream

  // Whole lines at the start of `rest` whose tokens are known.
  std::string_view block;
  std::size_t cursor = 0;                   ///< in the block: where the next line starts
  Tokens tokens;                            ///< those not yet used
  const std::uint32_t* walk_end = nullptr;  ///< behind the last of them that is a closing bracket
};

/// Finds the tokens of the next whole lines.
bool LineReader::Impl::start_block() {
  if (!stage.available() || rest.data() < slow_end) return false;
  const std::size_t newline = rest.substr(0, block_size).rfind('\n');
  if (newline == std::string_view::npos) return false;
  block = rest.substr(0, newline + 1);
  if (!stage.run(block, tokens)) {
    slow_end = block.data() + block.size();
    block = {};
    return false;
  }
  rest.remove_prefix(block.size());
  cursor = 0;
  walk_end = tokens.end;
  while (walk_end != tokens.begin && block[walk_end[-1]] != '}' && block[walk_end[-1]] != ']') --walk_end;
  return true;
}

bool LineReader::Impl::next_in_block(Line& line) {
  // White space before the next token: blank lines, and the indentation of the line that it is in.
  const std::size_t token = tokens.begin != tokens.end ? *tokens.begin : block.size();
  for (std::size_t i = cursor; i < token; ++i) {
    if (block[i] != '\n') continue;
    ++number;
    cursor = i + 1;
  }
  if (token == block.size()) {
    offset += block.size();
    block = {};
    return false;
  }
  ++number;
  line.number = number;
  line.offset = offset + cursor;
  line.document = nullptr;
  line.fault = nullptr;
  const char first = block[token];
  if ((first == '{' || first == '[') && tokens.begin < walk_end) {
    core.walker.begin(block.substr(cursor), core.nodes);
    const std::uint32_t* at = tokens.begin;
    const std::uint32_t base = 0u - static_cast<std::uint32_t>(cursor);
    if (core.walker.walk<true>(block, at, walk_end, base) == Walker::Outcome::done) {
      const std::size_t end = core.walker.event();
      const bool is_alone = at == tokens.end || *at > end;
      if (is_alone && block[end] == '\n') {
        const std::string_view text = without_cr(block.substr(cursor, end - cursor));
        const Limits& limits = core.limits;
        if (text.size() <= std::min(limits.line, limits.document) &&
            core.nodes.size() <= most_nodes(text.size(), limits)) [[likely]] {
          line.text = text;
          line.document = core.finish(text, core.walker.has_duplicates());
          tokens.begin = at;
          cursor = end + 1;
          return true;
        }
      }
    }
  }
  const std::size_t end =
      static_cast<std::size_t>(find_byte<'\n'>(block.data() + token, block.data() + block.size()) - block.data());
  while (tokens.begin != tokens.end && *tokens.begin < end) ++tokens.begin;
  const std::string_view text = block.substr(cursor, end - cursor);
  cursor = end + 1;
  give(line, text, text.size());
  return true;
}

/// Reads one line by itself.
/// @param length  how long the line is, of which `text` may be the beginning
void LineReader::Impl::give(Line& line, std::string_view text, std::uint64_t length) {
  length -= text.size();
  text = without_cr(text);
  length += text.size();
  const std::uint64_t most = core.limits.line;
  if (length > most) {
    line.text = text.substr(0, static_cast<std::size_t>(most));
    fault.rule = Rule::limit_line;
    fault.begin = most;
    fault.end = most;
    fault.message = "the line has more than " + std::to_string(most) + (most == 1 ? " byte" : " bytes");
    line.fault = &fault;
    return;
  }
  line.text = text;
  if (line.number != 1 && text.starts_with("\xEF\xBB\xBF")) {
    fault.rule = Rule::parse_text_invalid;
    fault.begin = 0;
    fault.end = 3;
    fault.message = "a byte order mark may stand only at the start of the first line";
    line.fault = &fault;
    return;
  }
  line.document = core.read(text);
  if (line.document == nullptr) line.fault = &core.fault;
}

void LineReader::Impl::keep(std::string_view bytes) {
  // Two bytes more than a line may have are enough to know that it is too long, whether or not a CR ends it.
  const std::uint64_t most = core.limits.line + 2;
  const std::uint64_t room = most > kept.size() ? most - kept.size() : 0;
  const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(room, bytes.size()));
  kept.append(bytes.substr(0, taken));
  dropped += bytes.size() - taken;
}

/// Takes one line out of what was kept and fed; false when its end was not fed yet.
/// @param length  that of the line without its LF, of which `line` is the beginning if it is too long
bool LineReader::Impl::cut(std::string_view& line, std::uint64_t& length) {
  if (rest.empty() && (kept.empty() || !finished)) return false;
  const char* const end = rest.data() + rest.size();
  const char* const newline = find_byte<'\n'>(rest.data(), end);
  const std::string_view head = rest.substr(0, static_cast<std::size_t>(newline - rest.data()));
  if (newline == end) {
    keep(head);
    rest = {};
    if (!finished) return false;
  } else {
    rest.remove_prefix(head.size() + 1);
    if (kept.empty()) {
      line = head;
      length = head.size();
      return true;
    }
    keep(head);
  }
  handed_out.swap(kept);
  kept.clear();
  line = handed_out;
  length = handed_out.size() + dropped;
  dropped = 0;
  return true;
}

LineReader::LineReader(const Limits& limits) : impl_(std::make_unique<Impl>(limits)) {}
LineReader::~LineReader() = default;
LineReader::LineReader(LineReader&&) noexcept = default;
LineReader& LineReader::operator=(LineReader&&) noexcept = default;

void LineReader::feed(std::string_view bytes) {
  impl_->rest = bytes;
  impl_->slow_end = nullptr;
}

void LineReader::finish() { impl_->finished = true; }

bool LineReader::next(Line& line) {
  Impl& my = *impl_;
  for (;;) {
    if (!my.block.empty()) {
      if (my.next_in_block(line)) return true;
      continue;
    }
    // The stream's first line may begin with a byte order mark, which is no business of the SIMD stage.
    if (my.number != 0 && my.kept.empty() && !my.rest.empty() && my.start_block()) continue;
    std::string_view text;
    std::uint64_t length = 0;
    if (!my.cut(text, length)) return false;
    const std::uint64_t offset = my.offset;
    ++my.number;
    my.offset += length + 1;
    std::string_view body = text;
    if (my.number == 1 && body.starts_with("\xEF\xBB\xBF")) body.remove_prefix(3);
    if (is_blank(body)) continue;
    line.number = my.number;
    line.offset = offset;
    line.document = nullptr;
    line.fault = nullptr;
    my.give(line, text, length);
    return true;
  }
}

std::uint64_t LineReader::lines() const { return impl_->number; }

}  // namespace bearproof::json
