#include "instance.h"

#include <utility>

#include "bearproof/json/canonical.h"
#include "bearproof/session/revoke.h"

namespace bearproof::wasm {

bool Instance::accepted(std::optional<std::string>&& refused) {
  if (refused) output = std::move(*refused);
  return !refused;
}

bool Instance::prepare(std::string_view options, Severity level, std::uint32_t schema) {
  check.stop();
  stories.clear();
  if (!accepted(validator.prepare(options, level, schemas.program(schema)))) return false;
  check.begin(*validator);
  return true;
}

bool Instance::begin(std::string_view options, std::uint32_t schema) {
  return prepare(options, Severity::info, schema);
}

bool Instance::open(std::string_view options, std::string_view source, std::uint32_t schema) {
  if (!prepare(options, Severity::warning, schema)) return false;
  check.open(source);
  return true;
}

void Instance::fail(std::string_view source) { stories.add(check.fail(source)); }

void Instance::dispose(std::uint32_t schema) {
  // A stream or a validator that goes on would look at what is gone.
  const schema::Program* const program = schemas.program(schema);
  if (validator && program != nullptr && validator->options().schema == program) {
    check.stop();
    validator.reset();
  }
  schemas.dispose(schema);
}

bool Instance::revoke(std::string_view text, std::string_view now) {
  const auto revocation = session::revoke(text, now, validator ? validator->options().limits : Limits{});
  if (!revocation) {
    output = revocation.error();
    return false;
  }
  output = "{\"event\":";
  json::append_string(output, revocation->event);
  output += ",\"receipt\":";
  json::append_string(output, revocation->receipt);
  output += '}';
  return true;
}

}  // namespace bearproof::wasm
