#include "json_stream.h"

#include <string>

namespace bearproof::cli {

void JsonStream::write(Output& out, std::string_view compact) {
  if (!is_pretty_) {
    out.write(compact);
    return;
  }
  std::string lines;
  pretty_.append(lines, compact);
  out.write(lines);
}

void JsonStream::items(Output& out, std::string_view compact) {
  if (compact.empty()) return;
  if (!first_) write(out, ",");
  first_ = false;
  write(out, compact);
}

}  // namespace bearproof::cli
