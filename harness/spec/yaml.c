/* SPDX-License-Identifier: MIT
 * libyaml's events become a tree. What libyaml lets pass and we do not is refused here: duplicate
 * keys, keys that are no scalars, several documents, unbounded depth and size. */
#include "spec/yaml.h"

#include <string.h>
#include <yaml.h>

#include "base/file.h"
#include "base/table.h"
#include "base/utf8.h"

struct anchor {
    const char *name;
    struct sg_node *node;
};

struct builder {
    struct sg_document *document;
    struct sg_complaints *complaints;
    yaml_parser_t parser;
    struct anchor *anchors;
    size_t anchor_count;
    size_t nodes;
};

void sg_complain(struct sg_complaints *complaints, const struct sg_node *node, const char *format,
                 ...)
{
    va_list args;
    va_start(args, format);
    sg_complain_v(complaints, node->place, format, args);
    va_end(args);
}

const struct sg_node *sg_node_get(const struct sg_node *map, const char *key)
{
    if (map->kind != SG_NODE_MAP)
        return NULL;
    for (size_t i = 0; i < map->count; i++) {
        if (strcmp(map->keys[i]->text, key) == 0)
            return map->items[i];
    }
    return NULL;
}

static struct sg_place place_of_mark(const struct builder *builder, const yaml_mark_t *mark)
{
    return (struct sg_place){
        .source = &builder->document->source,
        .line = mark->line + 1,
        .column = mark->column + 1,
        .width = 1,
    };
}

static struct sg_place place_of(const struct builder *builder, const yaml_event_t *event)
{
    struct sg_place place = place_of_mark(builder, &event->start_mark);
    if (event->end_mark.line == event->start_mark.line &&
        event->end_mark.column > event->start_mark.column)
        place.width = event->end_mark.column - event->start_mark.column;
    return place;
}

/* What libyaml finds wrong, in the words of someone who writes a file. The first row whose words
 * fit is taken; `at_start` marks the place where the thing begun that went wrong, not where that
 * was noticed. */
static const struct {
    const char *problem, *context; /* parts of libyaml's words; NULL: any */
    const char *text;
    bool at_start;
} problems[] = {
    {"found character that cannot start any token", NULL, NULL, false}, /* told by the character */
    {"found a tab character", NULL, "a tab cannot indent; use blanks", false},
    {"mapping values are not allowed", NULL,
     "a ':' cannot stand here: is a line indented wrongly, or does a text with ': ' in it lack "
     "quotes?",
     false},
    {"could not find expected ':'", NULL, "a key without a ':' behind it", true},
    {NULL, "while parsing a flow mapping", "the '{' here is not closed by a '}'", true},
    {NULL, "while parsing a flow sequence", "the '[' here is not closed by a ']'", true},
    {NULL, "while scanning a quoted scalar", "the quote here is not closed", true},
    {NULL, "while parsing a block mapping",
     "nothing can stand here: is the line indented wrongly, or only a part of a text in quotes?",
     false},
    {NULL, "while parsing a block collection",
     "nothing can stand here: is the line indented wrongly, or only a part of a text in quotes?",
     false},
    {"found unknown escape character", NULL, "no such escape; a backslash itself is written '\\\\'",
     false},
    {"control characters are not allowed", NULL,
     "a control character; in double quotes it can be written as an escape", false},
    {"did not find expected node content", NULL, "a value is wanted here", false},
};

static bool says(const char *text, const char *part)
{
    return !part || (text && strstr(text, part));
}

static void complain_of_character(struct builder *builder, struct sg_place place)
{
    size_t offset = builder->parser.problem_mark.index;
    struct sg_slice text = sg_bytes_slice(&builder->document->source.text);
    /* The index counts characters. */
    size_t at = 0;
    for (uint32_t point; offset && at < text.length; offset--) {
        size_t step = sg_utf8_next(text.data + at, text.length - at, &point);
        at += step ? step : 1;
    }
    int found = at < text.length ? text.data[at] : '?';
    if (found == '\t')
        sg_complain_at(builder->complaints, place, "a tab cannot indent; use blanks");
    else
        sg_complain_at(builder->complaints, place, "a text that begins with '%c' needs quotes",
                       found);
}

