/* SPDX-License-Identifier: MIT
 * Just enough of a source file: its language, and whether a program begins in it. */
#ifndef SG_PROGRAM_SOURCE_H
#define SG_PROGRAM_SOURCE_H

#include <stdbool.h>

#include "base/bytes.h"

enum sg_language {
    SG_LANGUAGE_NONE,
    SG_LANGUAGE_C,
    SG_LANGUAGE_CPP,
    SG_LANGUAGE_JAVA,
    SG_LANGUAGE_RUST,
    SG_LANGUAGE_GO,
};

/* The compiled language of a file by the end of its name. */
enum sg_language sg_source_language(const char *name);
/* Whether the program's entry (`main`) is defined in `text`, comments and strings apart. */
bool sg_source_has_main(enum sg_language language, struct sg_slice text);
/* Appends the package that a Java source declares, with its dots; nothing where it has none. */
void sg_source_java_package(struct sg_slice text, struct sg_bytes *out);

#endif
