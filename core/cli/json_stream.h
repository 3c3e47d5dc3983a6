// JSON that is printed piece by piece.
#pragma once

#include <string_view>

#include "bearproof/cli/cli.h"
#include "bearproof/report/pretty.h"

namespace bearproof::cli {

/// Prints compact pieces of one JSON text, indented if that is wanted, and commas between items.
class JsonStream {
 public:
  explicit JsonStream(bool is_pretty) : is_pretty_(is_pretty) {}

  void write(Output& out, std::string_view compact);
  /// Items of one list, without the comma between them; an empty piece is no item.
  void items(Output& out, std::string_view compact);

 private:
  bool is_pretty_;
  bool first_ = true;
  report::Pretty pretty_;
};

}  // namespace bearproof::cli
