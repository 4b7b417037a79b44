/* SPDX-License-Identifier: MIT
 * How many replies the lines of a ping tell of. How it words a reply is its own; but it words all
 * of them alike, numbers apart, and what is no reply otherwise ("timeout", a heading, a
 * summary). */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "exam/printed.h"

enum { MOST_LIKENESS = 120 };

/* Lines that are alike. */
struct likeness {
    char text[MOST_LIKENESS];
    size_t lines;
    size_t words; /* in it that a reply is usually told with */
};

static bool is_of_number(int c)
{
    return isdigit(c) || (c && strchr(".,+-", c));
}

/* How long the unit of a time at the beginning of a text is; 0: it is none. Go and Rust choose it
 * by the size. */
static size_t unit_length(struct sg_slice text)
{
    static const char *const units[] = {"ns", "us", "\u00b5s", "\u03bcs", "ms", "s"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t length = strlen(units[i]);
        if (text.length >= length && memcmp(text.data, units[i], length) == 0 &&
            (text.length == length || !isalnum(text.data[length])))
            return length;
    }
    return 0;
}

/* A line without its numbers: "64 bytes: time=0.05 ms", "… time<1e-05 ms" and "… time=50 s" are
 * alike. */
static void make_likeness(struct sg_slice line, char ret[MOST_LIKENESS])
{
    size_t length = 0;
    for (size_t at = 0; at < line.length && length + 1 < MOST_LIKENESS;) {
        int c = line.data[at];
        if (isdigit(c)) {
            while (at < line.length && (is_of_number(line.data[at]) ||
                                        (tolower(line.data[at]) == 'e' && at + 1 < line.length &&
                                         is_of_number(line.data[at + 1]))))
                at++;
            bool apart = at < line.length && line.data[at] == ' ';
            size_t unit = unit_length(sg_slice_skip(line, at + apart));
            if (unit && length + sizeof "# ms" < MOST_LIKENESS) {
                memcpy(ret + length, "# m", 3);
                length += 3;
                at += apart + unit;
                c = 's';
            } else {
                c = '#';
            }
        } else {
            at++;
        }
        if (isspace(c))
            c = ' ';
        if (c == '<' || c == '~')
            c = '=';
        if (c != ' ' || (length && ret[length - 1] != ' '))
            ret[length++] = (char)c;
    }
    while (length && ret[length - 1] == ' ')
        length--;
    ret[length] = 0;
}

static size_t count_words(const char *text)
{
    static const char *const words[] = {"reply", "from", "time", "ms",    "ttl",   "rtt",
                                        "bytes", "seq",  "dari", "balas", "waktu", "jawab"};
    size_t count = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        count += strcasestr(text, words[i]) != NULL;
    return count;
}

static void add_line(struct likeness **list, size_t *count, struct sg_slice line)
{
    char text[MOST_LIKENESS];
    make_likeness(line, text);
    for (size_t i = 0; i < *count; i++) {
        if (strcmp((*list)[i].text, text) == 0) {
            (*list)[i].lines++;
            return;
        }
    }
    if (!text[0])
        return;
    *list = sg_realloc_array(*list, *count + 1, sizeof **list);
    struct likeness *added = &(*list)[(*count)++];
    *added = (struct likeness){.lines = 1, .words = count_words(text)};
    memcpy(added->text, text, sizeof text);
}

/* The likeness that tells of replies, for the report: the one that sounds most like it. */
static size_t most_likely(const struct likeness *list, size_t count)
{
    const struct likeness *best = NULL;
    for (size_t i = 0; i < count; i++) {
        bool better = best && (list[i].words > best->words ||
                               (list[i].words == best->words && list[i].lines > best->lines));
        if (!best || better)
            best = &list[i];
    }
    return best ? best->lines : 0;
}

bool sg_printed_replies(struct sg_slice output, size_t wanted, size_t *ret_lines)
{
    struct likeness *list = NULL;
    size_t count = 0;
    bool found = false;
    while (output.length) {
        const uint8_t *end = memchr(output.data, '\n', output.length);
        size_t length = end ? (size_t)(end - output.data) : output.length;
        add_line(&list, &count, sg_slice_first(output, length));
        output = sg_slice_skip(output, length + (end != NULL));
    }
    for (size_t i = 0; i < count; i++)
        found = found || list[i].lines == wanted;
    *ret_lines = found ? wanted : most_likely(list, count);
    free(list);
    return found;
}
