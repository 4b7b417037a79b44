/* SPDX-License-Identifier: MIT
 * Scalars become values: texts, numbers with their units, choices, payload. */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/utf8.h"
#include "spec/load_parts.h"

const struct sg_type sg_type_text = {
    .name = "a text", .id = "text", .kind = SG_KIND_TEXT, .size = sizeof(const char *)};
const struct sg_type sg_type_name = {
    .name = "a name",
    .id = "name",
    .kind = SG_KIND_NAME,
    .size = sizeof(const char *),
    .help = "Lower-case letters, digits and '-'; begins with a letter.",
    .example = "three-pieces"};
const struct sg_type sg_type_flag = {
    .name = "true or false", .id = "flag", .kind = SG_KIND_FLAG, .size = sizeof(bool)};
const struct sg_type sg_type_payload = {
    .name = "a payload in double quotes",
    .id = "payload",
    .kind = SG_KIND_PAYLOAD,
    .size = sizeof(struct sg_slice),
    .example = "\"hello\\n\"",
    .help = "Bytes, ASCII, in double quotes, with YAML's escapes (`\\n`, `\\r`, `\\0`, `\\t`). "
            "Other bytes are written with `hex`."};
const struct sg_type sg_type_points = {.name = "a number of points",
                                       .id = "points",
                                       .kind = SG_KIND_POINTS,
                                       .size = sizeof(int64_t),
                                       .most = 1000000,
                                       .example = "2.5",
                                       .help = "A number from 0 to 1000 with at most 3 decimals."};
const struct sg_type sg_type_duration = {.name = "a duration",
                                         .id = "duration",
                                         .kind = SG_KIND_DURATION,
                                         .size = sizeof(uint64_t),
                                         .most = INT64_C(60000000000),
                                         .example = "250ms",
                                         .help = "0ms to 60s."};
const struct sg_type sg_type_size = {.name = "a size",
                                     .id = "size",
                                     .kind = SG_KIND_SIZE,
                                     .size = sizeof(uint64_t),
                                     .most = 16 << 20,
                                     .example = "64KiB",
                                     .help = "Bytes: 0 to 16MiB."};
const struct sg_type sg_type_count = {.name = "a number",
                                      .id = "count",
                                      .kind = SG_KIND_NUMBER,
                                      .size = sizeof(int64_t),
                                      .least = 1,
                                      .most = 1000,
                                      .example = "5",
                                      .help = "1 to 1000."};
const struct sg_type sg_type_raw = {
    .name = "a value", .id = "value", .kind = SG_KIND_RAW, .size = sizeof(const struct sg_node *)};

static void print_value(const struct sg_type *type, int64_t value, struct sg_bytes *out)
{
    if (type->kind == SG_KIND_POINTS)
        sg_thousandths_print(out, value);
    else if (type->kind == SG_KIND_DURATION && value % INT64_C(1000000000) == 0 && value)
        sg_bytes_printf(out, "%" PRId64 "s", value / INT64_C(1000000000));
    else if (type->kind == SG_KIND_DURATION)
        sg_bytes_printf(out, "%" PRId64 "ms", value / INT64_C(1000000));
    else if (type->kind == SG_KIND_SIZE && value % (1 << 20) == 0 && value)
        sg_bytes_printf(out, "%" PRId64 "MiB", value >> 20);
    else
        sg_bytes_printf(out, "%" PRId64, value);
}

void sg_type_range(const struct sg_type *type, struct sg_bytes *out)
{
    if (type->kind != SG_KIND_NUMBER && type->kind != SG_KIND_DURATION &&
        type->kind != SG_KIND_SIZE && type->kind != SG_KIND_POINTS && type->kind != SG_KIND_RANGE)
        return;
    print_value(type, type->least, out);
    if (type->most == type->least)
        return;
    sg_bytes_add_text(out, " to ");
    print_value(type, type->most, out);
}

bool sg_name_valid(const char *name)
{
    if (!islower((unsigned char)name[0]))
        return false;
    for (const char *c = name; *c; c++) {
        if (!islower((unsigned char)*c) && !isdigit((unsigned char)*c) && *c != '-')
            return false;
    }
    return strlen(name) <= 64;
}

const char *sg_load_describe(const struct sg_node *node, char *room, size_t size)
{
    static const char *const kinds[] = {"a word", "a list", "a map"};
    if (node->kind != SG_NODE_SCALAR)
        return kinds[node->kind];
    if (node->length == 0 && node->style == SG_STYLE_PLAIN)
        return "nothing";
    struct sg_bytes shown = {0};
    sg_show(&shown, (const uint8_t *)node->text, node->length < 40 ? node->length : 40);
    (void)snprintf(room, size, "'%s%s'", sg_bytes_text(&shown), node->length > 40 ? "…" : "");
    sg_bytes_done(&shown);
    return room;
}

