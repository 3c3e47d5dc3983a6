// The functions that JavaScript sees. Every argument and result is a number: bytes go through one input buffer, text
// comes back through one output, and JavaScript looks at memory only between two calls. Sizes are in bytes; where a
// function takes several, the parts lie one after another in the input.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <emscripten/bind.h>

#include "bearproof/report/catalogue_json.h"

#include "instance.h"

namespace bearproof::wasm {
namespace {

/// The input above which a smaller one gives memory back, in bytes.
constexpr std::uint32_t kept_capacity = 16U << 20;

struct State {
  char* input = nullptr;
  std::uint32_t capacity = 0;
  Instance instance;
};
// Lives as long as the instance: nothing runs at its end.
State& state() {
  static State* const only = new State;
  return *only;
}

std::uint32_t address(const void* at) { return static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(at)); }

/// Makes room for an input. @return its address, or 0 when memory does not suffice
std::uint32_t reserve(std::uint32_t size) {
  State& now = state();
  const bool too_large = now.capacity > kept_capacity && size < now.capacity / 4;
  if (size > now.capacity || too_large || now.input == nullptr) {
    std::free(now.input);
    now.capacity = size < 4096 ? 4096 : size;
    now.input = static_cast<char*>(std::malloc(now.capacity));
    if (now.input == nullptr) now.capacity = 0;
  }
  return address(now.input);
}

Instance& instance() { return state().instance; }

std::string_view input(std::uint32_t begin, std::uint32_t size) { return {state().input + begin, size}; }

/// @return false: the output says what is wrong with the options
/// @param schema  of schemaCompile, or 0: each document is judged by its kind
bool begin(std::uint32_t options_size, std::uint32_t schema) {
  return instance().begin(input(0, options_size), schema);
}

/// @return as begin
bool schema_begin(std::uint32_t options_size) {
  return instance().accepted(instance().schemas.begin(input(0, options_size)));
}

void schema_add(std::uint32_t uri_size, std::uint32_t text_size) {
  instance().schemas.add(input(0, uri_size), input(uri_size, text_size));
}

std::uint32_t schema_compile(std::uint32_t uri_size, bool assert_format) {
  return instance().schemas.compile(input(0, uri_size), assert_format, instance().output);
}

void schema_dispose(std::uint32_t handle) { instance().dispose(handle); }

/// @param lines  the text is NDJSON
void add(std::uint32_t source_size, std::uint32_t text_size, bool lines) {
  const auto how = lines ? &Check::add_lines : &Check::add;
  (instance().check.*how)(input(0, source_size), input(source_size, text_size));
}

void fail(std::uint32_t source_size) { instance().fail(input(0, source_size)); }

/// @param lines  as of add
void tell(std::uint32_t source_size, std::uint32_t text_size, bool lines) {
  const std::string_view source = input(0, source_size);
  const std::string_view text = input(source_size, text_size);
  if (lines) {
    instance().stories.add_lines(*instance().validator, source, text);
  } else {
    instance().stories.add(*instance().validator, source, text);
  }
}

void told() { instance().output = instance().stories.finish(); }

/// @return as begin
bool open(std::uint32_t options_size, std::uint32_t source_size, std::uint32_t schema) {
  return instance().open(input(0, options_size), input(options_size, source_size), schema);
}

void push(std::uint32_t size) { instance().check.push(input(0, size)); }

void close() { instance().check.close(); }

void finish(bool pretty) { instance().output = instance().check.finish(pretty); }

void graph() { instance().output = instance().check.graph(); }

void coalesce() { instance().output = instance().check.coalesce(); }

/// @return as begin
bool sessions_begin(std::uint32_t options_size) {
  return instance().accepted(instance().sessions.begin(input(0, options_size)));
}

/// @param lines  as of add
void sessions_add(std::uint32_t source_size, std::uint32_t text_size, bool lines) {
  instance().sessions.add(input(0, source_size), input(source_size, text_size), lines);
}

/// @param high  the upper 32 bits of the document's size in bytes
void sessions_oversized(std::uint32_t source_size, std::uint32_t high, std::uint32_t low) {
  instance().sessions.add_oversized(input(0, source_size), std::uint64_t{high} << 32 | low);
}

void sessions_fail(std::uint32_t source_size) { instance().sessions.add_failed(input(0, source_size)); }

void sessions_finish() { instance().output = instance().sessions.finish(); }

/// @return false: the output says why there is nothing to revoke
bool revoke(std::uint32_t text_size, std::uint32_t now_size) {
  return instance().revoke(input(0, text_size), input(text_size, now_size));
}

void about() { instance().output = report::about_json(); }

void rules() { instance().output = report::rules_json(); }

void kinds() { instance().output = report::kinds_json(); }

std::uint32_t output() { return address(instance().output.data()); }

std::uint32_t output_size() { return static_cast<std::uint32_t>(instance().output.size()); }

}  // namespace
}  // namespace bearproof::wasm

// Parameters have names in the declarations for TypeScript alone; the module does not carry them.
#ifdef BEARPROOF_DECLARATIONS
#define SIGNATURE(name, parameters) name "(" parameters ")"
#else
#define SIGNATURE(name, parameters) name
#endif

EMSCRIPTEN_BINDINGS(bearproof) {
  namespace wasm = bearproof::wasm;
  emscripten::function(SIGNATURE("reserve", "size"), &wasm::reserve);
  emscripten::function(SIGNATURE("begin", "optionsSize, schema"), &wasm::begin);
  emscripten::function(SIGNATURE("schemaBegin", "optionsSize"), &wasm::schema_begin);
  emscripten::function(SIGNATURE("schemaAdd", "uriSize, textSize"), &wasm::schema_add);
  emscripten::function(SIGNATURE("schemaCompile", "uriSize, assertFormat"), &wasm::schema_compile);
  emscripten::function(SIGNATURE("schemaDispose", "handle"), &wasm::schema_dispose);
  emscripten::function(SIGNATURE("add", "sourceSize, textSize, lines"), &wasm::add);
  emscripten::function(SIGNATURE("fail", "sourceSize"), &wasm::fail);
  emscripten::function(SIGNATURE("tell", "sourceSize, textSize, lines"), &wasm::tell);
  emscripten::function("told", &wasm::told);
  emscripten::function(SIGNATURE("open", "optionsSize, sourceSize, schema"), &wasm::open);
  emscripten::function(SIGNATURE("push", "size"), &wasm::push);
  emscripten::function("close", &wasm::close);
  emscripten::function(SIGNATURE("finish", "pretty"), &wasm::finish);
  emscripten::function("graph", &wasm::graph);
  emscripten::function("coalesce", &wasm::coalesce);
  emscripten::function(SIGNATURE("sessionsBegin", "optionsSize"), &wasm::sessions_begin);
  emscripten::function(SIGNATURE("sessionsAdd", "sourceSize, textSize, lines"), &wasm::sessions_add);
  emscripten::function(SIGNATURE("sessionsOversized", "sourceSize, sizeHigh, sizeLow"), &wasm::sessions_oversized);
  emscripten::function(SIGNATURE("sessionsFail", "sourceSize"), &wasm::sessions_fail);
  emscripten::function("sessionsFinish", &wasm::sessions_finish);
  emscripten::function(SIGNATURE("revoke", "textSize, nowSize"), &wasm::revoke);
  emscripten::function("about", &wasm::about);
  emscripten::function("rules", &wasm::rules);
  emscripten::function("kinds", &wasm::kinds);
  emscripten::function("output", &wasm::output);
  emscripten::function("outputSize", &wasm::output_size);
}
