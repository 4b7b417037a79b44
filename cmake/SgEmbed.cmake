# sg_embed(name file header): makes ${CMAKE_CURRENT_BINARY_DIR}/<name>.c of a file: a `struct
# sg_html_file` with its bytes, and with their hash as a Content-Security-Policy takes it. Run as a
# script (cmake -P) this file is what makes it.
if(NOT CMAKE_SCRIPT_MODE_FILE)
  set(SG_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_FILE})
  function(sg_embed name file header)
    set(from ${CMAKE_CURRENT_SOURCE_DIR}/${file})
    set(to ${CMAKE_CURRENT_BINARY_DIR}/${name}.c)
    add_custom_command(OUTPUT ${to} DEPENDS ${from} ${SG_EMBED_SCRIPT} VERBATIM
      COMMAND ${CMAKE_COMMAND} -DNAME=${name} -DFROM=${from} -DTO=${to} -DHEADER=${header}
            -P ${SG_EMBED_SCRIPT})
  endfunction()
  return()
endif()

# The base64 form of 64 hexadecimal digits: three of them are two of its own, and one is left over.
function(base64 hex ret)
  set(digits "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  set(text "")
  foreach(at RANGE 0 60 3)
    string(SUBSTRING ${hex} ${at} 3 three)
    math(EXPR high "0x${three} >> 6")
    math(EXPR low "0x${three} & 63")
    string(SUBSTRING ${digits} ${high} 1 first)
    string(SUBSTRING ${digits} ${low} 1 second)
    string(APPEND text "${first}${second}")
  endforeach()
  string(SUBSTRING ${hex} 63 1 rest)
  math(EXPR last "0x${rest} << 2")
  string(SUBSTRING ${digits} ${last} 1 digit)
  set(${ret} "${text}${digit}=" PARENT_SCOPE)
endfunction()

file(SHA256 ${FROM} hash)
base64(${hash} hash)
file(READ ${FROM} bytes HEX)
string(LENGTH "${bytes}" length)
math(EXPR length "${length} / 2")
string(REGEX REPLACE "(................................)" "\\1\n" bytes "${bytes}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
file(WRITE ${TO} "#include \"${HEADER}\"

static const unsigned char bytes[] = {
${bytes}};

const struct sg_html_file ${NAME} = {.data = bytes, .length = ${length}, .hash = \"sha256-${hash}\"};
")
