/* SPDX-License-Identifier: MIT
 * Command lines as lists of words. */
#include "program/words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

void sg_words_add(struct sg_words_list *list, const char *word)
{
    list->items = sg_realloc_array(list->items, list->count + 2, sizeof *list->items);
    list->items[list->count++] = sg_strdup(word);
    list->items[list->count] = NULL;
}

void sg_words_done(struct sg_words_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i]);
    free(list->items);
    *list = (struct sg_words_list){0};
}

/* Reads one word from *at on; false where a quote is left open. */
static bool read_word(const char **at, struct sg_bytes *word)
{
    char quote = 0;
    const char *c = *at;
    for (; *c && (quote || !isspace((unsigned char)*c)); c++) {
        if (!quote && (*c == '\'' || *c == '"')) {
            quote = *c;
        } else if (quote && *c == quote) {
            quote = 0;
        } else if (*c == '\\' && quote != '\'' && c[1]) {
            sg_bytes_add_byte(word, (uint8_t) * ++c);
        } else {
            sg_bytes_add_byte(word, (uint8_t)*c);
        }
    }
    *at = c;
    return quote == 0;
}

bool sg_words_split(struct sg_words_list *list, const char *line)
{
    for (;;) {
        while (isspace((unsigned char)*line))
            line++;
        if (!*line)
            return true;
        sg_autobytes struct sg_bytes word = {0};
        if (!read_word(&line, &word))
            return false;
        sg_words_add(list, sg_bytes_text(&word));
    }
}

void sg_words_print(const struct sg_words_list *list, struct sg_bytes *out)
{
    for (size_t i = 0; i < list->count; i++) {
        const char *word = list->items[i];
        bool plain = *word && !strpbrk(word, " \t\n'\"\\");
        sg_bytes_printf(out, plain ? "%s%s" : "%s'%s'", i ? " " : "", word);
    }
}

static const struct sg_word_value *find_value(const char *name, size_t length,
                                              const struct sg_word_value *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strlen(values[i].name) == length && memcmp(values[i].name, name, length) == 0)
            return &values[i];
    }
    return NULL;
}

char *sg_word_fill(const char *word, const struct sg_word_value *values, size_t count)
{
    struct sg_bytes out = {0};
    while (*word) {
        size_t length = 0;
        while (word[0] == '$' && islower((unsigned char)word[1 + length]))
            length++;
        const struct sg_word_value *value =
            length ? find_value(word + 1, length, values, count) : NULL;
        if (value) {
            sg_bytes_add_text(&out, value->value);
            word += 1 + length;
        } else {
            sg_bytes_add_byte(&out, (uint8_t)*word++);
        }
    }
    return sg_bytes_take_text(&out);
}
