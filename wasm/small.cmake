# The module is downloaded before it is run, so everything is compiled small (-Oz), and only what every good document
# runs through (the reader, recognition, the evaluator, the scan for secrets) for speed.
function(bearproof_fast component)
  foreach(source IN LISTS ARGN)
    set_property(SOURCE "${CMAKE_SOURCE_DIR}/core/${component}/${source}" TARGET_DIRECTORY bearproof_${component}
                 APPEND PROPERTY COMPILE_OPTIONS -O3)
  endforeach()
endfunction()

if(CMAKE_BUILD_TYPE STREQUAL "Release")
  foreach(component IN LISTS BEARPROOF_COMPONENTS_BUILT)
    target_compile_options(bearproof_${component} PRIVATE -Oz)
  endforeach()
  bearproof_fast(json document.cpp escapes.cpp line_reader.cpp reader.cpp simd.cpp utf8.cpp walker.cpp)
  bearproof_fast(schema format_instant.cpp machine_quick.cpp string_table.cpp values.cpp)
  bearproof_fast(regex pattern.cpp)
  bearproof_fast(contract recognise.cpp)
  bearproof_fast(rules browser.cpp document.cpp owner.cpp placeholder.cpp secret.cpp text_scan.cpp time_order.cpp)
  bearproof_fast(validator lines.cpp utf16_counter.cpp validator.cpp)
  # simdjson's kernels are virtual: without this, its tree builder and minifier, which nobody calls, would come along.
  set_property(SOURCE "${CMAKE_SOURCE_DIR}/core/json/simd.cpp" TARGET_DIRECTORY bearproof_json
               APPEND PROPERTY COMPILE_OPTIONS -fvisibility=hidden -fwhole-program-vtables -fvirtual-function-elimination)
endif()
