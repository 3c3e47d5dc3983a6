#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/json/reader.h"

#include "nodes.h"

namespace bearproof::json {

/// The largest document whatever the limits say: offsets and counts of a node have 32 and 28 bits.
inline constexpr std::uint64_t largest_document = std::uint64_t{1} << 28;

/// How many nodes a document of this size may have before `limit.memory` is raised.
std::uint64_t most_nodes(std::uint64_t text_size, const Limits& limits);

/// The one that names faults: reads a text byte by byte, the same way in every build, and either makes the nodes of it
/// or says what is wrong first and where. Several texts may be read one after another.
class Scanner {
 public:
  explicit Scanner(const Limits& limits) : limits_(limits) {}

  /// @return whether the text is a document; its nodes are then in `nodes`, duplicate keys not yet marked
  bool run(std::string_view text, NodeBuffer& nodes, TextFault& fault);

 private:
  struct Open {
    std::uint32_t node;
    std::uint32_t count;
  };
  enum class After { start, colon, bracket, comma };

  bool document();
  bool value(After after, bool& opened);
  bool key(After after);
  bool string(bool is_key);
  bool escape(std::size_t quote);
  bool number();
  bool literal();
  bool open(Node::Tag tag);
  void close();
  bool add(Node node);

  void skip_space();
  bool at_end() const { return at_ >= text_.size(); }
  char here() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  bool fail(RuleCase rule, std::size_t begin, std::size_t end, std::string message);
  /// "expected …, found …", or that the bytes here are not UTF-8.
  bool unexpected(std::string_view expected);
  bool ill_formed();

  const Limits& limits_;
  std::string_view text_;
  std::size_t at_ = 0;
  NodeBuffer* nodes_ = nullptr;
  TextFault* fault_ = nullptr;
  std::uint64_t most_nodes_ = 0;
  std::vector<Open> open_;
};

}  // namespace bearproof::json
