// The types that bindings.cc uses, in place of libembind's own registry of every type there is: strings, memory views
// and the rest would cost half of the package's JavaScript. The linker takes this file's definitions because it comes
// before anything that asks for libembind's.
#include <cstdint>
#include <cstring>
#include <limits>

#include <emscripten/bind.h>

namespace {
emscripten::internal::InitFunc* first_bindings = nullptr;
}

extern "C" {

// Asked for when an unregistered type is met: the glue frees what it gets.
const char* __getTypeName(const std::type_info* type) { return strdup(type->name()); }

void _embind_initialize_bindings() {
  for (auto* bindings = first_bindings; bindings != nullptr; bindings = bindings->next) bindings->init_func();
}

void _embind_register_bindings(emscripten::internal::InitFunc* bindings) {
  bindings->next = first_bindings;
  first_bindings = bindings;
}
}

EMSCRIPTEN_BINDINGS(types) {
  using emscripten::internal::TypeID;
  emscripten::internal::_embind_register_bool(TypeID<bool>::get(), "bool", true, false);
  using Number = std::uint32_t;
  emscripten::internal::_embind_register_void(TypeID<void>::get(), "void");
  // The glue tells signedness from the name.
  emscripten::internal::_embind_register_integer(TypeID<Number>::get(), "unsigned int", sizeof(Number), 0,
                                                 std::numeric_limits<Number>::max());
}
