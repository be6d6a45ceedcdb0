# Language level, warnings, sanitizers, and the faster linker and compiler cache where they exist.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

set(QUALOG_SANITIZE "" CACHE STRING "Sanitizers for every target, e.g. address,undefined")

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor
                    -Woverloaded-virtual -Wimplicit-fallthrough -Wno-missing-field-initializers
                    -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 sees all four where there are none: in results, the reflection header, moved strings.
  add_compile_options(-Wno-maybe-uninitialized -Wno-stringop-overread -Wno-array-bounds
                      -Wno-stringop-overflow)
endif()
if(CMAKE_UNITY_BUILD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(-Wno-subobject-linkage)  # a fixture of one source, in a unit with others
endif()
add_compile_options(-fstack-protector-strong)
# One code model for libraries and programs, so that they share the precompiled headers.
add_compile_options($<$<NOT:$<STREQUAL:$<TARGET_PROPERTY:TYPE>,MODULE_LIBRARY>>:-fPIE>)
add_link_options($<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:-pie>)
if(QUALOG_SANITIZE)
  add_compile_options(-fsanitize=${QUALOG_SANITIZE} -fno-omit-frame-pointer
                      -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${QUALOG_SANITIZE})
endif()

find_program(CCACHE ccache)
if(CCACHE)
  # The headers of a precompiled header are hashed by what they say, not by when.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
                                  CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

# Presets join the sources of a target into units of eight, which build in a third of the time; so
# names are unique in a target. These sources stay by themselves.
function(qualog_alone)
  set_source_files_properties(${ARGN} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()

# Precompiles schema/precompiled.h for this target, which uses the schema: a third of a build's time.
function(qualog_precompile target)
  target_precompile_headers(${target} REUSE_FROM qualog_precompiled)
endfunction()

# One static library per folder; its name is the folder's, its public edges are the include edges.
function(qualog_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(qualog_${name} STATIC ${ARG_SOURCES})
  target_include_directories(qualog_${name} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(qualog_${name} PUBLIC ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
  qualog_precompile(qualog_${name})
endfunction()
