/* SPDX-License-Identifier: MIT
 * What a class handed in: folders, archives, the exports of course systems, as submissions that can be
 * graded. */
#ifndef SG_CLASS_INTAKE_H
#define SG_CLASS_INTAKE_H

#include <stddef.h>

#include "base/error.h"

/* A student; NULL what is not known. */
struct sg_member {
    char *id, *name, *email, *login;
};

/* One submission of the class. */
struct sg_entry {
    char *id;                  /* stable, unique, safe as a file name */
    char *path;                /* its folder, ready to be graded */
    struct sg_member *members; /* at least one */
    size_t member_count;
    char *attempt; /* what says which attempt it is; NULL */
    char **notes;
    size_t note_count;
};

struct sg_intake {
    char *layout; /* what the paths were taken for */
    struct sg_entry *entries;
    size_t entry_count;
    char **complaints; /* what could not be taken in, and why */
    size_t complaint_count;
};

struct sg_intake_options {
    const char *layout;   /* NULL: found out */
    const char *id_regex; /* NULL: none */
    const char *roster;   /* a CSV file; NULL: none */
    const char
        *scratch; /* a folder for what must be unpacked; it stays until the class is graded */
};

/* Blames the input where the paths cannot be read or an option is wrong. What it returns is freed with
 * sg_intake_done, which takes a zeroed one. */
int sg_intake_open(const char *const *paths, size_t count, const struct sg_intake_options *options,
                   struct sg_intake *ret, struct sg_error *err);
void sg_intake_done(struct sg_intake *intake);

#endif
