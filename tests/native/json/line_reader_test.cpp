#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "bearproof/catalogue/rules.h"

#include "agreement.h"

namespace bearproof::json {
namespace {

struct Seen {
  std::uint64_t number;
  std::uint64_t offset;
  std::string text;
  std::string what;
  friend bool operator==(const Seen&, const Seen&) = default;
};

void PrintTo(const Seen& seen, std::ostream* out) {
  *out << "line " << seen.number << " at " << seen.offset << " " << testing::PrintToString(seen.text.substr(0, 200))
       << ": " << seen.what.substr(0, 200);
}

struct Result {
  std::vector<Seen> lines;
  std::uint64_t count = 0;
};

/// Feeds the stream in pieces that end at the given offsets.
Result read_lines(std::string_view stream, const std::vector<std::size_t>& cuts = {}, const Limits& limits = {}) {
  LineReader reader(limits);
  Result result;
  Line line;
  std::size_t from = 0;
  const auto feed = [&](std::size_t to) {
    const std::vector<char> piece(stream.begin() + static_cast<std::ptrdiff_t>(from),
                                  stream.begin() + static_cast<std::ptrdiff_t>(to));
    reader.feed(std::string_view(piece.data(), piece.size()));
    from = to;
    while (reader.next(line)) {
      result.lines.push_back(
          {line.number, line.offset, std::string(line.text), description(line.document, line.fault)});
    }
  };
  for (const std::size_t cut : cuts) feed(cut);
  feed(stream.size());
  reader.finish();
  while (reader.next(line)) {
    result.lines.push_back({line.number, line.offset, std::string(line.text), description(line.document, line.fault)});
  }
  EXPECT_FALSE(reader.next(line));
  result.count = reader.lines();
  return result;
}

/// The same by the book: cut at LF, read each line with the scanner.
Result by_the_book(std::string_view stream) {
  const KernelGuard guard;
  select_kernel("scanner");
  Reader reader;
  Result result;
  for (std::size_t at = 0; at < stream.size();) {
    const std::size_t newline = std::min(stream.find('\n', at), stream.size());
    std::string_view text = stream.substr(at, newline - at);
    if (text.ends_with('\r')) text.remove_suffix(1);
    ++result.count;
    std::string_view body = text;
    if (result.count == 1 && body.starts_with("\xEF\xBB\xBF")) body.remove_prefix(3);
    if (body.find_first_not_of(" \t\r") != std::string_view::npos) {
      const Document* const document = reader.read(text);
      result.lines.push_back({result.count, at, std::string(text), description(document, &reader.fault())});
    }
    at = newline + 1;
  }
  return result;
}

void expect_by_the_book(std::string_view stream, const std::vector<std::size_t>& cuts = {}) {
  const Result wanted = by_the_book(stream);
  const KernelGuard guard;
  for (const std::string& kernel : kernels()) {
    select_kernel(kernel);
    const Result found = read_lines(stream, cuts);
    EXPECT_EQ(found.count, wanted.count) << kernel;
    EXPECT_EQ(found.lines.size(), wanted.lines.size()) << kernel;
    for (std::size_t i = 0; i < std::min(found.lines.size(), wanted.lines.size()); ++i) {
      ASSERT_EQ(found.lines[i], wanted.lines[i]) << kernel;
    }
  }
}

/// A first line so that what follows is read in blocks.
const std::string head = "{\"first\":1}\n";

TEST(LineReader, GivesDocumentsWithTheirLineAndOffset) {
  LineReader reader;
  const std::string stream = head + "\n  {\"a\":[1,2]}\r\n[3]\n";
  reader.feed(stream);
  Line line;
  ASSERT_TRUE(reader.next(line));
  EXPECT_EQ(line.number, 1u);
  EXPECT_EQ(line.offset, 0u);
  ASSERT_TRUE(reader.next(line));
  EXPECT_EQ(line.number, 3u);
  EXPECT_EQ(line.offset, head.size() + 1);
  EXPECT_EQ(line.text, "  {\"a\":[1,2]}");
  ASSERT_NE(line.document, nullptr);
  EXPECT_EQ(line.document->text, line.text);
  const Value two = Value(line.document, 4);
  EXPECT_EQ(two.raw(), "2");
  EXPECT_EQ(two.span().begin, 10u);
  ASSERT_TRUE(reader.next(line));
  EXPECT_EQ(line.number, 4u);
  EXPECT_EQ(line.text, "[3]");
  EXPECT_FALSE(reader.next(line));
  reader.finish();
  EXPECT_FALSE(reader.next(line));
  EXPECT_EQ(reader.lines(), 4u);
}

TEST(LineReader, ABadLineCostsOneFaultWhereverItIs) {
  for (const std::string_view bad :
       {"{\"a\":}", "{\"a\":\"x}", "[1,2", "\"\xFF\"", "{\"a\"}", "\\\"", "]", "{\"t\":\"a\tb\"}", "[\"\\x\"]"}) {
    for (int place = 0; place < 4; ++place) {
      std::string stream;
      for (int i = 0; i < 4; ++i)
        stream += (i == place ? std::string(bad) : "{\"i\":" + std::to_string(i) + "}") + "\n";
      const Result result = read_lines(stream);
      ASSERT_EQ(result.lines.size(), 4u) << bad;
      for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(result.lines[static_cast<std::size_t>(i)].what.starts_with("fault"), i == place) << bad << " " << i;
      }
      expect_by_the_book(stream);
    }
  }
}

TEST(LineReader, AValueOverTwoLinesIsTwoFaults) {
  for (const std::string_view stream : {"{\"a\":\n1}\n", "{\"a\":1,\n\"b\":2}\n", "[1,\n2]\n", "{\n}\n", "[\n]\n",
                                        "{\"a\":{\n}}\n", "[[1]\n]\n", "{\"a\":[\"\\n\",\n1]}\n", "{\"a\"\n:1}\n"}) {
    const Result result = read_lines(head + std::string(stream) + "{\"last\":1}\n");
    ASSERT_EQ(result.lines.size(), 4u) << stream;
    EXPECT_TRUE(result.lines[1].what.starts_with("fault")) << stream;
    EXPECT_TRUE(result.lines[2].what.starts_with("fault")) << stream;
    EXPECT_FALSE(result.lines[3].what.starts_with("fault")) << stream;
    expect_by_the_book(head + std::string(stream) + "{\"last\":1}\n");
  }
}

TEST(LineReader, TwoValuesOnALineAreTrailingText) {
  for (const std::string_view text : {"{\"a\":1} {\"b\":2}", "{}{}", "[1]\\", "{} ,", "{}\"\\n\"", "1 2"}) {
    LineReader reader;
    const std::string stream = head + std::string(text) + "\n[5]\n";
    reader.feed(stream);
    Line line;
    ASSERT_TRUE(reader.next(line));
    ASSERT_TRUE(reader.next(line));
    ASSERT_EQ(line.document, nullptr) << text;
    EXPECT_EQ(line.fault->rule, Rule::parse_text_trailing) << text;
    EXPECT_EQ(line.fault->end, text.size());
    ASSERT_TRUE(reader.next(line));
    EXPECT_NE(line.document, nullptr) << text;
  }
}

TEST(LineReader, ScalarsAreDocumentsToo) { expect_by_the_book(head + "1\n\"two\"\nnull\ntrue\n-0.5e1\nnul\n"); }

TEST(LineReader, BlankLinesAreCountedAndSkipped) {
  expect_by_the_book("\n\n" + head + "\r\n \t\n[1]\n\n\r\n  \r\n{}\n\n\n");
  expect_by_the_book(head + "\n\n\n");
  expect_by_the_book("");
  expect_by_the_book("\n");
  expect_by_the_book("  ");
}

TEST(LineReader, ByteOrderMarkAtTheStartOfTheStreamAlone) {
  const std::string mark = "\xEF\xBB\xBF";
  const Result result = read_lines(mark + "{}\n[]\n");
  ASSERT_EQ(result.lines.size(), 2u);
  EXPECT_TRUE(result.lines[0].what.starts_with("BOM ")) << result.lines[0].what;
  EXPECT_EQ(result.lines[0].text, mark + "{}");
  EXPECT_FALSE(result.lines[1].what.starts_with("BOM "));
  EXPECT_TRUE(read_lines(mark).lines.empty());
  EXPECT_TRUE(read_lines(mark + "\n\n").lines.empty());
  expect_by_the_book(mark + "{\"a\":1}\r\n{\"b\":2}");
  for (std::size_t cut = 0; cut < 8; ++cut) expect_by_the_book(mark + "{}\n[]\n", {cut});
}

TEST(LineReader, ByteOrderMarkLaterIsNoPartOfALine) {
  const Result result = read_lines(head + "\xEF\xBB\xBF{}\n[]\n");
  ASSERT_EQ(result.lines.size(), 3u);
  EXPECT_TRUE(result.lines[1].what.starts_with("fault")) << result.lines[1].what;
  EXPECT_FALSE(result.lines[2].what.starts_with("fault"));
}

TEST(LineReader, TheLastLineNeedsNoLineEnd) {
  expect_by_the_book(head + "{\"a\":1}\n{\"b\":2}");
  expect_by_the_book(head + "{\"a\":1}\n{\"b\":");
  expect_by_the_book(head + "{\"a\":1}\n  ");
  expect_by_the_book("{\"a\":1}");
}

TEST(LineReader, EveryCutGivesTheSame) {
  const std::string stream =
      "{\"a\":\"\xE2\x82\xAC\"}\r\n\r\n{\"b\":[1,2,3]}\n[\"\\u20ac\"]\r\n{bad}\n{\"c\":\"\xF0\x9F\x98\x80\"} 1\n\n[]";
  const Result wanted = by_the_book(stream);
  for (std::size_t first = 0; first <= stream.size(); ++first) {
    for (std::size_t second = first; second <= stream.size(); ++second) {
      const Result found = read_lines(stream, {first, second});
      ASSERT_EQ(found.lines, wanted.lines) << first << " " << second;
      ASSERT_EQ(found.count, wanted.count);
    }
  }
}

TEST(LineReader, ALineLongerThanABlock) {
  const std::string longer = "{\"long\":\"" + std::string(700'000, 'x') + "\",\"n\":[" + [] {
    std::string items = "0";
    for (int i = 0; i < 100'000; ++i) items += ",1";
    return items;
  }() + "]}";
  const std::string stream = head + "{\"a\":1}\n" + longer + "\n{\"b\":2}\n" + longer + "x\n[3]\n" + longer;
  const Result result = read_lines(stream);
  ASSERT_EQ(result.lines.size(), 7u);
  EXPECT_FALSE(result.lines[2].what.starts_with("fault"));
  EXPECT_TRUE(result.lines[4].what.starts_with("fault"));
  EXPECT_FALSE(result.lines[6].what.starts_with("fault"));
  expect_by_the_book(stream);
  expect_by_the_book(stream, {100, 500'000, 900'000, 900'001});
}

TEST(LineReader, ManyBlocks) {
  std::string stream;
  for (int i = 0; i < 30'000; ++i) {
    stream +=
        "{\"i\":" + std::to_string(i) + ",\"text\":\"" + std::string(static_cast<std::size_t>(i % 57), 'y') + "\"}\n";
  }
  expect_by_the_book(stream);
  expect_by_the_book(stream, {1, 70'000, 70'001, 600'000});
  stream.insert(stream.size() / 2, "\xFF");
  expect_by_the_book(stream);
}

TEST(LineReader, LimitOfALine) {
  Limits limits;
  limits.line = 10;
  const auto faults = [&](std::string_view stream, const std::vector<std::size_t>& cuts) {
    std::string seen;
    for (const Seen& line : read_lines(stream, cuts, limits).lines) {
      seen += line.what.starts_with("fault") ? 'x' : '.';
      EXPECT_LE(line.text.size(), 10u);
    }
    return seen;
  };
  // ten bytes, eleven bytes, ten and CRLF, eleven and CRLF, far too long, and a short one after it
  const std::string stream =
      "[12345678]\n[123456789]\n[12345678]\r\n[123456789]\r\n[" + std::string(100, '1') + "]\n[1]\n[123456789]";
  EXPECT_EQ(faults(stream, {}), ".x.xx.x");
  for (std::size_t cut = 0; cut <= stream.size(); ++cut) {
    EXPECT_EQ(faults(stream, {cut}), ".x.xx.x") << cut;
    const std::size_t again = std::min(cut + 5, stream.size());
    EXPECT_EQ(faults(stream, {cut, again}), ".x.xx.x") << cut;
  }
  LineReader reader(limits);
  reader.feed(stream);
  Line line;
  ASSERT_TRUE(reader.next(line));
  ASSERT_TRUE(reader.next(line));
  ASSERT_NE(line.fault, nullptr);
  EXPECT_EQ(line.fault->rule, Rule::limit_line);
  EXPECT_EQ(line.fault->begin, 10u);
  EXPECT_EQ(line.fault->message, "the line has more than 10 bytes");
}

TEST(LineReader, ALineBeyondItsLimitIsNotKept) {
  Limits limits;
  limits.line = 1000;
  LineReader reader(limits);
  Line line;
  reader.feed("[");
  EXPECT_FALSE(reader.next(line));
  const std::string piece(100'000, '1');
  for (int i = 0; i < 100; ++i) {
    reader.feed(piece);
    EXPECT_FALSE(reader.next(line));
  }
  reader.feed("]\n[7]\n");
  ASSERT_TRUE(reader.next(line));
  ASSERT_NE(line.fault, nullptr);
  EXPECT_EQ(line.fault->rule, Rule::limit_line);
  EXPECT_EQ(line.text.size(), 1000u);
  ASSERT_TRUE(reader.next(line));
  EXPECT_EQ(line.offset, 10'000'003u);
  EXPECT_NE(line.document, nullptr);
}

TEST(LineReader, LimitOfADocumentHoldsForALine) {
  Limits limits;
  limits.document = 8;
  const Result result = read_lines("[1]\n[1,2,3]\n[1,2,34]\n[1,2,345]\n[1]\n", {}, limits);
  ASSERT_EQ(result.lines.size(), 5u);
  EXPECT_FALSE(result.lines[2].what.starts_with("fault"));
  EXPECT_TRUE(result.lines[3].what.starts_with("fault"));
  EXPECT_FALSE(result.lines[4].what.starts_with("fault"));
}

TEST(LineReader, RandomStreamsCutAtRandom) {
  Random random(6);
  for (int round = 0; round < 200; ++round) {
    std::string stream;
    for (std::size_t lines = random.below(30); lines > 0; --lines) {
      std::string text;
      append_random_value(text, random, 4);
      if (random.below(3) == 0) text = mutated(text, random);
      if (random.below(8) == 0) text = " \t ";
      if (random.below(6) != 0) std::replace(text.begin(), text.end(), '\n', ' ');
      stream += text;
      stream += random.below(4) == 0 ? "\r\n" : "\n";
    }
    if (random.below(3) == 0 && !stream.empty()) stream.pop_back();
    std::vector<std::size_t> cuts;
    for (std::size_t count = random.below(4); count > 0; --count) cuts.push_back(random.below(stream.size() + 1));
    std::sort(cuts.begin(), cuts.end());
    expect_by_the_book(stream, cuts);
    if (HasFailure()) {
      ADD_FAILURE() << testing::PrintToString(stream);
      return;
    }
  }
}

TEST(LineReader, LinesThatNeverCloseCostNoMoreThanTheirLength) {
  // Were a walk not stopped at its line's end, each of these lines would be followed through hundreds of others.
  for (const std::string_view line : {"[\n", "[[1],\n", "{\"a\":[\n", "[1,\n", "{\"a\":{\"b\":1},\n"}) {
    std::string stream = head;
    while (stream.size() < 600'000) stream += line;
    LineReader reader;
    reader.feed(stream);
    std::uint64_t faults = 0;
    for (Line given; reader.next(given);) faults += given.fault != nullptr ? 1u : 0u;
    EXPECT_EQ(faults, (stream.size() - head.size()) / line.size());
  }
}

}  // namespace
}  // namespace bearproof::json
