#include "help.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "bearproof/report/wrap.h"

#include "table.h"

namespace bearproof::cli {
namespace {

constexpr std::size_t wide_column = 34;
constexpr std::size_t narrow_column = 10;
constexpr std::size_t roomy = 70;  ///< columns from which on explanations stand beside what they explain

std::string usage(const CLI::App& app) {
  std::string line = "Usage: bearproof";
  if (app.get_parent() == nullptr) return line + " COMMAND\n";
  line.append(" ").append(app.get_name()).append(" [options]");
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_positional()) continue;
    const std::string word = option->get_name(true) + (option->get_items_expected_max() > 1 ? "..." : "");
    line += option->get_required() ? " " + word : " [" + word + "]";
  }
  return line + "\n";
}

}  // namespace

Help::Help(std::size_t width) : width_(width) { column_width(width < roomy ? narrow_column : wide_column); }

std::string Help::make_help(const CLI::App* app, std::string, CLI::AppFormatMode) const {
  std::string out = usage(*app) + "\n" + paragraph(app->get_description(), "", width_);
  const auto commands = app->get_subcommands({});
  if (!commands.empty()) {
    out += "\nCommands\n";
    for (const CLI::App* command : commands) out += line_of(command->get_name(), command->get_description());
  }
  std::string arguments;
  std::vector<std::pair<std::string, std::string>> groups;
  for (const CLI::Option* option : app->get_options()) {
    if (option->get_positional()) {
      arguments += make_option(option, true);
      continue;
    }
    const std::string& group = option->get_group();
    auto found = std::find_if(groups.begin(), groups.end(), [&](const auto& known) { return known.first == group; });
    if (found == groups.end()) found = groups.emplace(groups.end(), group, "");
    found->second += make_option(option, false);
  }
  if (!arguments.empty()) out += "\n" + arguments;
  // Help itself, which every command has, comes last.
  std::rotate(groups.begin(), groups.begin() + 1, groups.end());
  for (const auto& [name, lines] : groups) out += "\n" + name + "\n" + lines;
  if (!app->get_footer().empty()) out += "\n" + paragraph(app->get_footer(), "", width_);
  return out;
}

std::string Help::make_option_opts(const CLI::Option* option) const {
  const std::string& value = option->get_type_name();
  return option->get_type_size() == 0 || value.empty() ? std::string() : " " + value;
}

std::string Help::make_option(const CLI::Option* option, bool is_positional) const {
  std::string name = option->get_name(is_positional, true);
  for (std::size_t at = 0; (at = name.find(',', at)) != std::string::npos; at += 2) name.replace(at, 1, ", ");
  return line_of(name + (is_positional ? "" : make_option_opts(option)), option->get_description());
}

/// A term and its explanation.
std::string Help::line_of(const std::string& term, const std::string& text) const {
  const std::string margin(get_column_width(), ' ');
  std::string out = "  " + term;
  if (out.size() + 2 > margin.size()) {
    out += '\n' + margin;
  } else {
    out.resize(margin.size(), ' ');
  }
  report::append_wrapped(out, text, margin.size(), width_);
  return out + '\n';
}

}  // namespace bearproof::cli
