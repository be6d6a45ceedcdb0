# Generates, from schema/fbs: C++ headers with the object API, and the reflection schema embedded as
# a C++ array. Headers go to <build>/generated/schema/fbs.
find_program(FLATC flatc REQUIRED)

set(QUALOG_FBS_DIR ${PROJECT_SOURCE_DIR}/schema/fbs)
set(QUALOG_GENERATED_DIR ${PROJECT_BINARY_DIR}/generated)
file(GLOB QUALOG_FBS CONFIGURE_DEPENDS ${QUALOG_FBS_DIR}/*.fbs)

set(QUALOG_GENERATED)
foreach(file common project sources codes notes sets history action event command aside)
  list(APPEND QUALOG_GENERATED ${QUALOG_GENERATED_DIR}/schema/fbs/${file}_generated.h)
endforeach()
list(APPEND QUALOG_GENERATED ${QUALOG_GENERATED_DIR}/schema/fbs/all_bfbs_generated.h)

set(QUALOG_FLATC_FLAGS --require-explicit-ids --cpp --cpp-std c++17 --scoped-enums --gen-object-api
                       --gen-name-strings --cpp-include schema/native.h)
add_custom_command(
  OUTPUT ${QUALOG_GENERATED}
  COMMAND ${FLATC} ${QUALOG_FLATC_FLAGS} -o ${QUALOG_GENERATED_DIR}/schema/fbs ${QUALOG_FBS}
  COMMAND ${FLATC} --require-explicit-ids --cpp --cpp-std c++17 -b --schema --bfbs-comments
          --bfbs-gen-embed -o ${QUALOG_GENERATED_DIR}/schema/fbs
          ${QUALOG_FBS_DIR}/all.fbs
  DEPENDS ${QUALOG_FBS}
  COMMENT "Generating the schema's C++"
  VERBATIM)
add_custom_target(qualog_generated DEPENDS ${QUALOG_GENERATED})
