// The release gates: services are checked one by one, then against the documents that came with them.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "bearproof/collection/link.h"
#include "bearproof/report/report.h"
#include "bearproof/validator/validator.h"

namespace bearproof::audit {

/// The options of the validator that checks documents for a release: the gates are errors of its mode.
CheckOptions release_options();

class ReleaseCheck {
 public:
  ReleaseCheck() : together_(release_options()) {}

  /// Takes a document as a validator with `release_options` checked it.
  /// @return the report of a service; nothing for other kinds, which only bear on services
  std::optional<report::DocumentReport> add(Checked& checked);

  struct Result {
    std::uint64_t services = 0;
    std::uint64_t ready = 0;                       ///< services that pass every gate of their own
    report::Summary summary;                       ///< of the services and of `findings`
    std::vector<report::LocatedFinding> findings;  ///< between documents; that there is no service is one of them
  };
  /// No more documents are to come. Called once.
  /// @param texts  where the documents can be read again
  Result finish(collection::Texts& texts);

 private:
  Collection together_;
  Result result_;
};

}  // namespace bearproof::audit
