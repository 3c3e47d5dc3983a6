#include "arguments.h"

#include <deque>
#include <map>
#include <memory>
#include <span>
#include <string_view>

#include <CLI/CLI.hpp>

#include "bearproof/validator/nearest.h"

#include "check_options.h"
#include "help.h"

namespace bearproof::cli {
namespace {

/// Of commands that look for findings.
constexpr const char* exit_codes =
    "Exit codes: 0 nothing at or above the failing level, 1 findings, 2 wrong usage, 3 something could not be opened, "
    "read or written.";
/// Of all others, where they have none of their own.
constexpr const char* plain_exit_codes =
    "Exit codes: 0, 2 wrong usage, 3 something could not be opened, read or written.";

/// Every command: its CLI11 side, and its arguments once they are read.
struct Commands {
  CLI::App app{"Validates automation receipts and the contracts around them.", "bearproof"};
  CheckArguments check;
  RulesArguments rules;
  ExplainArguments explain;
  KindsArguments kinds;
  SchemaArguments schema;
  LintSchemaArguments lint_schema;
  BowtieArguments bowtie;
  CanonArguments canon;
  DigestArguments digest;
  RevokeArguments revoke;
  HostArguments host;
  NarrateArguments narrate;
  SessionsArguments sessions;
  StoreArguments store;
  GraphArguments graph;
  ReleaseArguments release;
  bool wants_version = false;
  // Where CLI11 keeps what declared options were given; deques, whose elements stay where they are.
  std::deque<bool> flags;
  std::deque<std::string> words;
  std::deque<std::vector<std::string>> lists;
  std::vector<CLI::Option*> declared;  ///< of `check`: one for each row of check_options()
  std::map<const CLI::App*, Arguments (*)(const Commands&)> results;

  explicit Commands(std::size_t width) {
    app.formatter(std::make_shared<Help>(width));
    app.set_help_flag("-h,--help", "Print this help and exit");
    app.add_flag("--version", wants_version, "Print the version, the ruleset and the version of Unicode");
    app.footer("\"bearproof COMMAND --help\" describes a command and its options.");
    app.allow_extras();
    app.prefix_command(false);
    add_check();
    add_rules();
    add_explain();
    add_kinds();
    add_schema();
    add_lint_schema();
    add_canon();
    add_digest();
    add_revoke();
    add_host();
    add_stop_session();
    add_narrate();
    add_sessions();
    add_store();
    add_graph();
    add_release();
    add_bowtie();
  }

  CLI::App* command(const char* name, const char* description, Arguments (*result)(const Commands&)) {
    CLI::App* added = app.add_subcommand(name, description);
    added->set_help_flag("-h,--help", "Print this help and exit");
    added->allow_extras();
    added->footer(plain_exit_codes);
    results[added] = result;
    return added;
  }

  static CLI::Option* one(CLI::App* to, const std::string& names, std::string& value, const std::string& type,
                          const std::string& text) {
    return to->add_option(names, value, text)->type_name(type);
  }
  /// An option that may be given several times, with one value each time.
  static CLI::Option* several(CLI::App* to, const std::string& names, std::vector<std::string>& values,
                              const std::string& type, const std::string& text) {
    return to->add_option(names, values, text)->type_name(type)->allow_extra_args(false)->take_all();
  }

  /// Adds an option for each row. @return them, in the same order
  template <class Settings>
  std::vector<CLI::Option*> add_options(CLI::App* to, std::span<const Option<Settings>> options) {
    std::vector<CLI::Option*> added;
    for (const Option<Settings>& option : options) {
      if (option.value.empty()) {
        added.push_back(to->add_flag(option.names, flags.emplace_back(), option.help));
      } else if (option.repeats) {
        added.push_back(several(to, option.names, lists.emplace_back(), option.value, option.help));
      } else {
        added.push_back(one(to, option.names, words.emplace_back(), option.value, option.help));
      }
      added.back()->group(option.group);
    }
    for (std::size_t i = 0; i < options.size(); ++i) {
      if (!options[i].needs.empty()) added[i]->needs(to->get_option(options[i].needs));
      if (!options[i].excludes.empty()) added[i]->excludes(to->get_option(options[i].excludes));
    }
    return added;
  }

