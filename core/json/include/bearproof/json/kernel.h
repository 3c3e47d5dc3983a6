// Which implementation of the SIMD stage reads: every one must give the same documents and the same faults. The choice
// serves tests, benchmarks and diagnosis.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bearproof::json {

/// The kernels that this build has and this machine can run, the one in use by default first. The last is always
/// "scanner": no SIMD stage at all.
std::vector<std::string> kernels();

/// From now on, new Readers and LineReaders use this kernel. Not for use while other threads make readers.
/// @return false if there is no such kernel here
bool select_kernel(std::string_view name);

}  // namespace bearproof::json
