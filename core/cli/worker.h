// One document after another, checked and rendered: by the thread that asks, or by several.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "bearproof/cli/cli.h"
#include "bearproof/validator/validator.h"

#include "check_settings.h"
#include "files.h"
#include "renderer.h"
#include "statistics.h"

namespace bearproof::cli {

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
  std::vector<Rendered> rendered;  ///< by channel
  report::Summary summary;
  Statistics statistics;
  int error = 0;                             ///< an errno: the document could not be read
  std::unique_ptr<collection::Entry> facts;  ///< for the collection; nullptr: nothing for it
  Baseline found;                            ///< what the new baseline lists of it
};

/// What one thread needs to check documents.
class Worker {
 public:
  /// Both must outlive it.
  Worker(const CheckSettings& settings, const std::vector<Channel>& channels)
      : settings_(settings), channels_(channels) {}

  Piece check_file(const DocumentFile& file);
  /// @param size_hint  size in bytes where it is known, else 0
  Piece check_input(Input& input, std::uint64_t size_hint, const std::string& name);
  Piece check_text(const std::string& name, std::string text);

  Validator& for_lines() { return made(lines_, settings_.lines); }

 private:
  Piece check_held(const std::string& name);
  Validator& made(std::optional<Validator>& validator, const CheckOptions& options) const;

  const CheckSettings& settings_;
  const std::vector<Channel>& channels_;
  std::optional<Validator> documents_;
  std::optional<Validator> lines_;
  std::string text_;  ///< of the document at hand: files are read into the same memory
};

/// Checks files in several threads and gives what came of them in the order of the files, in this thread. Memory stays
/// flat: threads run ahead by a few files each, no more.
/// @param give  false ends it
void check_in_threads(std::span<const DocumentFile> files, std::size_t threads, const CheckSettings& settings,
                      const std::vector<Channel>& channels,
                      const std::function<bool(const std::string& file, const Piece& piece)>& give);

}  // namespace bearproof::cli