  CheckArguments given_to_check() const {
    CheckArguments arguments = check;
    for (const CLI::Option* option : declared) arguments.given.push_back(option->results());
    return arguments;
  }

  void add_check() {
    CLI::App* to = command("check", "Validate documents, whatever their kind",
                           [](const Commands& commands) -> Arguments { return commands.given_to_check(); });
    to->add_option("PATH", check.paths,
                   "Files, folders (searched for *.json, *.ndjson and *.jsonl), or - for standard input; the current "
                   "folder when none is given")
        ->type_name("");
    declared = add_options(to, check_options());
    to->footer(exit_codes);
  }

  void add_rules() {
    CLI::App* to =
        command("rules", "List the rules", [](const Commands& commands) -> Arguments { return commands.rules; });
    one(to, "--format", rules.format, "FORMAT", "text (default) or json");
  }

  void add_explain() {
    CLI::App* to = command("explain", "Explain a rule: when it is raised, why, and what to do",
                           [](const Commands& commands) -> Arguments { return commands.explain; });
    to->add_option("RULE", explain.rule, "A rule's id, such as browser.owner.missing")->required()->type_name("");
    one(to, "--color", explain.color, "WHEN", "auto (default), always or never");
  }

  void add_kinds() {
    CLI::App* to = command("kinds", "List the kinds of document that are recognised, and their dialects",
                           [](const Commands& commands) -> Arguments { return commands.kinds; });
    one(to, "--format", kinds.format, "FORMAT", "text (default) or json");
  }

  void add_schema() {
    CLI::App* to = command("schema", "Print a kind's JSON Schema",
                           [](const Commands& commands) -> Arguments { return commands.schema; });
    to->add_option("KIND", schema.kind, "A kind, or KIND/DIALECT where it has several")->required()->type_name("");
  }

  void add_lint_schema() {
    CLI::App* to = command("lint-schema", "Check JSON Schemas (draft 2020-12) against their metaschema",
                           [](const Commands& commands) -> Arguments { return commands.lint_schema; });
    to->add_option("FILE", lint_schema.files, "Schemas")->required()->type_name("");
    to->add_flag("--strong", lint_schema.strong, "Flag unknown keywords, and strings and arrays of any length, too");
    several(to, "--schemas", lint_schema.schemas, "DIR",
            "Register every schema below a folder, by $id and by path, for references; may be repeated");
    several(to, "--severity", lint_schema.severities, "RULE=LEVEL",
            "Give a rule another severity, or turn it off; may be repeated");
    one(to, "--fail-on", lint_schema.fail_on, "LEVEL", "Exit with 1 from this severity up: error (default) or warning");
    one(to, "--format", lint_schema.format, "FORMAT",
        "What to print: text (default), json (one report) or ndjson (one line per schema)");
    to->add_flag("--pretty", lint_schema.pretty, "Indent JSON reports");
    one(to, "--color", lint_schema.color, "WHEN", "auto (default), always or never");
    to->footer(exit_codes);
  }

  void add_bowtie() {
    command("bowtie", "Speak the Bowtie harness protocol for JSON Schema draft 2020-12",
            [](const Commands& commands) -> Arguments { return commands.bowtie; });
  }

  void add_canon() {
    CLI::App* to = command("canon", "Print a document in canonical form (RFC 8785)",
                           [](const Commands& commands) -> Arguments { return commands.canon; });
    to->add_option("FILE", canon.file, "A JSON document, or - for standard input")->required()->type_name("");
    to->footer(exit_codes);
  }

  void add_digest() {
    CLI::App* to = command("digest", "Print the SHA-256 of documents in canonical form",
                           [](const Commands& commands) -> Arguments { return commands.digest; });
    to->add_option("FILE", digest.files, "JSON documents, or - for standard input")->required()->type_name("");
    to->footer(exit_codes);
  }

