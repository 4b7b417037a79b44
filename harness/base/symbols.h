/* SPDX-License-Identifier: MIT
 * Shared libraries that are loaded by the process that needs them, when it does. Every case is a
 * process that is forked from sockgrade, and whatever is mapped there is copied each time. */
#ifndef SG_BASE_SYMBOLS_H
#define SG_BASE_SYMBOLS_H

#include <stddef.h>

#include "base/error.h"

/* A function of the library, and where the pointer to it goes. */
struct sg_symbol {
    const char *name;
    size_t offset;
};

struct sg_symbols {
    const char *library; /* its soname */
    const char *purpose; /* in words: "posting" */
    const struct sg_symbol *rows;
    size_t count;
};

/* Loads the library, which stays, and fills the struct of pointers `ret`. Blames the machine where
 * it is missing or lacks a function. */
int sg_symbols_load(const struct sg_symbols *symbols, void *ret, struct sg_error *err);

#endif
