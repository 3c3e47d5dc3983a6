#include "stdin_form.h"

#include <optional>

#include "bearproof/json/reader.h"

namespace bearproof::cli {
namespace {

constexpr std::string_view space = " \t\r";

/// Takes the first line that is not blank off `rest`; nothing where its end has not come.
std::optional<std::string_view> take_line(std::string_view& rest, bool is_all) {
  for (;;) {
    const std::size_t newline = rest.find('\n');
    if (newline == std::string_view::npos && !is_all) return std::nullopt;
    std::string_view line = rest.substr(0, newline);
    rest.remove_prefix(newline == std::string_view::npos ? rest.size() : newline + 1);
    const std::size_t first = line.find_first_not_of(space);
    if (first != std::string_view::npos) return line.substr(first, line.find_last_not_of(space) - first + 1);
    if (rest.empty()) return is_all ? std::optional(std::string_view()) : std::nullopt;
  }
}

}  // namespace

StdinForm form_of(std::string_view beginning, bool is_all, const Limits& limits) {
  std::string_view rest = beginning;
  const auto first = take_line(rest, is_all);
  if (!first) return beginning.size() > limits.line ? StdinForm::lines : StdinForm::undecided;
  if (first->empty()) return StdinForm::lines;  // nothing came: no documents
  json::Reader reader(limits);
  if (reader.read(*first) != nullptr) return StdinForm::lines;
  const bool leaves_open = reader.fault().begin >= first->size();
  if (!leaves_open) return StdinForm::lines;
  if (*first == "[") return StdinForm::document;
  const auto second = take_line(rest, is_all);
  if (!second) return beginning.size() > limits.line ? StdinForm::lines : StdinForm::undecided;
  const json::Document* document = second->empty() ? nullptr : reader.read(*second);
  const bool is_record = document != nullptr && (document->root().is_object() || document->root().is_array());
  return is_record ? StdinForm::lines : StdinForm::document;
}

}  // namespace bearproof::cli
