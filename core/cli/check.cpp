#include <chrono>
#include <filesystem>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "bearproof/contract/contract.h"
#include "bearproof/validator/validator.h"

#include "check_settings.h"
#include "commands.h"
#include "exit_code.h"
#include "files.h"
#include "given_schema.h"
#include "messages.h"
#include "renderer.h"
#include "retrieval.h"
#include "schema_output.h"
#include "statistics.h"
#include "stdin_form.h"
#include "worker.h"

namespace bearproof::cli {
namespace {

class Check {
 public:
  Check(const CheckArguments& arguments, const CheckSettings& settings, const GivenSchema& schema, World& world)
      : arguments_(arguments), settings_(settings), schema_(schema), world_(world), worker_(settings, channels_) {}

  Exit run();

 private:
  void find_inputs();
  bool open_channels();
  std::unique_ptr<Renderer> renderer_of(std::string_view format, const RendererOptions& options) const;
  void tell_schemas();
  void check_inputs();
  void check_documents(std::span<const DocumentFile> files);
  void check_stdin();
  void check_lines(Input& input, const std::string& name, std::string_view beginning, bool is_all);
  void write(const std::string& name, const Piece& piece);
  void flush();
  void link();
  void close_channels();
  void keep_baseline();
  void system_failed(const std::string& name, int error) {
    system_error(world_, name, error);
    system_failed_ = true;
  }
  /// Whether nobody reads standard output any more: then nothing more is worth doing.
  bool is_abandoned() const { return world_.out.failed() != 0; }
  std::string stdin_name() const { return settings_.stdin_name.empty() ? "-" : settings_.stdin_name; }