  void add_revoke() {
    CLI::App* to = command("revoke", "Print a receipt of an automation session as revoked",
                           [](const Commands& commands) -> Arguments { return commands.revoke; });
    to->add_option("FILE", revoke.file, "A browser automation receipt, or - for standard input")
        ->required()
        ->type_name("");
    one(to, "--now", revoke.now, "TIME",
        "The instant of the revocation: RFC 3339, or \"system\" for this machine's clock")
        ->required();
    to->add_flag("--event", revoke.event, "Print the provenance event of the revocation instead");
    to->footer(
        "Nothing is stopped, and no file is changed. Only the state and revokedAt differ from the input. Exit codes: "
        "0, 1 there is nothing to revoke, 2 wrong usage, 3 the file could not be opened or read.");
  }

  void add_host() {
    CLI::App* to = command("host", "Serve a browser extension: follow automation receipts, record revocations",
                           [](const Commands& commands) -> Arguments { return commands.host; });
    one(to, "--config", host.config, "FILE",
        "The configuration (default: bearproof/host.json in the folder of configurations, or BearBrowser's places)");
    CLI::Option* install = to->add_flag("--install", host.install, "Register this host with the browsers");
    CLI::Option* uninstall = to->add_flag("--uninstall", host.uninstall, "Undo --install");
    CLI::Option* doctor = to->add_flag("--doctor", host.doctor, "Check the installation, and say what does not work");
    install->excludes(uninstall)->excludes(doctor);
    uninstall->excludes(doctor);
    several(to, "--browser", host.browsers, "NAME",
            "With these: bearbrowser, firefox, librewolf, chromium or chrome (default: those that are found); may be "
            "repeated");
    one(to, "--manifest-dir", host.manifest_dir, "DIR",
        "With these: the folder of a browser's manifests, in place of its own");
    to->footer(
        "Without --install, --uninstall or --doctor it exchanges native messages on standard input and output, as a "
        "browser that started it expects. Exit codes: 0 the connection ended, 1 the input is not a sequence of "
        "messages, or --doctor found something that does not work, 2 wrong usage or a configuration that is refused, "
        "3 something could not be read or written.");
  }

  void add_stop_session() {
    CLI::App* to = command("stop-session", "End the processes of the session whose receipt is on standard input",
                           [](const Commands&) -> Arguments { return StopSessionArguments{}; });
    to->footer(
        "A stop command for \"bearproof host\": ends this user's processes whose environment or command line contains "
        "exactly the id of the receipt or its session, as BearBrowser's wrapper passes them on. Exit codes: 0 such "
        "processes were found and all have ended, 1 none was found or not all have ended, 2 the input is not a "
        "receipt, 3 it could not be read, or this system does not list processes.");
  }

  void add_sessions() {
    CLI::App* to = command("sessions", "List the automation sessions that receipts record, each with its standing",
                           [](const Commands& commands) -> Arguments { return commands.sessions; });
    to->add_option("PATH", sessions.paths, "Files, folders, or - for standard input")->required()->type_name("");
    one(to, "--format", sessions.format, "FORMAT",
        "What to print: table (default), or json (the session view; with --watch one view per line)");
    to->add_flag("--watch", sessions.watch, "Follow the files and folders, and print again whenever something changed");
    one(to, "--now", sessions.now, "TIME",
        "The present for rules about time: RFC 3339, or \"system\" for this machine's clock; without it they don't run "
        "(--watch uses the clock)");
    one(to, "--ttl", sessions.ttl, "MINUTES",
        "How long a session may be active before it needs attention (default: 120)");
    one(to, "--color", sessions.color, "WHEN", "auto (default), always or never");
    to->footer(
        "Exit codes: 0 every session is admitted, 1 one is not, or a document could not be read as one, 2 wrong "
        "usage, 3 something could not be opened, read or written.");
  }

  void add_store() {
    CLI::App* to = command("store", "Verify an append-only NDJSON store of events, or coalesce what it repeats",
                           [](const Commands& commands) -> Arguments { return commands.store; });
    to->add_option_function<std::string>(
          "ACTION",
          [this](const std::string& action) {
            if (action != "verify" && action != "coalesce") {
              throw CLI::ValidationError("store: \"" + action + "\" is not one of verify and coalesce");
            }
            store.action = action == "verify" ? StoreArguments::Action::verify : StoreArguments::Action::coalesce;
          },
          "verify, or coalesce: group repeated events with count, first_seen, last_seen and samples")
        ->required()
        ->type_name("");
    to->add_option("FILE", store.file, "The store: one event a line")->required()->type_name("");
    to->add_flag("--fail-empty", store.fail_empty, "An empty store is an error");
    one(to, "--previous", store.previous, "DIGEST:BYTES",
        "What verify printed before: the first BYTES bytes must still have that digest");
    one(to, "--format", store.format, "FORMAT", "Of verify: text (default) or json");
    one(to, "--color", store.color, "WHEN", "auto (default), always or never");
    to->footer(exit_codes);
  }

