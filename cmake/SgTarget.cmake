# sg_target(name): the language level, warnings and sanitizers every target of ours gets.
function(sg_target name)
  target_compile_features(${name} PUBLIC c_std_11)
  target_compile_definitions(${name} PRIVATE _GNU_SOURCE)
  set_target_properties(${name} PROPERTIES C_EXTENSIONS OFF)
  target_compile_options(${name} PRIVATE -Wall -Wextra -Wpedantic -Wconversion -Wshadow
                         -Wno-missing-field-initializers
                         $<$<BOOL:${SG_WERROR}>:-Werror>)
  if(SG_SANITIZE)
    target_compile_options(${name} PUBLIC -fsanitize=${SG_SANITIZE} -fno-sanitize-recover=all)
    target_link_options(${name} PUBLIC -fsanitize=${SG_SANITIZE})
  endif()
endfunction()

# sg_module(name SOURCES file... HEADERS file... LINKS library...): one folder of harness/ as one
# static library. It may include its own headers and those of the libraries it links, so that the
# link list is the list of what a module is allowed to know.
function(sg_module name)
  cmake_parse_arguments(MODULE "" "" "SOURCES;HEADERS;LINKS" ${ARGN})
  add_library(sg_${name} STATIC)
  target_sources(sg_${name}
    PRIVATE ${MODULE_SOURCES}
    PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR}/harness FILES ${MODULE_HEADERS})
  target_link_libraries(sg_${name} PUBLIC ${MODULE_LINKS})
  sg_target(sg_${name})
endfunction()
