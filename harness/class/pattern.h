/* SPDX-License-Identifier: MIT
 * The expression by which a user says whose a file is: PCRE2, with named groups. */
#ifndef SG_CLASS_PATTERN_H
#define SG_CLASS_PATTERN_H

#include <stdbool.h>

#include "base/error.h"

/* What a group names. */
enum sg_pattern_group {
    SG_GROUP_ID,
    SG_GROUP_NAME,
    SG_GROUP_FIRST_NAME,
    SG_GROUP_LAST_NAME,
    SG_GROUP_EMAIL,
    SG_GROUP_LOGIN,
    SG_GROUP_ATTEMPT,
    SG_GROUP_FILE,
    SG_GROUPS,
};

struct sg_pattern;

/* Compiles it. Fails where it is no expression or names nobody (blame: the input). */
int sg_pattern_new(const char *text, struct sg_pattern **ret, struct sg_error *err);
void sg_pattern_free(struct sg_pattern *pattern); /* takes NULL */
/* Whether it fits somewhere in `name`. ret[group] is a copy of what a group has taken, which the
 * caller frees, or NULL. */
bool sg_pattern_match(const struct sg_pattern *pattern, const char *name, char *ret[SG_GROUPS]);

#endif