bool sg_load_refuse(struct sg_loading *loading, const struct sg_node *node,
                    const struct sg_type *type)
{
    char found[256];
    sg_complain(loading->complaints, node, "%s is wanted%s%s, found %s", type->name,
                type->example ? ", such as " : "", type->example ? type->example : "",
                sg_load_describe(node, found, sizeof found));
    return false;
}

static bool refuse_range(struct sg_loading *loading, const struct sg_node *node,
                         const struct sg_type *type)
{
    sg_autobytes struct sg_bytes range = {0};
    sg_type_range(type, &range);
    sg_complain(loading->complaints, node,
                type->least == type->most ? "%s is %s, found '%s'"
                                          : "%s from %s is wanted, found '%s'",
                type->name, sg_bytes_text(&range), node->text);
    return false;
}

static bool load_text(struct sg_loading *loading, const struct sg_node *node,
                      const struct sg_type *type, void *out)
{
    if (node->kind != SG_NODE_SCALAR || strlen(node->text) != node->length ||
        (int64_t)node->length < type->least)
        return sg_load_refuse(loading, node, type);
    if (node->length > SG_MOST_TEXT_BYTES) {
        sg_complain(loading->complaints, node, "%s has at most %d bytes", type->name,
                    SG_MOST_TEXT_BYTES);
        return false;
    }
    if (type->kind == SG_KIND_NAME && !sg_name_valid(node->text))
        return sg_load_refuse(loading, node, type);
    const char *text =
        type->fills_variables && loading->scope ? sg_matrix_fill(loading, node->text) : node->text;
    memcpy(out, &text, sizeof text);
    return true;
}

static bool load_flag(struct sg_loading *loading, const struct sg_node *node,
                      const struct sg_type *type, void *out)
{
    bool yes = node->kind == SG_NODE_SCALAR && strcmp(node->text, "true") == 0;
    bool no = node->kind == SG_NODE_SCALAR && strcmp(node->text, "false") == 0;
    if (!yes && !no)
        return sg_load_refuse(loading, node, type);
    memcpy(out, &yes, sizeof yes);
    return true;
}

const struct sg_choice *sg_choice_find(const struct sg_type *type, const char *word)
{
    for (size_t i = 0; i < type->choice_count; i++) {
        if (strcmp(type->choices[i].word, word) == 0)
            return &type->choices[i];
    }
    return NULL;
}

/* Numbers of all kinds are 64 bits wide in memory. */
static bool load_number(struct sg_loading *loading, const struct sg_node *node,
                        const struct sg_type *type, void *out)
{
    int64_t value = 0;
    uint64_t unsigned_value = 0;
    bool fits = node->kind == SG_NODE_SCALAR && strlen(node->text) == node->length;
    const struct sg_choice *word = fits ? sg_choice_find(type, node->text) : NULL;
    if (word) {
        value = word->value;
        memcpy(out, &value, sizeof value);
        return true;
    }
    if (fits && type->kind == SG_KIND_NUMBER) {
        fits = sg_number_parse(node->text, &value);
    } else if (fits && type->kind == SG_KIND_POINTS) {
        fits = sg_thousandths_parse(node->text, &value);
    } else if (fits) {
        fits = type->kind == SG_KIND_DURATION ? sg_duration_parse(node->text, &unsigned_value)
                                              : sg_size_parse(node->text, &unsigned_value);
        value = (int64_t)unsigned_value;
    }
    if (!fits)
        return sg_load_refuse(loading, node, type);
    if (value < type->least || value > type->most) {
        return refuse_range(loading, node, type);
    }
    memcpy(out, &value, sizeof value);
    return true;
}

static bool load_range(struct sg_loading *loading, const struct sg_node *node,
                       const struct sg_type *type, void *out)
{
    int64_t least, most;
    if (node->kind != SG_NODE_SCALAR)
        return sg_load_refuse(loading, node, type);
    const char *dots = strstr(node->text, "..");
    sg_autofree char *first =
        dots ? sg_printf("%.*s", (int)(dots - node->text), node->text) : sg_strdup(node->text);
    if (!sg_number_parse(first, &least) || !sg_number_parse(dots ? dots + 2 : first, &most))
        return sg_load_refuse(loading, node, type);
    if (least > most || least < type->least || most > type->most) {
        return refuse_range(loading, node, type);
    }
    struct sg_range range = {(uint64_t)least, (uint64_t)most};
    memcpy(out, &range, sizeof range);
    return true;
}