  void add_graph() {
    CLI::App* to = command("graph", "Show services and capabilities as a graph",
                           [](const Commands& commands) -> Arguments { return commands.graph; });
    to->add_option("PATH", graph.paths, "Files, folders, or - for standard input")->required()->type_name("");
    one(to, "--as", graph.as, "FORM", "text (default), json, dot or mermaid");
  }

  void add_release() {
    CLI::App* to = command("release", "Check services against the ten release gates",
                           [](const Commands& commands) -> Arguments { return commands.release; });
    to->add_option("PATH", release.paths, "Files, folders, or - for standard input")->required()->type_name("");
    one(to, "--format", release.format, "FORMAT", "text (default) or json");
    one(to, "--color", release.color, "WHEN", "auto (default), always or never");
    to->footer(exit_codes);
  }

  void add_narrate() {
    CLI::App* to =
        command("narrate", "Explain documents in plain words: what happened, why, what risk remains, what to do",
                [](const Commands& commands) -> Arguments { return commands.narrate; });
    to->add_option("PATH", narrate.paths,
                   "Files, folders (searched for *.json, *.ndjson and *.jsonl), or - for standard input")
        ->required()
        ->type_name("");
    one(to, "--format", narrate.format, "FORMAT", "text (default) or json");
    one(to, "--color", narrate.color, "WHEN", "auto (default), always or never");
  }
};

/// The long names of an app's options: "--level".
std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

UsageError unexpected(const CLI::App& root, const CLI::App* command, const std::string& word) {
  const std::string name = command == nullptr ? "" : command->get_name();
  if (word.size() > 1 && word.front() == '-') {
    const std::vector<std::string> names = option_names(command == nullptr ? root : *command);
    const std::vector<std::string_view> candidates(names.begin(), names.end());
    const std::string given = word.substr(0, word.find('='));
    return {"unknown option " + given + did_you_mean(given, candidates), name};
  }
  if (command != nullptr) return {"unexpected argument \"" + word + "\"", name};
  std::vector<std::string> names;
  for (const CLI::App* known : root.get_subcommands({})) names.push_back(known->get_name());
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  return {"unknown command \"" + word + "\"" + did_you_mean(word, candidates), name};
}

}  // namespace

std::expected<Arguments, UsageError> parse_arguments(int count, const char* const* arguments, std::size_t width) {
  Commands commands(width);
  CLI::App& app = commands.app;
  const auto chosen = [&]() -> const CLI::App* {
    const auto parsed = app.get_subcommands();
    return parsed.empty() ? nullptr : parsed.front();
  };
  try {
    app.parse(count, arguments);
  } catch (const CLI::CallForHelp&) {
    const CLI::App* command = chosen();
    if (command == nullptr) return HelpArguments{app.help()};
    return HelpArguments{command->help()};
  } catch (const CLI::ParseError& error) {
    // An option that does not exist often takes a required argument with it: say what came first.
    if (const auto extras = app.remaining(true); !extras.empty()) {
      return std::unexpected(unexpected(app, chosen(), extras.front()));
    }
    std::string message = error.what();
    while (!message.empty() && (message.back() == '\n' || message.back() == '.')) message.pop_back();
    return std::unexpected(UsageError{message, chosen() == nullptr ? "" : chosen()->get_name()});
  }
  const auto extras = app.remaining(true);
  if (!extras.empty()) return std::unexpected(unexpected(app, chosen(), extras.front()));
  if (commands.wants_version) return VersionArguments{};
  const CLI::App* command = chosen();
  if (command == nullptr) {
    return std::unexpected(UsageError{"no command given; \"bearproof --help\" lists them", ""});
  }
  return commands.results.at(command)(commands);
}

}  // namespace bearproof::cli
