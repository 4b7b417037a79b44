/* SPDX-License-Identifier: MIT
 * What a target must be told: rows of a table, read from the environment. A secret is read once,
 * wiped where it was found, and blotted out of every text that leaves the poster. */
#ifndef SG_POST_SETTINGS_H
#define SG_POST_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"
#include "base/error.h"

enum { SG_MOST_POST_SETTINGS = 10, SG_MOST_SECRET_BYTES = 4096 };

struct sg_post_setting {
    const char *variables[2]; /* looked at in this order; an empty one counts as not set */
    bool secret;              /* NAME, or the file that NAME_FILE names */
    bool needed;
    bool is_place;         /* it is part of where results go: of the place in an outbox */
    bool has_lines;        /* a secret of several lines, as keys in PEM are */
    const char *otherwise; /* the value where none is set; NULL: none */
    const char *help;
};

struct sg_post_settings {
    const struct sg_post_setting *rows;
    size_t count;
    char *values[SG_MOST_POST_SETTINGS]; /* by row; NULL: not set */
    char *learned;    /* a secret that came with an answer, wiped like the others; NULL: none */
    int64_t until_ms; /* how long it is good for, since 1970 */
};

/* Reads `count` settings, secret ones only where `secrets` is true. Fails, and blames the input,
 * where one is needed and not there. _done in either case; it wipes the secrets. */
int sg_settings_read(const struct sg_post_setting *rows, size_t count, bool secrets,
                     struct sg_post_settings *ret, struct sg_error *err);
void sg_settings_done(struct sg_post_settings *settings); /* takes a zeroed one */

/* Replaces what was learned; takes `secret` over (NULL: nothing). */
void sg_settings_learn(struct sg_post_settings *settings, char *secret, int64_t until_ms);

/* Wipes the secrets among `rows` from the environment of this process. */
void sg_settings_forget(const struct sg_post_setting *rows, size_t count);

/* Replaces every secret in a text by "(secret)". */
void sg_settings_redact(const struct sg_post_settings *settings, struct sg_bytes *text);

/* Appends a table of the settings for --help. */
void sg_settings_help(const struct sg_post_setting *rows, size_t count, struct sg_bytes *out);

#endif
