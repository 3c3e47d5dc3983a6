# What every target of the core shares: language level, warnings, reproducibility, and the one way to declare a component.

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release)
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
endif()

# Flags for code that is ours; third-party sources link bearproof_base only.
add_library(bearproof_base INTERFACE)
target_compile_options(bearproof_base INTERFACE
  -ffile-prefix-map=${CMAKE_SOURCE_DIR}=.
  -ffile-prefix-map=${CMAKE_BINARY_DIR}=build
  $<$<BOOL:${EMSCRIPTEN}>:-msimd128>
  # One module out of many components: calls between them are worth inlining, and what nobody calls is not shipped.
  $<$<AND:$<BOOL:${EMSCRIPTEN}>,$<CONFIG:Release>>:-flto>)
if(BEARPROOF_SANITIZE)
  # Objects that come from components without RTTI carry none, which the vptr check would take for broken objects.
  target_compile_options(bearproof_base INTERFACE -fsanitize=address,undefined -fno-sanitize=vptr
                                                  -fno-sanitize-recover=all
                                                  -fno-omit-frame-pointer)
  target_link_options(bearproof_base INTERFACE -fsanitize=address,undefined)
endif()
if(BEARPROOF_FUZZ)
  target_compile_options(bearproof_base INTERFACE -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize=vptr
                                                  -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(bearproof_base INTERFACE -fsanitize=address,undefined)
endif()
if(BEARPROOF_COVERAGE)
  target_compile_options(bearproof_base INTERFACE --coverage)
  target_link_options(bearproof_base INTERFACE --coverage)
endif()

add_library(bearproof_warnings INTERFACE)
target_compile_options(bearproof_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Werror -Wconversion -Wsign-conversion -Wshadow -Wdouble-promotion -Wcast-qual
  -Wold-style-cast -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough -Wundef
  # GCC 12 warns of overlapping copies inside std::string where there are none (GCC bug 105329).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)

# Clang tells of deprecated functions that libstdc++ 12's own headers call.
if(BEARPROOF_FUZZ)
  target_compile_options(bearproof_warnings INTERFACE -Wno-deprecated-declarations)
endif()

# GCC sees uninitialised values in the standard library where the sanitizers' instrumentation hides the initialisation.
if(BEARPROOF_SANITIZE)
  target_compile_options(bearproof_warnings INTERFACE -Wno-maybe-uninitialized)
endif()

# The core neither throws nor asks for types at run time.
add_library(bearproof_core_flags INTERFACE)
target_compile_options(bearproof_core_flags INTERFACE -fno-exceptions -fno-rtti)

# bearproof_component(NAME json DEPENDS finding catalogue SOURCES reader.cpp …)
#
# Declares one component of core/: a static library bearproof_<name> whose only public include path is its own include/
# folder. A component sees the headers of the components it names in DEPENDS and of those that they name, and no others: an
# include against the order of dependence does not compile.
#   EXCEPTIONS  compile this component with exceptions and RTTI (for the sake of a library that needs them)
function(bearproof_component)
  cmake_parse_arguments(COMPONENT "EXCEPTIONS" "NAME" "DEPENDS;SOURCES" ${ARGN})
  set(target bearproof_${COMPONENT_NAME})
  if(COMPONENT_SOURCES)
    add_library(${target} STATIC ${COMPONENT_SOURCES})
    set(scope PUBLIC)
    target_link_libraries(${target} PRIVATE bearproof_warnings)
    if(NOT COMPONENT_EXCEPTIONS)
      target_link_libraries(${target} PRIVATE bearproof_core_flags)
    endif()
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(${target} ${scope} "${CMAKE_CURRENT_SOURCE_DIR}/include")
  target_link_libraries(${target} ${scope} bearproof_base)
  foreach(component IN LISTS COMPONENT_DEPENDS)
    target_link_libraries(${target} ${scope} bearproof_${component})
  endforeach()
endfunction()

# bearproof_generate_kinds(names file.h)
#
# Makes a source out of the descriptors in core/catalogue/kinds/; tools/kinds/generate.mjs says which parts there are.
# The file must be among the sources of a target.
function(bearproof_generate_kinds part out)
  file(GLOB descriptors CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/core/catalogue/kinds/*.json")
  file(GLOB scripts CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/tools/kinds/*.mjs")
  add_custom_command(
    OUTPUT "${out}"
    COMMAND "${BEARPROOF_NODE}" "${CMAKE_SOURCE_DIR}/tools/kinds/generate.mjs" --out "${out}" ${part}
            "${CMAKE_SOURCE_DIR}/core/catalogue"
    DEPENDS ${descriptors} ${scripts} "${CMAKE_SOURCE_DIR}/core/catalogue/vocabulary.json"
            "${CMAKE_SOURCE_DIR}/tools/cpp.mjs"
    COMMENT "Generating the ${part} of the kinds"
    VERBATIM)
endfunction()
