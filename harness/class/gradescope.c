/* SPDX-License-Identifier: MIT
 * Reads submission_metadata.yml event by event. The file holds all results of a class, often tens
 * of mebibytes of them, so no tree of it is made: what is not wanted is passed over as it comes.
 * Ruby writes it; its keys are symbols (":name"), and what stands in it twice may be an alias. */
#include "class/gradescope.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <yaml.h>

enum { MOST_DEPTH = 64, MOST_ANCHORS = 10000 };

struct anchor {
    const char *name, *text;
};

struct reader {
    struct sg_gradescope *ret;
    yaml_parser_t parser;
    yaml_event_t event; /* the one looked at */
    struct anchor *anchors;
    size_t anchor_count;
    struct sg_error *err;
};

static int fail(struct reader *reader, const char *what)
{
    return sg_fail(reader->err, "line %zu: %s", reader->event.start_mark.line + 1, what);
}

static int next(struct reader *reader)
{
    yaml_event_delete(&reader->event);
    if (yaml_parser_parse(&reader->parser, &reader->event))
        return 0;
    return sg_fail(reader->err, "line %zu: not valid YAML: %s",
                   reader->parser.problem_mark.line + 1,
                   reader->parser.problem ? reader->parser.problem : "unknown problem");
}

/* The text of the scalar that is looked at, or of the one that its alias names; NULL: it is
 * none. */
static const char *scalar(struct reader *reader)
{
    struct sg_arena *arena = &reader->ret->arena;
    const yaml_event_t *event = &reader->event;
    if (event->type == YAML_ALIAS_EVENT) {
        for (size_t i = reader->anchor_count; i > 0; i--) {
            if (strcmp(reader->anchors[i - 1].name, (const char *)event->data.alias.anchor) == 0)
                return reader->anchors[i - 1].text;
        }
        return NULL;
    }
    if (event->type != YAML_SCALAR_EVENT)
        return NULL;
    const char *text = sg_arena_copy(arena, event->data.scalar.value, event->data.scalar.length);
    if (event->data.scalar.anchor && reader->anchor_count < MOST_ANCHORS) {
        struct anchor *anchor =
            sg_arena_push(arena, (void **)&reader->anchors, &reader->anchor_count, sizeof *anchor);
        anchor->name = sg_arena_strdup(arena, (const char *)event->data.scalar.anchor);
        anchor->text = text;
    }
    return text;
}

/* A value that says nothing: null, or an empty text. */
static const char *said(const char *text)
{
    bool nothing = !text || !*text || strcmp(text, "~") == 0 || strcmp(text, "null") == 0;
    return nothing ? NULL : text;
}

/* Passes over the value that is looked at, to its last event. */
static int skip(struct reader *reader)
{
    size_t depth = 0;
    for (;;) {
        yaml_event_type_t type = reader->event.type;
        if (type == YAML_SCALAR_EVENT)
            (void)scalar(reader); /* it may have an anchor */
        depth += type == YAML_MAPPING_START_EVENT || type == YAML_SEQUENCE_START_EVENT;
        depth -= type == YAML_MAPPING_END_EVENT || type == YAML_SEQUENCE_END_EVENT;
        if (depth > MOST_DEPTH)
            return fail(reader, "nested too deep");
        if (!depth)
            return 0;
        if (next(reader) < 0)
            return -1;
    }
}

/* Reads the map that is looked at, calling `take` with each key while its value is looked at. */
static int read_map(struct reader *reader, void *into,
                    int (*take)(struct reader *reader, const char *key, void *into))
{
    if (reader->event.type != YAML_MAPPING_START_EVENT)
        return fail(reader, "a map is wanted here");
    for (;;) {
        if (next(reader) < 0)
            return -1;
        if (reader->event.type == YAML_MAPPING_END_EVENT)
            return 0;
        const char *key = scalar(reader);
        if (!key && skip(reader) < 0)
            return -1;
        if (next(reader) < 0)
            return -1;
        if (key ? take(reader, key, into) < 0 : skip(reader) < 0)
            return -1;
    }
}

static int take_of_submitter(struct reader *reader, const char *key, void *into)
{
    struct sg_submitter *submitter = into;
    const char *text = scalar(reader);
    if (!text)
        return reader->event.type == YAML_ALIAS_EVENT ? 0 : skip(reader);
    if (strcmp(key, ":name") == 0)
        submitter->name = said(text);
    else if (strcmp(key, ":sid") == 0)
        submitter->sid = said(text);
    else if (strcmp(key, ":email") == 0)
        submitter->email = said(text);
    return 0;
}

