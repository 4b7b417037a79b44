/* SPDX-License-Identifier: MIT
 * Variables of a case, and the combinations of a matrix (`for`) that give them their values. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "spec/load_parts.h"

static bool is_variable(const struct sg_node *node)
{
    return node->kind == SG_NODE_SCALAR && node->style == SG_STYLE_PLAIN && node->text[0] == '$';
}

static const struct sg_node *find_variable(const struct sg_scope *scope, const char *name,
                                           size_t length)
{
    for (; scope; scope = scope->outer) {
        if (strlen(scope->name) == length && memcmp(scope->name, name, length) == 0)
            return scope->node;
    }
    return NULL;
}

const struct sg_node *sg_load_resolve(struct sg_loading *loading, const struct sg_node *node)
{
    if (!is_variable(node))
        return node;
    const char *name = node->text + 1;
    size_t length = strcspn(name, ".");
    const struct sg_node *value = find_variable(loading->scope, name, length);
    if (!value) {
        struct sg_nearest nearest = {.word = name};
        for (const struct sg_scope *scope = loading->scope; scope; scope = scope->outer)
            sg_nearest_offer(&nearest, scope->name);
        sg_complain(loading->complaints, node, "no variable '$%.*s' in this case%s%s%s",
                    (int)length, name, nearest.found ? " (did you mean '$" : "",
                    nearest.found ? nearest.found : "", nearest.found ? "'?)" : "");
        return NULL;
    }
    for (const char *part = name + length; *part == '.';) {
        part++;
        size_t part_length = strcspn(part, ".");
        char key[72];
        (void)snprintf(key, sizeof key, "%.*s", (int)(part_length < 70 ? part_length : 70), part);
        value = sg_node_get(value, key);
        if (!value) {
            sg_complain(loading->complaints, node, "variable '$%.*s' has no part '%s'", (int)length,
                        name, key);
            return NULL;
        }
        part += part_length;
    }
    return value;
}

static size_t name_length(const char *text)
{
    size_t length = 0;
    while (islower((unsigned char)text[length]) || text[length] == '_')
        length++;
    return length;
}

/* "3,3" for a list, its `name` for a map (else its only pair, else its number), the word itself for a
 * scalar. */
static void add_label(struct sg_bytes *label, const struct sg_node *value, size_t number)
{
    const struct sg_node *name = sg_node_get(value, "name");
    if (value->kind == SG_NODE_SCALAR || name) {
        sg_bytes_add_text(label, name ? name->text : value->text);
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
    for (size_t i = 0; i < value->count; i++) {
        if (i)
            sg_bytes_add_byte(label, ',');
        add_label(label, value->items[i], i);
    }
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
        add_label(&filled, value, 0);
        text += 1 + length;
    }
    return sg_arena_strdup(loading->arena, sg_bytes_text(&filled));
}

void sg_matrix_combine(struct sg_loading *loading, const struct sg_node *matrix, size_t index,
                       struct sg_combination *combination)
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
        };
        if (v)
            sg_bytes_add_byte(&label, ',');
        add_label(&label, value, picks[v]);
    }
    combination->label = sg_arena_strdup(loading->arena, sg_bytes_text(&label));
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
        const struct sg_node *values = matrix->items[v];
        if (values->kind != SG_NODE_LIST || values->count == 0) {
            sg_complain(loading->complaints, values, "variable '%s' needs a list of values",
                        matrix->keys[v]->text);
            return 0;
        }
        combinations *= values->count;
        if (combinations > SG_MOST_COMBINATIONS) {
            sg_complain(loading->complaints, matrix, "more than %d combinations",
                        SG_MOST_COMBINATIONS);
            return 0;
        }
    }
    return combinations;
}
