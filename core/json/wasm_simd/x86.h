// Lets simdjson's SSE4.2 kernel be compiled to Wasm SIMD, which Emscripten's SSE headers map it onto: makes simdjson
// believe that it is on x86-64 and supplies the little that Wasm lacks. Included by simd.cpp alone, before
// simdjson.cpp.
#pragma once

#include <cstdint>

#define _M_AMD64 1
// SSE4.2 and carry-less multiplication are there for certain: no code is compiled for choosing between functions.
#define __PCLMUL__ 1
#define SIMDJSON_IMPLEMENTATION_ICELAKE 0
#define SIMDJSON_IMPLEMENTATION_HASWELL 0
#define SIMDJSON_IMPLEMENTATION_WESTMERE 1
// The scalar kernel, to compare with.
#define SIMDJSON_IMPLEMENTATION_FALLBACK 1

// simdjson asks the processor by inline assembly what it can do. This takes the place of that header.
#define SIMDJSON_INTERNAL_ISADETECTION_H
namespace simdjson::internal {
static inline std::uint32_t detect_supported_architectures() { return 0xFFFFFFFFu; }
}  // namespace simdjson::internal