static int read_submitters(struct reader *reader, struct sg_gradescope_entry *entry)
{
    if (reader->event.type != YAML_SEQUENCE_START_EVENT)
        return fail(reader, "the submitters are no list");
    for (;;) {
        if (next(reader) < 0)
            return -1;
        if (reader->event.type == YAML_SEQUENCE_END_EVENT)
            return 0;
        struct sg_submitter *submitter = sg_arena_push(
            &reader->ret->arena, (void **)&entry->submitters, &entry->count, sizeof *submitter);
        *submitter = (struct sg_submitter){0};
        if (read_map(reader, submitter, take_of_submitter) < 0)
            return -1;
    }
}

static int take_of_entry(struct reader *reader, const char *key, void *into)
{
    struct sg_gradescope_entry *entry = into;
    if (strcmp(key, ":submitters") == 0)
        return read_submitters(reader, entry);
    if (strcmp(key, ":created_at") != 0)
        return reader->event.type == YAML_ALIAS_EVENT ? 0 : skip(reader);
    entry->created = said(scalar(reader));
    return entry->created || reader->event.type == YAML_ALIAS_EVENT ? 0 : skip(reader);
}

static int take_of_all(struct reader *reader, const char *key, void *into)
{
    struct sg_gradescope *ret = into;
    struct sg_gradescope_entry *entry =
        sg_arena_push(&ret->arena, (void **)&ret->entries, &ret->count, sizeof *entry);
    *entry = (struct sg_gradescope_entry){.key = key};
    return read_map(reader, entry, take_of_entry);
}

int sg_gradescope_parse(struct sg_slice text, struct sg_gradescope *ret, struct sg_error *err)
{
    *ret = (struct sg_gradescope){0};
    struct reader reader = {.ret = ret, .err = err};
    if (!yaml_parser_initialize(&reader.parser))
        sg_out_of_memory();
    yaml_parser_set_input_string(&reader.parser, text.length ? text.data : (const uint8_t *)"",
                                 text.length);
    int failed = 0;
    do {
        failed = next(&reader);
    } while (!failed && (reader.event.type == YAML_STREAM_START_EVENT ||
                         reader.event.type == YAML_DOCUMENT_START_EVENT));
    if (!failed)
        failed = read_map(&reader, ret, take_of_all);
    yaml_event_delete(&reader.event);
    yaml_parser_delete(&reader.parser);
    if (failed)
        sg_gradescope_done(ret);
    return failed;
}

void sg_gradescope_done(struct sg_gradescope *gradescope)
{
    sg_arena_done(&gradescope->arena);
    *gradescope = (struct sg_gradescope){0};
}

/* Minutes east of Greenwich of " +0700", "+07:00", "Z" or nothing. */
static int zone_minutes(const char *text)
{
    int hours = 0, minutes = 0;
    char sign = 0;
    while (*text == ' ')
        text++;
    if (sscanf(text, "%c%2d:%2d", &sign, &hours, &minutes) < 3 &&
        sscanf(text, "%c%2d%2d", &sign, &hours, &minutes) < 2)
        return 0;
    if (sign != '+' && sign != '-')
        return 0;
    return (sign == '-' ? -1 : 1) * (hours * 60 + minutes);
}

int64_t sg_gradescope_time(const char *text)
{
    const int64_t ns_per_s = 1000000000;
    struct tm tm = {0};
    int read = 0;
    if (sscanf(text, "%4d-%2d-%2d%*1[T ]%2d:%2d:%2d%n", &tm.tm_year, &tm.tm_mon, &tm.tm_mday,
               &tm.tm_hour, &tm.tm_min, &tm.tm_sec, &read) != 6 ||
        !read)
        return 0;
    tm.tm_year -= 1900;
    tm.tm_mon--;
    const char *rest = text + read;
    int64_t nanoseconds = 0;
    if (*rest == '.') {
        int64_t unit = 100000000;
        for (rest++; isdigit((unsigned char)*rest); rest++, unit /= 10)
            nanoseconds += (*rest - '0') * unit;
    }
    int64_t seconds = (int64_t)timegm(&tm) - (int64_t)zone_minutes(rest) * 60;
    if (seconds < 0 || seconds >= INT64_MAX / ns_per_s)
        return 0; /* no time at which anything was handed in */
    return seconds * ns_per_s + nanoseconds;
}
