/* SPDX-License-Identifier: MIT
 * Variables of a case, and the combinations of a matrix (`for`) that give them their values. */
#include <ctype.h>
#include <string.h>

#include "base/utf8.h"
#include "spec/load_parts.h"

static bool is_variable(const struct sg_node *node)
{
    return node->kind == SG_NODE_SCALAR && node->style == SG_STYLE_PLAIN && node->text[0] == '$';
}

static const struct sg_node *find_variable(const struct sg_scope *scope, const char *name,
                                           size_t length)
{
    for (; scope; scope = scope->outer) {
        if (strlen(scope->name) != length || memcmp(scope->name, name, length) != 0)
            continue;
        if (scope->used)
            *scope->used = true;
        return scope->node;
    }
    return NULL;
}

static void complain_of_variable(struct sg_loading *loading, const struct sg_node *node,
                                 const char *name, size_t length)
{
    if (!loading->scope) {
        sg_complain(loading->complaints, node,
                    "no variable '$%.*s' here (a text that begins with '$' needs quotes)",
                    (int)length, name);
        return;
    }
    sg_autofree char *word = sg_printf("%.*s", (int)length, name);
    struct sg_nearest nearest = {.word = word};
    for (const struct sg_scope *scope = loading->scope; scope; scope = scope->outer)
        sg_nearest_offer(&nearest, scope->name);
    sg_complain(loading->complaints, node, "no variable '$%s' in this case%s%s%s", word,
                nearest.found ? " (did you mean '$" : "", nearest.found ? nearest.found : "",
                nearest.found ? "'?)" : "");
}

/* What `path` (".part.part", or nothing) leads to within `value`; NULL where it leads nowhere,
 * which has been complained of. */
static const struct sg_node *follow_parts(struct sg_loading *loading, const struct sg_node *node,
                                          const struct sg_node *value, const char *path)
{
    while (*path) {
        size_t length = strcspn(path + 1, ".");
        sg_autofree char *part = sg_printf("%.*s", (int)length, path + 1);
        const struct sg_node *map = value;
        value = sg_node_get(map, part);
        if (!value) {
            struct sg_nearest nearest = {.word = part};
            for (size_t i = 0; map->kind == SG_NODE_MAP && i < map->count; i++)
                sg_nearest_offer(&nearest, map->keys[i]->text);
            sg_complain(loading->complaints, node, "'%.*s' has no part '%s'%s%s%s",
                        (int)(path - node->text), node->text, part,
                        nearest.found ? " (did you mean '" : "", nearest.found ? nearest.found : "",
                        nearest.found ? "'?)" : "");
            return NULL;
        }
        path += 1 + length;
    }
    return value;
}

const struct sg_node *sg_load_resolve(struct sg_loading *loading, const struct sg_node *node)
{
    if (!is_variable(node))
        return node;
    const char *name = node->text + 1;
    size_t length = strcspn(name, ".");
    const struct sg_node *value = find_variable(loading->scope, name, length);
    if (value)
        return follow_parts(loading, node, value, name + length);
    complain_of_variable(loading, node, name, length);
    return NULL;
}

static size_t name_length(const char *text)
{
    size_t length = 0;
    while (islower((unsigned char)text[length]) || text[length] == '_')
        length++;
    return length;
}

/* "3,3" for a list, its `name` for a map (else its only pair, else its number), the word itself for
 * a scalar. Stops beyond SG_MOST_LABEL_BYTES. */
static void add_label(struct sg_bytes *label, const struct sg_node *value, size_t number)
{
    const struct sg_node *name = sg_node_get(value, "name");
    if (label->length > SG_MOST_LABEL_BYTES)
        return;
    if (name && name->kind == SG_NODE_SCALAR)
        value = name;
    if (value->kind == SG_NODE_SCALAR) {
        sg_show(label, (const uint8_t *)value->text, value->length);
        return;
    }
    if (value->kind == SG_NODE_MAP && value->count == 1) {
        sg_bytes_printf(label, "%s ", value->keys[0]->text);
        add_label(label, value->items[0], 0);
        return;
    }
    if (value->kind == SG_NODE_MAP) {
        sg_bytes_printf(label, "%zu", number + 1);
        return;
    }
    for (size_t i = 0; i < value->count && label->length <= SG_MOST_LABEL_BYTES; i++) {
        if (i)
            sg_bytes_add_byte(label, ',');
        add_label(label, value->items[i], i);
    }
}

