#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <filesystem>
#include <memory>
#include <mutex>
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
#include "kind_schemas.h"
#include "messages.h"
#include "renderer.h"
#include "retrieval.h"
#include "schema_output.h"
#include "second_engine.h"
#include "statistics.h"
#include "stdin_form.h"

namespace bearproof::cli {
namespace {

constexpr std::size_t portion_size = std::size_t{256} << 10;

/// A place that results go to.
struct Channel {
  std::string name;
  std::string format;
  Output* out = nullptr;
  std::unique_ptr<FileOutput> file;  ///< where `out` is ours
  std::unique_ptr<Renderer> renderer;
};

/// What came of one document, ready to be written when its turn comes.
struct Piece {
  std::vector<std::string> rendered;  ///< by channel
  report::Summary summary;
  Statistics statistics;
  int error = 0;                             ///< an errno: the document could not be read
  std::unique_ptr<collection::Entry> facts;  ///< for the collection
  Baseline found;                            ///< what the new baseline lists of it
};

/// What one thread needs to check documents.
class Worker {
 public:
  Worker(const CheckSettings& settings, const std::vector<Channel>& channels)
      : settings_(settings), channels_(channels) {}

  Piece check_file(const std::string& path) {
    auto file = FileInput::open(path);
    if (!file) return failed(file.error());
    return check_input(*file, file->size_hint(), path);
  }

  Piece check_input(Input& input, std::uint64_t size_hint, const std::string& name) {
    if (const int error = read_all(input, settings_.documents.limits.document, size_hint, text_)) return failed(error);
    return check_text(name);
  }

  Validator& for_lines() { return made(lines_, settings_.lines); }
  std::string& text() { return text_; }

  Piece check_text(const std::string& name) {
    Piece piece;
    if (settings_.collection) piece.facts = std::make_unique<collection::Entry>();
    report::DocumentReport report = made(documents_, settings_.documents).check(name, text_, piece.facts.get());
    if (settings_.baseline) settings_.baseline->settle(report, piece.found);
    piece.summary.count(report);
    piece.statistics.count(report);
    piece.statistics.add_bytes(text_.size());
    for (const Channel& channel : channels_) piece.rendered.push_back(channel.renderer->render(report, {text_, 0}));
    return piece;
  }

 private:
  static Piece failed(int error) {
    Piece piece;
    piece.error = error;
    return piece;
  }

  Validator& made(std::optional<Validator>& validator, const CheckOptions& options) const {
    if (!validator) {
      validator.emplace(options, settings_.second_engine     ? make_second_engine()
                                 : settings_.without_formats ? make_engine_without_formats(options.limits)
                                                             : nullptr);
    }
    return *validator;
  }

  const CheckSettings& settings_;
  const std::vector<Channel>& channels_;
  std::optional<Validator> documents_;
  std::optional<Validator> lines_;
  std::string text_;
};

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
  void check_documents(std::span<const std::string> files);
  void check_in_threads(std::span<const std::string> files, std::size_t jobs);
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
  std::string stdin_name() const { return arguments_.stdin_name.empty() ? "-" : arguments_.stdin_name; }

  const CheckArguments& arguments_;
  const CheckSettings& settings_;
  const GivenSchema& schema_;
  World& world_;
  std::vector<Channel> channels_;
  std::vector<std::string> inputs_;
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
      inputs_.push_back(path);
      continue;
    }
    Found found = find_documents(path, [&](const std::string& name, int error) { system_failed(name, error); });
    if (found.files.empty()) warn(world_, path + ": no *.json, *.ndjson or *.jsonl below this folder");
    for (std::string& file : found.files) inputs_.push_back(std::move(file));
  }
}