static bool load_choice(struct sg_loading *loading, const struct sg_node *node,
                        const struct sg_type *type, void *out)
{
    if (node->kind != SG_NODE_SCALAR)
        return sg_load_refuse(loading, node, type);
    const struct sg_choice *choice = sg_choice_find(type, node->text);
    if (choice) {
        memcpy(out, &choice->value, sizeof choice->value);
        return true;
    }
    struct sg_nearest nearest = {.word = node->text};
    sg_autobytes struct sg_bytes words = {0};
    for (size_t i = 0; i < type->choice_count; i++) {
        sg_nearest_offer(&nearest, type->choices[i].word);
        sg_bytes_printf(&words, "%s%s", i ? ", " : "", type->choices[i].word);
    }
    char found[256];
    if (nearest.found)
        sg_complain(loading->complaints, node, "unknown %s %s (did you mean '%s'?)", type->id,
                    sg_load_describe(node, found, sizeof found), nearest.found);
    else
        sg_complain(loading->complaints, node, "unknown %s %s (one of: %s)", type->id,
                    sg_load_describe(node, found, sizeof found), sg_bytes_text(&words));
    return false;
}

/* Whether `node` could be put in double quotes as it is. */
static bool is_quotable(const struct sg_node *node)
{
    for (size_t i = 0; i < node->length; i++) {
        unsigned char c = (unsigned char)node->text[i];
        if (c < 0x20 || c >= 0x7f || c == '"' || c == '\\')
            return false;
    }
    return node->length && node->length <= 40;
}

static void refuse_style(struct sg_loading *loading, const struct sg_node *node)
{
    if (node->style == SG_STYLE_BLOCK)
        sg_complain(
            loading->complaints, node,
            "payload must stand in double quotes, not in a block, whose line ends cannot be "
            "seen");
    else if (is_quotable(node))
        sg_complain(loading->complaints, node, "payload must stand in double quotes: \"%s\"",
                    node->text);
    else
        sg_complain(loading->complaints, node, "payload must stand in double quotes");
}

static bool load_payload(struct sg_loading *loading, const struct sg_node *node,
                         const struct sg_type *type, void *out)
{
    if (node->kind != SG_NODE_SCALAR || (node->style == SG_STYLE_PLAIN && !node->length))
        return sg_load_refuse(loading, node, type);
    if (node->style == SG_STYLE_SINGLE && memchr(node->text, '\\', node->length)) {
        sg_complain(loading->complaints, node,
                    "single quotes keep '\\n' as two characters; use double quotes");
        return false;
    }
    if (node->style != SG_STYLE_DOUBLE && node->style != SG_STYLE_SINGLE) {
        refuse_style(loading, node);
        return false;
    }
    for (size_t i = 0; i < node->length; i++) {
        if ((uint8_t)node->text[i] < 0x80)
            continue;
        sg_complain(loading->complaints, node,
                    "payload has a character beyond ASCII; write its bytes with 'hex'");
        return false;
    }
    struct sg_slice slice = {(const uint8_t *)node->text, node->length};
    memcpy(out, &slice, sizeof slice);
    return true;
}

bool sg_load_scalar(struct sg_loading *loading, const struct sg_node *node,
                    const struct sg_type *type, void *out)
{
    switch (type->kind) {
    case SG_KIND_TEXT:
    case SG_KIND_NAME:
        return load_text(loading, node, type, out);
    case SG_KIND_FLAG:
        return load_flag(loading, node, type, out);
    case SG_KIND_NUMBER:
    case SG_KIND_DURATION:
    case SG_KIND_SIZE:
    case SG_KIND_POINTS:
        return load_number(loading, node, type, out);
    case SG_KIND_RANGE:
        return load_range(loading, node, type, out);
    case SG_KIND_CHOICE:
        return load_choice(loading, node, type, out);
    case SG_KIND_PAYLOAD:
        return load_payload(loading, node, type, out);
    case SG_KIND_RAW:
        memcpy(out, &node, sizeof node);
        return true;
    case SG_KIND_BOX:
    case SG_KIND_LIST:
    case SG_KIND_RECORD:
    case SG_KIND_TABLE:
    case SG_KIND_ENTRY:
    case SG_KIND_UNION:
        break;
    }
    return false;
}
