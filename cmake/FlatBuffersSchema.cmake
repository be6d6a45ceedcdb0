# Generates, from schema/fbs: C++ headers with the object API, and the reflection schema embedded as
# a C++ array. All goes to <build>/generated/schema/fbs.
find_program(FLATC flatc REQUIRED)

set(QUALOG_FBS_DIR ${PROJECT_SOURCE_DIR}/schema/fbs)
set(QUALOG_GENERATED_DIR ${PROJECT_BINARY_DIR}/generated)
file(GLOB QUALOG_FBS CONFIGURE_DEPENDS ${QUALOG_FBS_DIR}/*.fbs)

find_package(Python3 3.9 REQUIRED COMPONENTS Interpreter)

set(QUALOG_SCHEMA_FILES common project sources codes notes sets history action event command aside)
set(QUALOG_GENERATED)
set(QUALOG_GENERATED_SOURCES)
foreach(file ${QUALOG_SCHEMA_FILES})
  list(APPEND QUALOG_GENERATED ${QUALOG_GENERATED_DIR}/schema/fbs/${file}_generated.h)
  list(APPEND QUALOG_GENERATED_SOURCES ${QUALOG_GENERATED_DIR}/schema/fbs/${file}_objects.cc)
endforeach()
list(APPEND QUALOG_GENERATED ${QUALOG_GENERATED_DIR}/schema/fbs/all_bfbs_generated.h)

set(QUALOG_FLATC_FLAGS --require-explicit-ids --cpp --cpp-std c++17 --scoped-enums --gen-object-api
                       --gen-name-strings --cpp-include schema/native.h)
add_custom_command(
  OUTPUT ${QUALOG_GENERATED} ${QUALOG_GENERATED_SOURCES}
  COMMAND ${FLATC} ${QUALOG_FLATC_FLAGS} -o ${QUALOG_GENERATED_DIR}/schema/fbs ${QUALOG_FBS}
  COMMAND ${Python3_EXECUTABLE} -B ${PROJECT_SOURCE_DIR}/cmake/out_of_line.py
          ${QUALOG_GENERATED_DIR}/schema/fbs ${QUALOG_SCHEMA_FILES}
  COMMAND ${FLATC} --require-explicit-ids --cpp --cpp-std c++17 -b --schema --bfbs-comments
          --bfbs-gen-embed -o ${QUALOG_GENERATED_DIR}/schema/fbs
          ${QUALOG_FBS_DIR}/all.fbs
  DEPENDS ${QUALOG_FBS} ${PROJECT_SOURCE_DIR}/cmake/out_of_line.py
  COMMENT "Generating the schema's C++"
  VERBATIM)
add_custom_target(qualog_generated DEPENDS ${QUALOG_GENERATED})