bool Check::open_channels() {
  RendererOptions options;
  const auto is_lines = [&](const std::string& input) {
    return is_ndjson_name(input == "-" ? arguments_.stdin_name : input) ||
           (input == "-" && settings_.format == "ndjson");
  };
  bool only_lines = !inputs_.empty();
  for (const std::string& input : inputs_) only_lines = only_lines && is_lines(input);
  const CheckOptions& asked = only_lines ? settings_.lines : settings_.documents;
  if (settings_.collection) collection_.emplace(asked);
  // A hash over the catalogue and all schemas: computed only for reports that name it.
  bool names_ruleset = settings_.format == "json";
  for (const auto& output : settings_.outputs) names_ruleset = names_ruleset || output.first == "json";
  options.report = {asked.mode, asked.level, asked.now, names_ruleset ? contract::ruleset() : std::string_view()};
  options.pretty = arguments_.pretty;
  options.quiet = arguments_.quiet;
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

  options.text.color = arguments_.color == "always";
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
    if (arguments_.statistics) statistics_.count(found.report);
    bool is_told = false;
    for (Channel& channel : channels_) {
      // JSON Schema's own output knows no faults of schemas.
      if (output_form(channel.format)) continue;
      channel.renderer->emit(*channel.out, channel.renderer->render(found.report, found.text));
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
  if (arguments_.statistics) statistics_.add(piece.statistics);
  if (collection_ && piece.facts && piece.facts->size != 0) collection_->add(*piece.facts, name, {}, false);
  for (std::size_t i = 0; i < channels_.size(); ++i) channels_[i].renderer->emit(*channels_[i].out, piece.rendered[i]);
  if (settings_.format == "ndjson" || world_.out_is_terminal) world_.out.flush();
}

void Check::flush() {
  for (Channel& channel : channels_) channel.out->flush();
}

void Check::check_inputs() {
  for (std::size_t i = 0; i < inputs_.size() && !is_abandoned();) {
    if (inputs_[i] == "-") {
      check_stdin();
      ++i;
      continue;
    }
    if (is_ndjson_name(inputs_[i])) {
      auto file = FileInput::open(inputs_[i]);
      if (file) {
        check_lines(*file, inputs_[i], {}, false);
      } else {
        system_failed(inputs_[i], file.error());
      }
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < inputs_.size() && inputs_[end] != "-" && !is_ndjson_name(inputs_[end])) ++end;
    check_documents(std::span(inputs_).subspan(i, end - i));
    i = end;
  }
}

void Check::check_documents(std::span<const std::string> files) {
  // A thread pays for itself from a handful of files on.
  constexpr std::size_t files_per_thread = 8;
  const std::size_t useful = files.size() / files_per_thread + 1;
  const std::size_t jobs = std::min<std::size_t>(settings_.jobs, arguments_.jobs != 0 ? files.size() : useful);
  if (jobs > 1) {
    check_in_threads(files, jobs);
    return;
  }
  for (const std::string& file : files) {
    if (is_abandoned()) return;
    write(file, worker_.check_file(file));
  }
}

/// Threads take files in order and leave their pieces; this thread writes them in order. They run ahead of the writer
/// by a window at most, so memory stays flat.
void Check::check_in_threads(std::span<const std::string> files, std::size_t jobs) {
  const std::size_t window = 8 * jobs;
  std::vector<std::optional<Piece>> pieces(window);
  std::mutex mutex;
  std::condition_variable changed;
  std::size_t next = 0;
  std::size_t written = 0;
  bool stop = false;

  const auto work = [&] {
    Worker worker(settings_, channels_);
    std::unique_lock lock(mutex);
    for (;;) {
      changed.wait(lock, [&] { return stop || next == files.size() || next < written + window; });
      if (stop || next == files.size()) return;
      const std::size_t mine = next++;
      lock.unlock();
      Piece piece;
      try {
        piece = worker.check_file(files[mine]);
      } catch (const std::bad_alloc&) {
        piece.error = ENOMEM;
      }
      lock.lock();
      pieces[mine % window] = std::move(piece);
      changed.notify_all();
    }
  };
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < jobs; ++i) threads.emplace_back(work);
  std::unique_lock lock(mutex);
  while (written < files.size() && !is_abandoned()) {
    std::optional<Piece>& slot = pieces[written % window];
    changed.wait(lock, [&] { return slot.has_value(); });
    const Piece piece = std::move(*slot);
    slot.reset();
    const std::string& file = files[written++];
    changed.notify_all();
    lock.unlock();
    write(file, piece);
    lock.lock();
  }
  stop = true;
  changed.notify_all();
  lock.unlock();
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
  if (settings_.format != "ndjson" || !arguments_.stdin_name.empty()) {
    write(name, worker_.check_input(in, 0, name));
    return;
  }
  std::string beginning;
  std::string portion(portion_size, '\0');
  StdinForm form = StdinForm::undecided;
  bool is_all = false;
  while (form == StdinForm::undecided) {
    const std::ptrdiff_t got = in.read(portion.data(), portion.size());
    if (got < 0) {
      system_failed(name, errno);
      return;
    }
    is_all = got == 0;
    beginning.append(portion, 0, static_cast<std::size_t>(got));
    form = form_of(beginning, is_all, settings_.lines.limits);
  }
  if (form == StdinForm::lines) {
    check_lines(in, name, beginning, is_all);
    return;
  }
  const std::uint64_t most = settings_.documents.limits.document + 1;
  while (!is_all && beginning.size() < most) {
    const std::ptrdiff_t got = in.read(portion.data(), portion.size());
    if (got < 0) {
      system_failed(name, errno);
      return;
    }
    is_all = got == 0;
    beginning.append(portion, 0, static_cast<std::size_t>(got));
  }
  worker_.text() = std::move(beginning);
  write(name, worker_.check_text(name));
}