static void complain_of_yaml(struct builder *builder)
{
    const yaml_parser_t *parser = &builder->parser;
    struct sg_place place = place_of_mark(builder, &parser->problem_mark);
    if (parser->error == YAML_READER_ERROR)
        place = sg_place_of_offset(&builder->document->source, parser->problem_offset);
    for (size_t i = 0; i < SG_COUNT(problems); i++) {
        if (!says(parser->problem, problems[i].problem) ||
            !says(parser->context, problems[i].context))
            continue;
        if (!problems[i].text)
            complain_of_character(builder, place);
        else
            sg_complain_at(builder->complaints,
                           problems[i].at_start ? place_of_mark(builder, &parser->context_mark)
                                                : place,
                           "%s", problems[i].text);
        return;
    }
    sg_complain_at(builder->complaints, place, "not valid YAML: %s%s%s",
                   parser->context ? parser->context : "", parser->context ? ", " : "",
                   parser->problem ? parser->problem : "unknown problem");
}

static bool next_event(struct builder *builder, yaml_event_t *event)
{
    if (yaml_parser_parse(&builder->parser, event))
        return true;
    complain_of_yaml(builder);
    return false;
}

static void remember_anchor(struct builder *builder, const yaml_char_t *name, struct sg_node *node)
{
    struct sg_arena *arena = &builder->document->arena;
    struct anchor *anchor =
        sg_arena_push(arena, (void **)&builder->anchors, &builder->anchor_count, sizeof *anchor);
    anchor->name = sg_arena_strdup(arena, (const char *)name);
    anchor->node = node;
}

static struct sg_node *find_anchor(struct builder *builder, const yaml_event_t *event)
{
    const char *name = (const char *)event->data.alias.anchor;
    for (size_t i = builder->anchor_count; i > 0; i--) {
        if (strcmp(builder->anchors[i - 1].name, name) == 0)
            return builder->anchors[i - 1].node;
    }
    sg_complain_at(builder->complaints, place_of(builder, event), "no anchor '&%s' before this",
                   name);
    return NULL;
}

static struct sg_node *new_node(struct builder *builder, const yaml_event_t *event,
                                enum sg_node_kind kind)
{
    struct sg_node *node = sg_arena_alloc(&builder->document->arena, sizeof *node);
    node->kind = kind;
    node->place = place_of(builder, event);
    if (kind != SG_NODE_SCALAR)
        node->place.width = 1;
    return node;
}

static struct sg_node *build_scalar(struct builder *builder, const yaml_event_t *event)
{
    struct sg_node *node = new_node(builder, event, SG_NODE_SCALAR);
    switch (event->data.scalar.style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
        node->style = SG_STYLE_SINGLE;
        break;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
        node->style = SG_STYLE_DOUBLE;
        break;
    case YAML_LITERAL_SCALAR_STYLE:
    case YAML_FOLDED_SCALAR_STYLE:
        node->style = SG_STYLE_BLOCK;
        break;
    case YAML_ANY_SCALAR_STYLE:
    case YAML_PLAIN_SCALAR_STYLE:
        node->style = SG_STYLE_PLAIN;
        break;
    }
    node->length = event->data.scalar.length;
    node->text = sg_arena_copy(&builder->document->arena, event->data.scalar.value, node->length);
    return node;
}

static struct sg_node *build(struct builder *builder, yaml_event_t *event, size_t depth);

/* Builds the next node; NULL at an error or where `end` comes instead (*ended is set). */
static struct sg_node *build_next(struct builder *builder, yaml_event_type_t end, size_t depth,
                                  bool *ended)
{
    yaml_event_t event;
    if (!next_event(builder, &event))
        return NULL;
    *ended = event.type == end;
    struct sg_node *node = *ended ? NULL : build(builder, &event, depth);
    yaml_event_delete(&event);
    return node;
}

