// The workload as a Wasm module's functions, for bench/core.mjs: the bytes are copied in, as the package does it.
#include <cstdint>
#include <string>
#include <string_view>

#include <emscripten/emscripten.h>

#include "workload.h"

namespace {

bearproof::bench::Workload& workload() {
  static bearproof::bench::Workload one;
  return one;
}

std::string schema;

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE char* bench_text(std::uint32_t size) { return workload().text(size); }

EMSCRIPTEN_KEEPALIVE char* bench_schema(std::uint32_t size) {
  schema.resize(size);
  return schema.data();
}

/// @return 0, or 1 where the schema is refused
EMSCRIPTEN_KEEPALIVE int bench_compile() { return workload().set_schema(schema) ? 1 : 0; }

/// @return documents that are valid, or -1 for a mode that there is not
EMSCRIPTEN_KEEPALIVE double bench_run(int mode) {
  static constexpr std::string_view modes[] = {"read", "schema", "rules-warning", "rules-info", "evaluate"};
  const auto count = workload().run(modes[mode]);
  return count ? static_cast<double>(count->valid) : -1;
}

}  // extern "C"
