/* SPDX-License-Identifier: MIT
 * Names of people and of files: which are the same, and which are safe. */
#ifndef SG_CLASS_NAMES_H
#define SG_CLASS_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sg_bytes;

/* `name` without case, blanks and punctuation; letters and digits of every script stay. The caller
 * frees it. Empty where nothing remains. */
char *sg_name_fold(const char *name);

/* `path` so that two have the same where they differ in case alone. The caller frees it. */
char *sg_name_caseless(const char *path);

/* A name folded in each order of its parts: "John Doe" and "Doe, John" have one in common. */
enum { SG_NAME_FORMS = 2 };
struct sg_name_forms {
    char *items[SG_NAME_FORMS];
    size_t count;
};
void sg_name_forms_add(struct sg_name_forms *forms, const char *name); /* while there is room */
bool sg_name_forms_meet(const struct sg_name_forms *a, const struct sg_name_forms *b);
void sg_name_forms_done(struct sg_name_forms *forms);

/* `raw` as the name of a submission: safe as the name of a file, and with a mark of its own where
 * more than blanks had to be replaced. Equal names give equal ones. The caller frees it. */
char *sg_name_safe(const char *raw);

/* Appends the file's name `raw` with what no name should hold replaced: bytes that are no UTF-8,
 * controls, marks that turn the direction of text, a '-' at its start. Returns what was wrong, in
 * words, or NULL. */
const char *sg_name_clean(const char *raw, struct sg_bytes *out);

/* `raw` to be shown in a message: shortened, and harmless. The caller frees it. */
char *sg_name_show(const char *raw);

/* Whether `name` (of a file) ends in `end`, case apart. */
bool sg_name_ends(const char *name, const char *end);
/* How two names are ordered where runs of digits count as numbers. */
int sg_name_compare_natural(const char *a, const char *b);

#endif
