/* SPDX-License-Identifier: MIT
 * Which ports the lines of a port scanner name. A line may say more than its port: what it was told
 * to scan, how many ports it looked at, how long that took. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "exam/printed.h"

enum { MOST_TOKENS = 16 };

/* A number in a line that may be a port. */
struct token {
    int64_t number;
    size_t at, end;
};

struct line {
    struct sg_slice text;
    size_t before; /* where its port's digits begin */
    int64_t port;  /* 0: it names none */
};

struct reading {
    struct sg_range among;
    const bool *open;
    struct line *lines;
    size_t count;
    bool crowded;
};

static bool is_candidate(const struct reading *reading, int64_t number)
{
    if (number < 1 || number > 65535)
        return false;
    return ((uint64_t)number >= reading->among.least && (uint64_t)number <= reading->among.most) ||
           reading->open[number];
}

static bool word_at(struct sg_slice text, size_t at, const char *word)
{
    size_t length = strlen(word);
    return at + length <= text.length &&
           strncasecmp((const char *)text.data + at, word, length) == 0;
}

static bool follows_port(struct sg_slice text, const struct token *token)
{
    size_t at = token->at;
    while (at && !isalnum(text.data[at - 1]))
        at--;
    return at >= 4 && word_at(text, at - 4, "port");
}

/* "1005 ports", "3 open ports", and "0 of 1005" where so many were to be looked at: a count and no
 * port. */
static bool is_count(const struct reading *reading, struct sg_slice text, const struct token *token)
{
    size_t at = token->end;
    if ((uint64_t)token->number == reading->among.most - reading->among.least + 1 &&
        !follows_port(text, token))
        return true;
    for (int words = 0; words < 2; words++) {
        size_t begin = at;
        while (at < text.length && text.data[at] == ' ')
            at++;
        if (at == begin)
            return false;
        if (word_at(text, at, "port"))
            return true;
        while (at < text.length && isalpha(text.data[at]))
            at++;
    }
    return false;
}

/* A part of a time of day: two colons between pairs of digits. */
static bool is_clock(struct sg_slice text, const struct token *token)
{
    static const char shape[] = "00:00:00";
    size_t length = sizeof shape - 1;
    for (size_t start = token->at < 6 ? 0 : token->at - 6; start <= token->at; start++) {
        size_t i = 0;
        while (i < length && start + i < text.length &&
               (shape[i] == '0' ? isdigit(text.data[start + i]) : text.data[start + i] == shape[i]))
            i++;
        if (i == length)
            return true;
    }
    return false;
}

static size_t read_tokens(const struct reading *reading, struct sg_slice text, struct token *tokens)
{
    size_t count = 0, from = 0;
    struct token token;
    while (count < MOST_TOKENS && sg_printed_number(text, &from, &token.at, &token.number)) {
        token.end = from;
        if (is_candidate(reading, token.number) && !is_clock(text, &token) &&
            (reading->open[token.number] || !is_count(reading, text, &token)))
            tokens[count++] = token;
    }
    return count;
}

static void read_line(struct reading *reading, struct sg_slice text)
{
    struct token tokens[MOST_TOKENS];
    size_t count = read_tokens(reading, text, tokens), chosen = 0, open = 0;
    reading->lines = sg_realloc_array(reading->lines, reading->count + 1, sizeof *reading->lines);
    struct line *line = &reading->lines[reading->count++];
    *line = (struct line){.text = text};
    bool told_range = count == 2 && (uint64_t)tokens[0].number == reading->among.least &&
                      (uint64_t)tokens[1].number == reading->among.most;
    if (!count || told_range)
        return;
    for (size_t i = 0; i < count; i++) {
        open += reading->open[tokens[i].number];
        if (!follows_port(text, &tokens[chosen]) && follows_port(text, &tokens[i]))
            chosen = i;
    }
    reading->crowded |= open > 2;
    line->port = tokens[chosen].number;
    line->before = tokens[chosen].at;
}

static void read_lines(struct reading *reading, struct sg_slice output)
{
    while (output.length) {
        size_t length = 0;
        while (length < output.length && output.data[length] != '\n' && output.data[length] != '\r')
            length++;
        struct sg_slice text = sg_slice_first(output, length);
        if (length)
            read_line(reading, text);
        output = sg_slice_skip(output, length + 1);
    }
}

/* A first or last line that begins as no other does says something about the whole. */
static bool is_remark(const struct reading *reading, size_t index)
{
    const struct line *line = &reading->lines[index];
    bool others = false;
    if (index && index + 1 < reading->count)
        return false;
    for (size_t i = 0; i < reading->count; i++) {
        const struct line *other = &reading->lines[i];
        if (i == index || !other->port)
            continue;
        if (other->before == line->before &&
            memcmp(other->text.data, line->text.data, line->before) == 0)
            return false;
        others = others || reading->open[other->port];
    }
    return others;
}

/* How many lines are the same as this one. */
static size_t count_same(const struct reading *reading, const struct line *line)
{
    size_t count = 0;
    for (size_t i = 0; i < reading->count; i++)
        count += sg_slice_equal(reading->lines[i].text, line->text);
    return count;
}

void sg_printed_ports(struct sg_slice output, struct sg_range among, const bool *open,
                      struct sg_printed_ports *ret)
{
    struct reading reading = {.among = among, .open = open};
    read_lines(&reading, output);
    for (size_t i = 0; i < reading.count; i++) {
        int64_t port = reading.lines[i].port;
        if (port && (open[port] || !is_remark(&reading, i)))
            ret->named[port] = true;
        size_t same =
            port && open[port] && !ret->lines ? count_same(&reading, &reading.lines[i]) : 0;
        if (same > 1) {
            ret->again = reading.lines[i].text;
            ret->lines = same;
        }
    }
    ret->crowded = reading.crowded;
    free(reading.lines);
}