static struct sg_node *build_list(struct builder *builder, const yaml_event_t *event, size_t depth)
{
    struct sg_node *list = new_node(builder, event, SG_NODE_LIST);
    for (;;) {
        bool ended = false;
        struct sg_node *item = build_next(builder, YAML_SEQUENCE_END_EVENT, depth + 1, &ended);
        if (ended)
            return list;
        if (!item)
            return NULL;
        struct sg_node **room = sg_arena_push(&builder->document->arena, (void **)&list->items,
                                              &list->count, sizeof *room);
        *room = item;
    }
}

/* Whether `key` can be a key of `map`. *ret_again: it is one already, and has been complained of;
 * the rest of the file is still looked at. */
static bool key_fits(struct builder *builder, const struct sg_node *map, const struct sg_node *key,
                     bool *ret_again)
{
    if (key->kind != SG_NODE_SCALAR) {
        sg_complain(builder->complaints, key, "a key must be a word, not a list or a map");
        return false;
    }
    if (strlen(key->text) != key->length) {
        sg_complain(builder->complaints, key, "a key cannot hold a zero byte");
        return false;
    }
    for (size_t i = 0; i < map->count; i++) {
        if (strcmp(map->keys[i]->text, key->text) != 0)
            continue;
        sg_complain(builder->complaints, key, "key '%s' stands twice (first in line %zu)",
                    key->text, map->keys[i]->place.line);
        *ret_again = true;
        break;
    }
    return true;
}

static struct sg_node *build_map(struct builder *builder, const yaml_event_t *event, size_t depth)
{
    struct sg_node *map = new_node(builder, event, SG_NODE_MAP);
    struct sg_arena *arena = &builder->document->arena;
    for (;;) {
        bool ended = false, again = false;
        struct sg_node *key = build_next(builder, YAML_MAPPING_END_EVENT, depth + 1, &ended);
        if (ended)
            return map;
        if (!key || !key_fits(builder, map, key, &again))
            return NULL;
        struct sg_node *value = build_next(builder, YAML_NO_EVENT, depth + 1, &ended);
        if (!value)
            return NULL;
        if (again)
            continue;
        size_t keys = map->count;
        *(struct sg_node **)sg_arena_push(arena, (void **)&map->keys, &keys, sizeof key) = key;
        *(struct sg_node **)sg_arena_push(arena, (void **)&map->items, &map->count, sizeof key) =
            value;
    }
}

static struct sg_node *build(struct builder *builder, yaml_event_t *event, size_t depth)
{
    struct sg_place place = place_of(builder, event);
    if (++builder->nodes > SG_YAML_MOST_NODES) {
        sg_complain_at(builder->complaints, place, "more than %d values in one file",
                       SG_YAML_MOST_NODES);
        return NULL;
    }
    if (depth > SG_YAML_MOST_DEPTH) {
        sg_complain_at(builder->complaints, place, "nested more than %d deep", SG_YAML_MOST_DEPTH);
        return NULL;
    }
    if (event->type == YAML_ALIAS_EVENT)
        return find_anchor(builder, event);

    const yaml_char_t *anchor = NULL;
    struct sg_node *node = NULL;
    if (event->type == YAML_SCALAR_EVENT) {
        anchor = event->data.scalar.anchor;
        node = build_scalar(builder, event);
    } else if (event->type == YAML_SEQUENCE_START_EVENT) {
        anchor = event->data.sequence_start.anchor;
        node = build_list(builder, event, depth);
    } else if (event->type == YAML_MAPPING_START_EVENT) {
        anchor = event->data.mapping_start.anchor;
        node = build_map(builder, event, depth);
    }
    /* Only a finished node can be named, so no alias can lead into itself. */
    if (node && anchor)
        remember_anchor(builder, anchor, node);
    return node;
}

