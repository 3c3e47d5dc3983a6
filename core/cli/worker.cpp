#include "worker.h"

#include <cerrno>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <new>
#include <thread>
#include <utility>

#include "annotating_engine.h"
#include "second_engine.h"

namespace bearproof::cli {
namespace {

Piece failed(int error) {
  Piece piece;
  piece.error = error;
  return piece;
}

}  // namespace

Piece Worker::check_file(const DocumentFile& file) {
  const int error = read_file(file, settings_.documents.limits.document, text_);
  return error != 0 ? failed(error) : check_held(file.path);
}

Piece Worker::check_input(Input& input, std::uint64_t size_hint, const std::string& name) {
  const int error = read_all(input, settings_.documents.limits.document, size_hint, text_);
  return error != 0 ? failed(error) : check_held(name);
}

Piece Worker::check_text(const std::string& name, std::string text) {
  text_ = std::move(text);
  return check_held(name);
}

Piece Worker::check_held(const std::string& name) {
  Piece piece;
  piece.statistics.add_bytes(text_.size());
  made(documents_, settings_.documents).check(name, text_, [&](Checked& checked) {
    if (settings_.collection && checked.document != nullptr) {
      piece.facts = std::make_unique<collection::Entry>();
      piece.facts->read(*checked.document, checked.dialect);
    }
    report::DocumentReport report = checked.report();
    if (settings_.baseline) settings_.baseline->settle(report, piece.found);
    piece.summary.count(report);
    piece.statistics.count(report);
    for (const Channel& channel : channels_) {
      piece.rendered.push_back(channel.renderer->render(report, {checked.source_text(), checked.document}));
    }
  });
  return piece;
}

Validator& Worker::made(std::optional<Validator>& validator, const CheckOptions& options) const {
  if (!validator) {
    validator.emplace(options, settings_.second_engine ? make_second_engine()
                               : settings_.no_assert_format && settings_.schema.empty()
                                   ? make_annotating_engine(options.limits)
                                   : nullptr);
  }
  return *validator;
}

void check_in_threads(std::span<const DocumentFile> files, std::size_t threads, const CheckSettings& settings,
                      const std::vector<Channel>& channels,
                      const std::function<bool(const std::string& file, const Piece& piece)>& give) {
  const std::size_t window = 8 * threads;
  std::vector<std::optional<Piece>> pieces(window);
  std::mutex mutex;
  std::condition_variable changed;
  std::size_t next = 0;
  std::size_t given = 0;
  bool stop = false;

  const auto work = [&] {
    Worker worker(settings, channels);
    std::unique_lock lock(mutex);
    for (;;) {
      changed.wait(lock, [&] { return stop || next == files.size() || next < given + window; });
      if (stop || next == files.size()) return;
      const std::size_t mine = next++;
      lock.unlock();
      Piece piece;
      try {
        piece = worker.check_file(files[mine]);
      } catch (const std::bad_alloc&) {
        piece = failed(ENOMEM);
      }
      lock.lock();
      pieces[mine % window] = std::move(piece);
      changed.notify_all();
    }
  };
  std::vector<std::jthread> running;
  for (std::size_t i = 0; i < threads; ++i) running.emplace_back(work);
  std::unique_lock lock(mutex);
  while (given < files.size() && !stop) {
    std::optional<Piece>& slot = pieces[given % window];
    changed.wait(lock, [&] { return slot.has_value(); });
    const Piece piece = std::move(*slot);
    slot.reset();
    const std::string& file = files[given++].path;
    changed.notify_all();
    lock.unlock();
    const bool goes_on = give(file, piece);
    lock.lock();
    stop = !goes_on;
  }
  stop = true;
  changed.notify_all();
  lock.unlock();
}

}  // namespace bearproof::cli
