// Documents that a check has passed, read again for what several of them show together.
#pragma once

#include <cstdio>
#include <string>
#include <vector>

#include "bearproof/cli/cli.h"
#include "bearproof/collection/link.h"

#include "files.h"

namespace bearproof::cli {

/// A copy of standard input in a file without a name: it goes away with the process, whatever ends it.
struct Spool {
  std::string name;  ///< of the input
  OpenFile file;
};

/// Hands an input on, and keeps a copy of what passes.
class Spooled : public Input {
 public:
  Spooled(Input& from, std::FILE* to) : from_(from), to_(to) {}
  std::ptrdiff_t read(char* to, std::size_t size) override;

 private:
  Input& from_;
  std::FILE* to_;  ///< nullptr: nothing is kept
};

class Retrieval : public collection::Texts {
 public:
  /// A place for a copy of an input that can be read only once; nullptr where the system gives none.
  std::FILE* spool(const std::string& name);
  bool read(const collection::Index& index, collection::DocumentIndex document, std::string& into) override;

 private:
  std::vector<Spool> spools_;
  std::string open_name_;  ///< of `open_`: documents of one file are asked for one after another
  OpenFile open_;
};

}  // namespace bearproof::cli
