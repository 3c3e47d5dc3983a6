#include "files.h"

#include <algorithm>
#include <cstdio>

#include <dirent.h>
#include <sys/stat.h>

namespace bearproof::test {
namespace {

bool is_folder(const std::string& path) {
  struct stat info{};
  return stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

void collect(const std::string& folder, std::string_view suffix, std::vector<std::string>& out) {
  DIR* stream = opendir(folder.c_str());
  if (stream == nullptr) return;
  while (const dirent* entry = readdir(stream)) {
    const std::string name = entry->d_name;
    if (name == "." || name == "..") continue;
    const std::string path = folder + "/" + name;
    if (is_folder(path)) {
      collect(path, suffix, out);
    } else if (name.ends_with(suffix)) {
      out.push_back(path);
    }
  }
  closedir(stream);
}

}  // namespace

std::optional<std::string> read_file(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return std::nullopt;
  std::string bytes;
  char block[65536];
  for (std::size_t got = 0; (got = std::fread(block, 1, sizeof block, file)) > 0;) bytes.append(block, got);
  std::fclose(file);
  return bytes;
}

std::string source_path(std::string_view relative) { return std::string(BEARPROOF_SOURCE_DIR "/").append(relative); }

std::optional<std::string> shared_path(std::string_view relative) {
  if (!is_folder(BEARPROOF_SOURCE_DIR "/../shared")) return std::nullopt;
  return std::string(BEARPROOF_SOURCE_DIR "/../shared/").append(relative);
}

std::vector<std::string> files_below(const std::string& folder, std::string_view suffix) {
  std::vector<std::string> found;
  collect(folder, suffix, found);
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace bearproof::test