  const CheckArguments& arguments_;
  const CheckSettings& settings_;
  const GivenSchema& schema_;
  World& world_;
  std::vector<Channel> channels_;
  std::vector<DocumentFile> inputs_;
  Worker worker_;
  report::Summary summary_;
  Collected collected_;
  Baseline found_;  ///< what the new baseline lists
  std::optional<Collection> collection_;
  Retrieval texts_;
  Statistics statistics_;
  bool system_failed_ = false;
};

void Check::find_inputs() {
  std::vector<std::string> paths = arguments_.paths;
  if (paths.empty()) paths.emplace_back(".");
  for (const std::string& path : paths) {
    if (path == "-") {
      inputs_.push_back({path});
      continue;
    }
    auto files = find_documents(
        path, [&](const std::string& name, int error) { system_failed(name, error); }, tell_passed_over(world_));
    if (files.empty()) warn(world_, path + ": no *.json, *.ndjson or *.jsonl below this folder");
    inputs_.insert(inputs_.end(), std::move_iterator(files.begin()), std::move_iterator(files.end()));
  }
}

bool Check::open_channels() {
  RendererOptions options;
  const auto is_lines = [&](const std::string& input) {
    return is_ndjson_name(input == "-" ? settings_.stdin_name : input) ||
           (input == "-" && settings_.format == "ndjson");
  };
  bool only_lines = !inputs_.empty();
  for (const DocumentFile& input : inputs_) only_lines = only_lines && is_lines(input.path);
  const CheckOptions& asked = only_lines ? settings_.lines : settings_.documents;
  if (settings_.collection) collection_.emplace(asked);
  // A hash over the catalogue and all schemas: computed only for reports that name it.
  bool names_ruleset = settings_.format == "json";
  for (const auto& output : settings_.outputs) names_ruleset = names_ruleset || output.first == "json";
  options.report = report_options(asked, names_ruleset ? contract::ruleset() : std::string_view());
  options.pretty = settings_.pretty;
  options.quiet = settings_.quiet;
  std::error_code no_folder;
  options.folder = std::filesystem::current_path(no_folder).string();
  options.failing = settings_.fail_on;

  Channel& standard = channels_.emplace_back();
  standard.name = "standard output";
  standard.format = settings_.format;
  standard.out = &world_.out;
  RendererOptions to_terminal = options;
  to_terminal.text = {settings_.color, world_.columns};
  standard.renderer = renderer_of(settings_.format, to_terminal);

  options.text.color = settings_.color_when == "always";
  for (const auto& [format, path] : settings_.outputs) {
    auto file = FileOutput::create(path);
    if (!file) {
      system_error(world_, path, file.error());
      return false;
    }
    Channel& channel = channels_.emplace_back();
    channel.name = path;
    channel.format = format;
    channel.file = std::make_unique<FileOutput>(std::move(*file));
    channel.out = channel.file.get();
    channel.renderer = renderer_of(format, options);
  }
  return true;
}

std::unique_ptr<Renderer> Check::renderer_of(std::string_view format, const RendererOptions& options) const {
  if (const auto form = output_form(format)) {
    return make_schema_renderer(*form, schema_.for_output(), settings_.documents.limits);
  }
  return make_renderer(format, options);
}

/// What is wrong with the schemas that were given comes before anything else.
void Check::tell_schemas() {
  for (const SchemaSet::Found& found : schema_.reports()) {
    summary_.count(found.report);
    if (settings_.statistics) statistics_.count(found.report);
    bool is_told = false;
    for (Channel& channel : channels_) {
      // JSON Schema's own output knows no faults of schemas.
      if (output_form(channel.format)) continue;
      channel.renderer->emit(*channel.out, channel.renderer->render(found.report, {found.text, nullptr}));
      is_told = true;
    }
    if (!is_told) world_.err.write(report::document_text(found.report, found.text, {}));
  }
}

void Check::write(const std::string& name, const Piece& piece) {
  if (piece.error != 0) {
    system_failed(name, piece.error);
    return;
  }
  summary_.add(piece.summary);
  found_.add(piece.found);
  if (settings_.statistics) statistics_.add(piece.statistics);
  if (collection_ && piece.facts) collection_->add(*piece.facts, name, {}, false);
  for (std::size_t i = 0; i < channels_.size(); ++i) channels_[i].renderer->emit(*channels_[i].out, piece.rendered[i]);
  if (settings_.format == "ndjson" || world_.out_is_terminal) world_.out.flush();
}

void Check::flush() {
  for (Channel& channel : channels_) channel.out->flush();
}

void Check::check_inputs() {
  for (std::size_t i = 0; i < inputs_.size() && !is_abandoned();) {
    if (inputs_[i].path == "-") {
      check_stdin();
      ++i;
      continue;
    }
    if (is_ndjson_name(inputs_[i].path)) {
      auto file = FileInput::open(inputs_[i]);
      if (file) {
        check_lines(*file, inputs_[i].path, {}, false);
      } else {
        system_failed(inputs_[i].path, file.error());
      }
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < inputs_.size() && inputs_[end].path != "-" && !is_ndjson_name(inputs_[end].path)) ++end;
    check_documents(std::span(inputs_).subspan(i, end - i));
    i = end;
  }
}

void Check::check_documents(std::span<const DocumentFile> files) {
  // A thread pays for itself from a handful of files on.
  constexpr std::size_t files_per_thread = 8;
  const std::size_t useful = files.size() / files_per_thread + 1;
  const std::size_t jobs = settings_.jobs != 0
                               ? std::min<std::size_t>(settings_.jobs, files.size())
                               : std::min<std::size_t>(std::max(1u, std::thread::hardware_concurrency()), useful);
  const auto give = [&](const std::string& file, const Piece& piece) {
    write(file, piece);
    return !is_abandoned();
  };
  if (jobs > 1) {
    check_in_threads(files, jobs, settings_, channels_, give);
    return;
  }
  for (const DocumentFile& file : files) {
    if (!give(file.path, worker_.check_file(file))) return;
  }
}

void Check::check_stdin() {
  const std::string name = stdin_name();
  // What comes from standard input can be read once: the collection may have to read it again.
  std::optional<Spooled> spooled;
  if (collection_) spooled.emplace(world_.in, texts_.spool(name));
  Input& in = spooled ? static_cast<Input&>(*spooled) : world_.in;
  if (is_ndjson_name(name)) {
    check_lines(in, name, {}, false);
    return;
  }
  if (settings_.format != "ndjson" || !settings_.stdin_name.empty()) {
    write(name, worker_.check_input(in, 0, name));
    return;
  }
  std::string beginning;
  StdinForm form = StdinForm::undecided;
  const int error = for_each_portion(in, [&](std::string_view portion) {
    beginning += portion;
    if (form == StdinForm::undecided) form = form_of(beginning, false, settings_.lines.limits);
    const bool is_too_long = beginning.size() > settings_.documents.limits.document;
    return form == StdinForm::undecided || (form == StdinForm::document && !is_too_long);
  });
  if (error != 0) {
    system_failed(name, error);
    return;
  }
  const bool is_all = form == StdinForm::undecided;
  if (is_all) form = form_of(beginning, true, settings_.lines.limits);
  if (form == StdinForm::lines) {
    check_lines(in, name, beginning, is_all);
    return;
  }
  write(name, worker_.check_text(name, std::move(beginning)));
}

void Check::check_lines(Input& input, const std::string& name, std::string_view beginning, bool is_all) {
  auto which = Validator::Lines::Which::with_findings;
  for (const Channel& channel : channels_) {
    if (channel.renderer->wants_every_line()) which = Validator::Lines::Which::every;
  }
  report::Summary told;
  Validator::Lines lines(worker_.for_lines(), name, which, [&](Checked& checked) {
    report::DocumentReport report = checked.report();
    if (is_abandoned()) return told.count(report);
    if (settings_.baseline) settings_.baseline->settle(report, found_);
    told.count(report);
    if (settings_.statistics) statistics_.count(report);
    for (Channel& channel : channels_) {
      channel.renderer->emit(*channel.out, channel.renderer->render(report, {checked.source_text(), checked.document}));
    }
  });
  if (collection_) lines.collect(*collection_);
  if (!beginning.empty()) {
    lines.push(beginning);
    flush();
  }
  statistics_.add_bytes(beginning.size());
  const int error = is_all ? 0 : for_each_portion(input, [&](std::string_view portion) {
    statistics_.add_bytes(portion.size());
    lines.push(portion);
    flush();
    return !is_abandoned();
  });
  if (error != 0) system_failed(name, error);
  lines.finish();
  told.add(lines.passed_over());
  summary_.add(told);
  for (Channel& channel : channels_) channel.renderer->file(*channel.out, name, told);
  flush();
}

void Check::link() {
  if (!collection_ || is_abandoned()) return;
  if (collection_->index().size() < 2 && !settings_.collection_asked) return;
  collected_ = collection_->link(texts_);
  if (settings_.baseline) settings_.baseline->settle(*collected_, found_);
  summary_.count(*collected_);
  if (settings_.statistics) statistics_.count(*collected_);
}

void Check::close_channels() {
  for (Channel& channel : channels_) {
    channel.renderer->closing(*channel.out, collected_, summary_);
    channel.out->flush();
    // Standard output is looked after by whoever called.
    if (channel.file && channel.file->failed() != 0) system_failed(channel.name, channel.file->failed());
  }
}

void Check::keep_baseline() {
  auto file = FileOutput::create(settings_.baseline_file);
  int error = file ? 0 : file.error();
  if (file) {
    file->write(found_.text());
    file->flush();
    error = file->failed();
  }
  if (error != 0) system_failed(settings_.baseline_file, error);
}

Exit Check::run() {
  const auto start = std::chrono::steady_clock::now();
  find_inputs();
  if (!open_channels()) return Exit::usage;
  for (Channel& channel : channels_) channel.renderer->opening(*channel.out);
  tell_schemas();
  if (settings_.schema.empty() || schema_.program() != nullptr) {
    check_inputs();
  } else {
    warn(world_, "nothing was checked: the schema cannot be used");
  }
  link();
  close_channels();
  if (settings_.update_baseline) keep_baseline();
  if (settings_.statistics) {
    world_.err.write(statistics_.text(summary_, std::chrono::steady_clock::now() - start));
    world_.err.flush();
  }
  return exit_code(summary_, settings_.fail_on, system_failed_);
}

/// Reads the file of --baseline; a new one need not be there. @return what kept it from being read
std::optional<Exit> read_baseline(CheckSettings& settings, World& world) {
  if (settings.baseline_file.empty()) return std::nullopt;
  std::error_code no_folder;
  settings.baseline.emplace(std::filesystem::current_path(no_folder).string(), settings.update_baseline);
  if (settings.update_baseline) return std::nullopt;
  std::string text;
  if (const int error = read_file({settings.baseline_file}, settings.documents.limits.document, text)) {
    system_error(world, settings.baseline_file, error);
    return Exit::system;
  }
  if (const auto taken = settings.baseline->read(text); !taken) {
    return usage_error(world, "check", "--baseline " + settings.baseline_file + ": " + taken.error());
  }
  return std::nullopt;
}

}  // namespace

Exit check(const CheckArguments& arguments, World& world) {
  auto settings = understand(arguments, world);
  if (!settings) return usage_error(world, "check", settings.error());
  if (const auto failed = read_baseline(*settings, world)) return *failed;
  GivenSchema schema;
  if (!settings->schema.empty()) {
    if (!schema.load(*settings, world)) return Exit::system;
    settings->documents.schema = settings->lines.schema = schema.program();
  }
  return Check(arguments, *settings, schema, world).run();
}

}  // namespace bearproof::cli
