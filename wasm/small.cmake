# The module is downloaded before it is run: what sets up or explains is compiled small. What decides about a document
# (the reader, the evaluator, the rules) keeps the build's own optimisation.
function(bearproof_small room)
  foreach(source IN LISTS ARGN)
    set_property(SOURCE "${CMAKE_SOURCE_DIR}/core/${room}/${source}" TARGET_DIRECTORY bearproof_${room}
                 APPEND PROPERTY COMPILE_OPTIONS -Oz)
  endforeach()
endfunction()

if(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_options(bearproof_catalogue PRIVATE -Oz)
  target_compile_options(bearproof_report PRIVATE -Oz)
  bearproof_small(json arena.cpp canonical.cpp duplicates.cpp pointer.cpp position.cpp)
  bearproof_small(schema compiler.cpp compiler_keywords.cpp compiler_output.cpp compiler_references.cpp explain.cpp
                  format_idna.cpp format_punycode.cpp keywords.cpp resources.cpp show.cpp suggest.cpp uri.cpp)
  bearproof_small(contract describe.cpp programs.cpp quote.cpp ruleset.cpp)
  bearproof_small(validator nearest.cpp options.cpp)
  # simdjson's kernels are virtual: without this, its tree builder and minifier, which nobody calls, would come along.
  set_property(SOURCE "${CMAKE_SOURCE_DIR}/core/json/simd.cpp" TARGET_DIRECTORY bearproof_json
               APPEND PROPERTY COMPILE_OPTIONS -fvisibility=hidden -fwhole-program-vtables -fvirtual-function-elimination)
endif()
