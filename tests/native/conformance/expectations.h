// What conformance/<family>/expect.json asks for (conformance/README.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bearproof::test {

struct ExpectedFinding {
  std::string rule;
  std::string severity;
  std::optional<std::string> pointer;
  std::uint64_t line = 0;            ///< 0: not said
  std::uint64_t column = 0;          ///< 0: not said
  std::string source;                ///< of a collection: the file that it stands in; "" where that is not said
  std::vector<std::string> related;  ///< of a collection: "file pointer" of the other places
};

struct ExpectedLine {
  std::uint64_t line = 0;
  std::string verdict;
  std::vector<ExpectedFinding> findings;
};

struct Fixture {
  std::string family;                     ///< "browser"
  std::string name;                       ///< "bad/no-owner.json"
  std::string path;                       ///< to open
  std::string options = "{}";             ///< as parse_options takes them
  std::string profile;                    ///< of schemas: "strong", or ""
  std::string verdict;                    ///< "" where there is none (schemas, canonical form)
  std::vector<ExpectedFinding> findings;  ///< all there are, at level info
  std::vector<ExpectedLine> lines;        ///< NDJSON: every line that is not blank
  std::vector<std::string> shows;         ///< rules that this good fixture is about and does not raise
};

/// Every fixture that an expect.json lists, and for every file below conformance/ that none lists a fixture without
/// expectations (verdict "unlisted").
std::vector<Fixture> all_fixtures();

}  // namespace bearproof::test
