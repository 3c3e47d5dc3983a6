// Runs the command line in this process, with streams of strings and a folder of its own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bearproof/cli/cli.h"

namespace bearproof::test {

struct Outcome {
  int exit = -1;
  std::string out;
  std::string err;
};

struct Terminal {
  bool is_terminal = false;
  unsigned columns = 0;
  bool no_color = false;
};

/// @param portion  bytes that one read of standard input gives at most
Outcome run(const std::vector<std::string>& arguments, std::string_view input = {}, Terminal terminal = {},
            std::size_t portion = 1 << 20);

/// A new folder, removed with all that is in it at the end.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  /// Writes a file, and the folders that it is in. @return its path
  std::string write(const std::string& name, std::string_view bytes) const;
  std::string path(const std::string& name = {}) const;

 private:
  std::string path_;
};

/// A receipt without errors, in one line.
std::string good_receipt();

}  // namespace bearproof::test
