/* SPDX-License-Identifier: MIT
 * Whether a text names a student. When in doubt it does: who asks has another text, or does
 * without. */
#include "cli/mentions.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/bytes.h"

/* Shorter words are initials, particles and numbers, which sentences have too. */
enum { LEAST_WORD = 3 };

void sg_mentions_add(struct sg_mentions *names, const char *submission, const char *told)
{
    names->items = sg_realloc_array(names->items, names->count + 1, sizeof *names->items);
    names->items[names->count++] =
        (struct sg_mention){.submission = sg_strdup(submission), .told = sg_strdup(told)};
}

void sg_mentions_done(struct sg_mentions *names)
{
    for (size_t i = 0; i < names->count; i++) {
        free(names->items[i].submission);
        free(names->items[i].told);
    }
    free(names->items);
    *names = (struct sg_mentions){0};
}

/* Bytes beyond ASCII are parts of letters. */
static bool is_letter(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

static bool has_word(const char *text, const char *word, size_t length)
{
    for (const char *at = text; *at; at++) {
        if (strncasecmp(at, word, length) == 0 && (at == text || !is_letter(at[-1])) &&
            !is_letter(at[length]))
            return true;
    }
    return false;
}

static bool has_any_word(const char *text, const char *words)
{
    while (*words) {
        size_t length = 0;
        while (is_letter(words[length]))
            length++;
        if (length >= LEAST_WORD && has_word(text, words, length))
            return true;
        words += length + (words[length] != 0);
    }
    return false;
}

bool sg_mentions_told(const struct sg_mentions *names, const char *submission, const char *text)
{
    if (has_any_word(text, submission) || has_word(text, submission, strlen(submission)))
        return true;
    for (size_t i = 0; i < names->count; i++) {
        const struct sg_mention *name = &names->items[i];
        size_t length = strlen(name->told);
        bool own = strcmp(name->submission, submission) == 0;
        if (length >= LEAST_WORD && has_word(text, name->told, length))
            return true;
        length = strlen(name->submission);
        if (length >= LEAST_WORD && has_word(text, name->submission, length))
            return true;
        if (own && strchr(name->told, '/') == NULL && has_any_word(text, name->told))
            return true;
    }
    return false;
}
