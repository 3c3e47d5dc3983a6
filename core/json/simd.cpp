#include "simd.h"

// simdjson's single translation unit is compiled here and nowhere else; its headers stay in this file.
#define SIMDJSON_EXCEPTIONS 0
#if defined(__wasm_simd128__)
#include "wasm_simd/x86.h"
#endif
#include "simdjson.cpp"

namespace bearproof::json {

namespace {

using simdjson::implementation;

constexpr std::string_view no_kernel = "scanner";

const implementation* best() {
#if defined(__wasm_simd128__)
  // Wasm has no way to ask, and a module that holds SIMD would not have been instantiated without it.
  return simdjson::get_available_implementations()["westmere"];
#else
  return simdjson::get_available_implementations().detect_best_supported();
#endif
}

bool is_runnable(const implementation* kernel) {
#if defined(__wasm_simd128__)
  return kernel != nullptr;
#else
  return kernel != nullptr && kernel->supported_by_runtime_system();
#endif
}

struct Choice {
  const implementation* kernel = best();
};

Choice& chosen() {
  static Choice choice;
  return choice;
}

}  // namespace

struct SimdStage::Impl {
  const implementation* kernel = chosen().kernel;
  std::unique_ptr<simdjson::internal::dom_parser_implementation> parser;
  std::size_t capacity = 0;
  /// The scalar kernel looks past the end of its input; it is given a copy with room behind it. The SIMD kernels copy
  /// the last block themselves.
  bool needs_padding = kernel != nullptr && kernel->name() == "fallback";
  std::string padded;
};

SimdStage::SimdStage() : impl_(std::make_unique<Impl>()) {}
SimdStage::~SimdStage() = default;
SimdStage::SimdStage(SimdStage&&) noexcept = default;
SimdStage& SimdStage::operator=(SimdStage&&) noexcept = default;

bool SimdStage::available() const { return impl_->kernel != nullptr; }

bool SimdStage::run(std::string_view text, Tokens& tokens) {
  Impl& my = *impl_;
  if (text.empty()) return false;  // no document, and nothing that would have made a parser
  if (text.size() > my.capacity) {
    std::size_t capacity = my.capacity == 0 ? 4096 : my.capacity;
    while (capacity < text.size()) capacity *= 2;
    my.parser.reset();
    my.capacity = 0;
    if (my.kernel->create_dom_parser_implementation(capacity, 1, my.parser) != simdjson::SUCCESS) return false;
    my.capacity = capacity;
  }
  if (my.needs_padding) {
    my.padded.assign(text);
    my.padded.append(simdjson::SIMDJSON_PADDING, '\0');
  }
  const char* const input = my.needs_padding ? my.padded.data() : text.data();
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(input);
  if (my.parser->stage1(bytes, text.size(), simdjson::stage1_mode::regular) != simdjson::SUCCESS) return false;
  tokens.begin = my.parser->structural_indexes.get();
  tokens.end = tokens.begin + my.parser->n_structural_indexes;
  return true;
}

namespace simd {

std::vector<std::string> kernels() {
  std::vector<std::string> names = {best()->name()};
  for (const implementation* kernel : simdjson::get_available_implementations()) {
    if (is_runnable(kernel) && kernel->name() != names[0]) names.push_back(kernel->name());
  }
  names.emplace_back(no_kernel);
  return names;
}

bool select(std::string_view name) {
  const implementation* const kernel = name == no_kernel ? nullptr : simdjson::get_available_implementations()[name];
  if (name != no_kernel && !is_runnable(kernel)) return false;
  chosen().kernel = kernel;
  return true;
}

}  // namespace simd

}  // namespace bearproof::json