/* The label of a variable's value number `number`, cut at a character where it is too long. */
static void print_label(struct sg_bytes *out, const struct sg_node *value, size_t number)
{
    sg_autobytes struct sg_bytes label = {0};
    add_label(&label, value, number);
    size_t length = label.length;
    if (length > SG_MOST_LABEL_BYTES) {
        length = SG_MOST_LABEL_BYTES;
        while (length && (label.data[length] & 0xc0) == 0x80)
            length--;
    }
    sg_bytes_add(out, label.data, length);
    if (length < label.length)
        sg_bytes_printf(out, "… %zu",
                        number + 1); /* the number tells it from others that are cut */
}

const char *sg_matrix_fill(struct sg_loading *loading, const char *text)
{
    sg_autobytes struct sg_bytes filled = {0};
    while (*text) {
        size_t length = text[0] == '$' ? name_length(text + 1) : 0;
        const struct sg_node *value =
            length ? find_variable(loading->scope, text + 1, length) : NULL;
        if (!value) {
            sg_bytes_add_byte(&filled, (uint8_t)*text++);
            continue;
        }
        print_label(&filled, value, 0);
        text += 1 + length;
    }
    return sg_arena_strdup(loading->arena, sg_bytes_text(&filled));
}

void sg_matrix_combine(struct sg_loading *loading, const struct sg_node *matrix, size_t index,
                       bool *used, struct sg_combination *combination)
{
    size_t picks[SG_MOST_MATRIX_VARIABLES];
    for (size_t v = matrix->count; v-- > 0;) {
        picks[v] = index % matrix->items[v]->count;
        index /= matrix->items[v]->count;
    }
    sg_autobytes struct sg_bytes label = {0};
    for (size_t v = 0; v < matrix->count; v++) {
        const struct sg_node *value = matrix->items[v]->items[picks[v]];
        combination->scopes[v] = (struct sg_scope){
            .name = matrix->keys[v]->text,
            .node = value,
            .outer = v ? &combination->scopes[v - 1] : loading->scope,
            .used = &used[v],
        };
        if (v)
            sg_bytes_add_byte(&label, ',');
        print_label(&label, value, picks[v]);
    }
    combination->label = sg_arena_strdup(loading->arena, sg_bytes_text(&label));
}

static bool check_variable(struct sg_loading *loading, const struct sg_node *name,
                           const struct sg_node *values)
{
    if (name_length(name->text) != strlen(name->text) || !name->length) {
        sg_complain(loading->complaints, name,
                    "'%s' is no name for a variable: lower-case letters and '_'", name->text);
        return false;
    }
    if (values->kind == SG_NODE_LIST && values->count)
        return true;
    sg_complain(loading->complaints, values, "variable '%s' needs a list of values", name->text);
    return false;
}

size_t sg_matrix_count(struct sg_loading *loading, const struct sg_node *matrix)
{
    if (matrix->kind != SG_NODE_MAP || matrix->count == 0 ||
        matrix->count > SG_MOST_MATRIX_VARIABLES) {
        sg_complain(loading->complaints, matrix, "a map of 1 to %d variables is wanted",
                    SG_MOST_MATRIX_VARIABLES);
        return 0;
    }
    size_t combinations = 1;
    for (size_t v = 0; v < matrix->count; v++) {
        if (!check_variable(loading, matrix->keys[v], matrix->items[v]))
            return 0;
        combinations *= matrix->items[v]->count;
        if (combinations > SG_MOST_COMBINATIONS) {
            sg_complain(loading->complaints, matrix, "more than %d combinations",
                        SG_MOST_COMBINATIONS);
            return 0;
        }
    }
    return combinations;
}
