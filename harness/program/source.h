/* SPDX-License-Identifier: MIT
 * Just enough of a source file: its language, whether a program begins in it, which end it
 * plays. */
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

/* What a program does with its sockets, as far as the calls in its source say. */
enum sg_source_end {
    SG_SOURCE_NO_END,
    SG_SOURCE_SERVES,
    SG_SOURCE_ASKS,
};

/* The compiled language of a file by the end of its name. */
enum sg_language sg_source_language(const char *name);
/* Whether the program's entry (`main`) is defined in `text`, comments and strings apart. */
bool sg_source_has_main(enum sg_language language, struct sg_slice text);
/* Which end of a conversation `text` is, by the calls in it, comments and strings apart. */
enum sg_source_end sg_source_end_of(struct sg_slice text);
/* Whether the script `text` takes in the module `stem`. */
bool sg_source_imports(struct sg_slice text, const char *stem);
/* Appends the package that a Java source declares, with its dots; nothing where it has none. */
void sg_source_java_package(struct sg_slice text, struct sg_bytes *out);

#endif
