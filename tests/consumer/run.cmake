# cmake -D build=FOLDER [-D compiler=PROGRAM] -P run.cmake: installs what FOLDER holds into a folder below it, then builds the
# project beside this file against that, and runs it.
cmake_path(ABSOLUTE_PATH build NORMALIZE)
set(prefix "${build}/consumer/prefix")
set(project "${build}/consumer/build")
file(REMOVE_RECURSE "${build}/consumer")
if(compiler)
  set(choice "-DCMAKE_CXX_COMPILER=${compiler}")
endif()
foreach(command IN ITEMS
    "${CMAKE_COMMAND};--install;${build};--prefix;${prefix}"
    "${CMAKE_COMMAND};-G;Ninja;-S;${CMAKE_CURRENT_LIST_DIR};-B;${project};-DCMAKE_PREFIX_PATH=${prefix};${choice}"
    "${CMAKE_COMMAND};--build;${project}"
    "${project}/consumer"
    "${prefix}/bin/bearproof;--version")
  execute_process(COMMAND ${command} COMMAND_ERROR_IS_FATAL ANY)
endforeach()
