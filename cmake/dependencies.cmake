# Where the build finds what it does not bring along. Each is looked for where `npm ci`, the system's packages or ./dev put it;
# what is missing is named together with what provides it. A cache variable or an environment variable of the same name goes
# before.

# bearproof_find(VARIABLE WHAT FILE HINT… ) sets the cache variable to the first folder that holds FILE, or to "".
function(bearproof_find variable what file)
  if(DEFINED ENV{${variable}})
    set(${variable} "$ENV{${variable}}" CACHE PATH "${what}")
  endif()
  if(NOT ${variable})
    unset(${variable} CACHE)
    set(found "")
    foreach(folder IN LISTS ARGN)
      if(EXISTS "${folder}/${file}")
        set(found "${folder}")
        break()
      endif()
    endforeach()
    set(${variable} "${found}" CACHE PATH "${what}")
  endif()
endfunction()

set(cache "$ENV{XDG_CACHE_HOME}")
if(NOT cache)
  set(cache "$ENV{HOME}/.cache")
endif()
file(GLOB cached_valijson LIST_DIRECTORIES true "${cache}/bearproof/valijson-*/include")
file(GLOB cached_node LIST_DIRECTORIES true "${cache}/bearproof/node-*/node_modules/.bin")

bearproof_find(BEARPROOF_SIMDJSON_DIR "Folder with simdjson's single-header release (simdjson.h, simdjson.cpp)" simdjson.cpp
               "${CMAKE_CURRENT_SOURCE_DIR}/node_modules/@nozbe/simdjson/src")
bearproof_find(BEARPROOF_VALIJSON_DIR "Folder that holds valijson/" valijson/validator.hpp /usr/include /usr/local/include
               ${cached_valijson})
bearproof_find(BEARPROOF_GTEST_DIR "GoogleTest's source tree" googletest/src/gtest-all.cc /usr/src/googletest)

find_program(BEARPROOF_NODE node HINTS ${cached_node} DOC "Node.js, which prepares the built-in schemas and texts")
if(NOT BEARPROOF_NODE)
  message(FATAL_ERROR "Node.js is not on PATH. It prepares the built-in schemas and texts: Debian's package nodejs has it.")
endif()
if(NOT BEARPROOF_SIMDJSON_DIR)
  message(FATAL_ERROR "simdjson is missing: run `npm ci` in ${CMAKE_CURRENT_SOURCE_DIR}, or name a folder with its single-header "
                      "release by -DBEARPROOF_SIMDJSON_DIR=…")
endif()
if(BEARPROOF_TESTS AND NOT BEARPROOF_GTEST_DIR)
  message(FATAL_ERROR "GoogleTest's sources are missing: Debian's package libgtest-dev puts them into /usr/src/googletest; "
                      "-DBEARPROOF_GTEST_DIR=… names another place, -DBEARPROOF_TESTS=OFF builds without tests")
endif()
if(NOT EMSCRIPTEN)
  find_package(CLI11 QUIET)
  if(NOT CLI11_FOUND)
    message(FATAL_ERROR "CLI11 is missing: Debian's package libcli11-dev has it; -DCLI11_ROOT=… names another place")
  endif()
  if(NOT BEARPROOF_VALIJSON_DIR)
    message(STATUS "valijson was not found: no second engine (check --engine valijson), and no tests that compare with it. "
                   "./dev fetches it; -DBEARPROOF_VALIJSON_DIR=… names a folder")
  endif()
endif()
