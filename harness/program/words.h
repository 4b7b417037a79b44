/* SPDX-License-Identifier: MIT
 * Command lines as lists of words, with `$names` that are replaced at each start. */
#ifndef SG_PROGRAM_WORDS_H
#define SG_PROGRAM_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"

/* A list of strings, ended by NULL, each owned. A zeroed struct is empty. */
struct sg_words_list {
    char **items;
    size_t count;
};

void sg_words_add(struct sg_words_list *list, const char *word); /* copied */
void sg_words_done(struct sg_words_list *list);
/* Splits as a shell would (blanks, '…', "…", \), expanding nothing. False where a quote is open. */
bool sg_words_split(struct sg_words_list *list, const char *line);
/* "./server 127.0.0.1 5000": the words with blanks between, quoted where they need it. */
void sg_words_print(const struct sg_words_list *list, struct sg_bytes *out);

struct sg_word_value {
    const char *name; /* without the '$' */
    const char *value;
};

/* Copies `word` with every `$name` of `values` replaced, once; what looks like a name but has no
 * value stays. The caller frees it. */
char *sg_word_fill(const char *word, const struct sg_word_value *values, size_t count);

#endif
