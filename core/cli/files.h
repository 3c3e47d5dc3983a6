// Files as the program meets them: opened, read whole or in portions, found below folders.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/cli/cli.h"

namespace bearproof::cli {

/// A file that is open for reading. Reading it, not mapping it: a mapped file that shrinks would kill the process.
class FileInput : public Input {
 public:
  /// @return an errno: EISDIR for a folder
  static std::expected<FileInput, int> open(const std::string& path);
  explicit FileInput(int descriptor, bool owned) : descriptor_(descriptor), owned_(owned) {}
  FileInput(FileInput&& other) noexcept;
  FileInput& operator=(FileInput&&) = delete;
  ~FileInput() override;

  std::ptrdiff_t read(char* to, std::size_t size) override;
  /// Size in bytes where the system knows it, else 0.
  std::uint64_t size_hint() const;

 private:
  int descriptor_;
  bool owned_;
};

/// Writes to a descriptor through a buffer.
class FileOutput : public Output {
 public:
  /// Creates or empties the file. @return an errno
  static std::expected<FileOutput, int> create(const std::string& path);
  explicit FileOutput(int descriptor, bool owned) : descriptor_(descriptor), owned_(owned) {}
  FileOutput(FileOutput&& other) noexcept;
  FileOutput& operator=(FileOutput&&) = delete;
  ~FileOutput() override;

  void write(std::string_view bytes) override;
  void flush() override;
  int failed() const override { return failed_; }

 private:
  int descriptor_;
  bool owned_;
  int failed_ = 0;
  std::string buffer_;
};

/// Reads to the end, or until `most` + 1 bytes are there: enough to know that a document is too long.
/// @param into  emptied first
/// @return 0, or an errno
int read_all(Input& input, std::uint64_t most, std::uint64_t size_hint, std::string& into);

/// Opens a file and reads it as `read_all` does. @return 0, or an errno
int read_file(const std::string& path, std::uint64_t most, std::string& into);

/// Reads to the end in portions of at most 256 KiB, each as soon as it is there.
/// @param take  gets each portion; false ends the reading
/// @return 0, or an errno
int for_each_portion(Input& input, const std::function<bool(std::string_view)>& take);

/// The documents that a path names: itself, or, of a folder, every *.json, *.ndjson and *.jsonl below it, ordered by
/// the bytes of their paths. Links to files are followed, links to folders are not.
/// @param on_error  called with what could not be looked at, and an errno
std::vector<std::string> find_documents(const std::string& path,
                                        const std::function<void(const std::string&, int)>& on_error);

/// Whether a file's name says that it holds NDJSON.
bool is_ndjson_name(std::string_view path);

}  // namespace bearproof::cli
