/* SPDX-License-Identifier: MIT
 * Whether a text names a student of a class. */
#ifndef SG_CLI_MENTIONS_H
#define SG_CLI_MENTIONS_H

#include <stdbool.h>
#include <stddef.h>

struct sg_mention {
    char *submission, *told;
};
struct sg_mentions {
    struct sg_mention *items;
    size_t count;
};

/* `told` is a name, number, e-mail, login or path of who handed in `submission`; both are
 * copied. */
void sg_mentions_add(struct sg_mentions *names, const char *submission, const char *told);
/* Whether `text`, of a result of `submission`, has the whole of what was told of anybody, or of
 * what was told of that submission, or of its id, any word. Case does not count; what is part of a
 * longer word does not either. */
bool sg_mentions_told(const struct sg_mentions *names, const char *submission, const char *text);
void sg_mentions_done(struct sg_mentions *names);

#endif
