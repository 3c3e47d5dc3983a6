// Files as the program meets them: opened, read whole or in portions, found below folders.
#pragma once

#include <cstdint>
#include <cstdio>
#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/cli/cli.h"

namespace bearproof::cli {

/// A file to read.
struct DocumentFile {
  std::string path;
  /// It was found below a folder: only a regular file is read, since whatever else has such a name, a pipe or a device,
  /// may keep its reader waiting for ever. What a person names is read whatever it is.
  bool is_found = false;
};

/// A file that is open for reading. Reading it, not mapping it: a mapped file that shrinks would kill the process.
class FileInput : public Input {
 public:
  /// @return an errno: EISDIR for a folder, EINVAL for what was found and is no regular file
  static std::expected<FileInput, int> open(const DocumentFile& file);
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

/// Closes a file of the C library.
struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using OpenFile = std::unique_ptr<std::FILE, CloseFile>;

/// A text that is written before what has to stand in front of it is known: beyond 256 KiB it is kept in a file without
/// a name, so that memory stays flat, or in memory where the system gives no such file.
class HeldText {
 public:
  void append(std::string_view bytes);
  /// Writes all of it. @throw std::system_error where it can not be read back
  void copy_to(Output& out);

 private:
  OpenFile file_;
  std::uint64_t in_file_ = 0;  ///< bytes
  bool is_full_ = false;       ///< nothing more goes into the file
  std::string rest_;           ///< follows what is in the file
};

/// Reads to the end, or until `most` + 1 bytes are there: enough to know that a document is too long.
/// @param into  emptied first
/// @return 0, or an errno
int read_all(Input& input, std::uint64_t most, std::uint64_t size_hint, std::string& into);

/// Opens a file and reads it as `read_all` does. @return 0, or an errno
int read_file(const DocumentFile& file, std::uint64_t most, std::string& into);

/// Reads to the end in portions of at most 256 KiB, each as soon as it is there.
/// @param take  gets each portion; false ends the reading
/// @return 0, or an errno
int for_each_portion(Input& input, const std::function<bool(std::string_view)>& take);

/// Hears of what has the name of a document and is passed over, and why, in words.
using PassedOver = std::function<void(const std::string& path, std::string_view reason)>;

/// The documents that a path names: itself, or, of a folder, every regular file *.json, *.ndjson and *.jsonl below it,
/// ordered by the bytes of their paths. Links to files are followed as long as they do not lead out of the folder,
/// links to folders are not.
/// @param on_error  called with what could not be looked at, and an errno
std::vector<DocumentFile> find_documents(const std::string& path,
                                         const std::function<void(const std::string&, int)>& on_error,
                                         const PassedOver& passed_over);

/// Whether a file's name says that it holds NDJSON.
bool is_ndjson_name(std::string_view path);

}  // namespace bearproof::cli