static struct sg_node *build_document(struct builder *builder)
{
    struct sg_node *root = NULL;
    for (;;) {
        yaml_event_t event;
        if (!next_event(builder, &event))
            return NULL;
        yaml_event_type_t type = event.type;
        struct sg_place place = place_of(builder, &event);
        struct sg_node *node = NULL;
        bool is_value = type == YAML_SCALAR_EVENT || type == YAML_SEQUENCE_START_EVENT ||
                        type == YAML_MAPPING_START_EVENT || type == YAML_ALIAS_EVENT;
        if (is_value && !root)
            node = build(builder, &event, 1);
        yaml_event_delete(&event);
        if (type == YAML_STREAM_END_EVENT)
            return root;
        if (is_value && root) {
            sg_complain_at(builder->complaints, place, "a second document: one file holds one");
            return NULL;
        }
        if (is_value && !node)
            return NULL;
        root = node ? node : root;
    }
}

/* Text in UTF-8 only: libyaml would take UTF-16 and report a stray byte less plainly. */
static bool text_fits(struct sg_document *document, struct sg_complaints *complaints)
{
    struct sg_slice text = sg_bytes_slice(&document->source.text);
    for (size_t at = 0, step; at < text.length; at += step) {
        uint32_t point = 0;
        step = sg_utf8_next(text.data + at, text.length - at, &point);
        if (step && point)
            continue;
        bool wide = text.length >= 2 && ((text.data[0] == 0xff && text.data[1] == 0xfe) ||
                                         (text.data[0] == 0xfe && text.data[1] == 0xff));
        struct sg_place place = sg_place_of_offset(&document->source, at);
        if (wide)
            sg_complain_at(complaints, place, "the file is in UTF-16; save it as UTF-8");
        else
            sg_complain_at(complaints, place, "not text in UTF-8: byte 0x%02x", text.data[at]);
        return false;
    }
    return true;
}

static void parse(struct sg_document *document, struct sg_complaints *complaints)
{
    static const uint8_t order_mark[] = {0xef, 0xbb, 0xbf};
    size_t before = complaints->count + complaints->unsaid;
    struct sg_slice start = sg_slice_first(sg_bytes_slice(&document->source.text), 3);
    if (sg_slice_equal(start, (struct sg_slice){order_mark, sizeof order_mark}))
        sg_bytes_drop(&document->source.text, sizeof order_mark);
    if (!text_fits(document, complaints))
        return;
    struct builder builder = {.document = document, .complaints = complaints};
    if (!yaml_parser_initialize(&builder.parser))
        sg_out_of_memory();
    yaml_parser_set_input_string(&builder.parser, document->source.text.data,
                                 document->source.text.length);
    document->root = build_document(&builder);
    yaml_parser_delete(&builder.parser);
    if (!document->root && complaints->count + complaints->unsaid == before)
        sg_complain_at(complaints, sg_place_of_offset(&document->source, 0), "the file is empty");
}

void sg_yaml_parse(const char *name, struct sg_slice text, struct sg_document *ret,
                   struct sg_complaints *complaints)
{
    *ret = (struct sg_document){0};
    ret->source.path = sg_arena_strdup(&ret->arena, name);
    sg_bytes_add(&ret->source.text, text.data, text.length);
    parse(ret, complaints);
}

int sg_yaml_read(const char *path, struct sg_document *ret, struct sg_complaints *complaints,
                 struct sg_error *err)
{
    *ret = (struct sg_document){0};
    ret->source.path = sg_arena_strdup(&ret->arena, path);
    if (sg_file_read(path, SG_YAML_MOST_BYTES, &ret->source.text, err) < 0) {
        sg_document_done(ret);
        return -1;
    }
    parse(ret, complaints);
    return 0;
}

void sg_document_done(struct sg_document *document)
{
    if (!document)
        return;
    sg_bytes_done(&document->source.text);
    sg_arena_done(&document->arena);
    *document = (struct sg_document){0};
}