void Check::check_lines(Input& input, const std::string& name, std::string_view beginning, bool is_all) {
  bool every = false;
  for (const Channel& channel : channels_) every = every || channel.renderer->wants_every_line();
  report::Summary known;  // findings that are left out of the count again
  Validator::Lines* reading = nullptr;
  Validator::Lines lines(worker_.for_lines(), name, every, [&](report::DocumentReport&& report) {
    if (is_abandoned()) return;
    if (settings_.baseline) known.add(settings_.baseline->settle(report, found_));
    if (arguments_.statistics) statistics_.count(report);
    for (Channel& channel : channels_) {
      channel.renderer->emit(*channel.out, channel.renderer->render(report, reading->text()));
    }
  });
  reading = &lines;
  if (collection_) lines.collect(*collection_);
  if (!beginning.empty()) {
    lines.push(beginning);
    flush();
  }
  statistics_.add_bytes(beginning.size());
  std::string& portion = worker_.text();
  while (!is_all && !is_abandoned()) {
    portion.resize(portion_size);
    const std::ptrdiff_t got = input.read(portion.data(), portion.size());
    if (got < 0) {
      system_failed(name, errno);
      break;
    }
    is_all = got == 0;
    statistics_.add_bytes(static_cast<std::uint64_t>(got));
    lines.push(std::string_view(portion).substr(0, static_cast<std::size_t>(got)));
    flush();
  }
  lines.finish();
  report::Summary told = lines.summary();
  for (std::size_t i = 0; i < severity_names.size(); ++i) told.severities[i] -= known.severities[i];
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
  if (arguments_.statistics) statistics_.count(*collected_);
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
  auto file = FileOutput::create(arguments_.baseline);
  int error = file ? 0 : file.error();
  if (file) {
    file->write(found_.text());
    file->flush();
    error = file->failed();
  }
  if (error != 0) system_failed(arguments_.baseline, error);
}

Exit Check::run() {
  const auto start = std::chrono::steady_clock::now();
  find_inputs();
  if (!open_channels()) return Exit::usage;
  for (Channel& channel : channels_) channel.renderer->opening(*channel.out);
  tell_schemas();
  if (arguments_.schema.empty() || schema_.program() != nullptr) {
    check_inputs();
  } else {
    warn(world_, "nothing was checked: the schema cannot be used");
  }
  link();
  close_channels();
  if (arguments_.update_baseline) keep_baseline();
  if (arguments_.statistics) {
    world_.err.write(statistics_.text(summary_, std::chrono::steady_clock::now() - start));
    world_.err.flush();
  }
  return exit_code(summary_, settings_.fail_on, system_failed_);
}

/// Reads the file of --baseline; a new one need not be there. @return what kept it from being read
std::optional<Exit> read_baseline(const CheckArguments& arguments, CheckSettings& settings, World& world) {
  if (arguments.baseline.empty()) return std::nullopt;
  std::error_code no_folder;
  settings.baseline.emplace(std::filesystem::current_path(no_folder).string(), arguments.update_baseline);
  if (arguments.update_baseline) return std::nullopt;
  std::string text;
  auto file = FileInput::open(arguments.baseline);
  const int error = file ? read_all(*file, settings.documents.limits.document, file->size_hint(), text) : file.error();
  if (error != 0) {
    system_error(world, arguments.baseline, error);
    return Exit::system;
  }
  if (const auto taken = settings.baseline->read(text); !taken) {
    return usage_error(world, "check", "--baseline " + arguments.baseline + ": " + taken.error());
  }
  return std::nullopt;
}

}  // namespace

Exit check(const CheckArguments& arguments, World& world) {
  auto settings = understand(arguments, world);
  if (!settings) return usage_error(world, "check", settings.error());
  if (const auto failed = read_baseline(arguments, *settings, world)) return *failed;
  GivenSchema schema;
  if (!arguments.schema.empty()) {
    if (!schema.load(arguments, *settings, world)) return Exit::system;
    settings->documents.schema = settings->lines.schema = schema.program();
  }
  return Check(arguments, *settings, schema, world).run();
}

}  // namespace bearproof::cli
