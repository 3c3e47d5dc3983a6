#pragma once

#include <string>

namespace bearproof::cli {

/// The system's clock, in UTC to the second: "2026-01-31T12:00:00Z".
std::string system_now();

/// Columns that lines may fill: COLUMNS where it is exported, else the width of the terminal on a descriptor; 0 where
/// neither is known.
unsigned output_columns(int descriptor);

/// The absolute path of this program; "" where the system does not tell.
std::string program_path();

}  // namespace bearproof::cli
