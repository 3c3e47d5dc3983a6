// How reports for other programs name a source and a finding.
#pragma once

#include <string>
#include <string_view>

#include "bearproof/report/report.h"

namespace bearproof::report {

/// A path as other programs want it: without "./", and relative to `folder` where it lies below it.
std::string_view relative_path(std::string_view source, std::string_view folder);

/// The path as a URI reference (RFC 3986): relative where the path is, else file:///…
std::string uri_of(std::string_view source, std::string_view folder);

/// What stays the same of a finding while lines move: "sha256:…" over rule, relative path and pointer.
std::string fingerprint(std::string_view source, const LocatedFinding& finding, std::string_view folder);

/// The finding's message and, behind it, what to do: two sentences, safe to show, cut where they are long.
std::string told(const LocatedFinding& finding);

}  // namespace bearproof::report
