/* SPDX-License-Identifier: MIT
 * Loads nodes into structs as their types say, complaining of everything that does not fit. */
#include <string.h>

#include "spec/load_parts.h"

/* Keeps a pointer (a name, a node) in the object at `out`, where its type says so. */
static void keep(void *out, size_t at, const void *pointer)
{
    if (at)
        memcpy((uint8_t *)out + at - 1, &pointer, sizeof pointer);
}

/* What every list struct begins with. */
struct list {
    void *items;
    size_t count;
};

static bool check_count(struct sg_loading *loading, const struct sg_node *node,
                        const struct sg_type *type)
{
    if ((int64_t)node->count < type->least) {
        sg_complain(loading->complaints, node, "%s needs at least %d", type->name,
                    (int)type->least);
        return false;
    }
    if (type->most && (int64_t)node->count > type->most) {
        sg_complain(loading->complaints, node, "%s takes at most %d", type->name, (int)type->most);
        return false;
    }
    return true;
}

static bool load_box(struct sg_loading *loading, const struct sg_node *node,
                     const struct sg_type *type, void *out)
{
    void *item = sg_arena_alloc(loading->arena, type->item->size);
    memcpy(out, &item, sizeof item);
    return sg_load(loading, node, type->item, item);
}

static bool load_list(struct sg_loading *loading, const struct sg_node *node,
                      const struct sg_type *type, void *out)
{
    if (node->kind != SG_NODE_LIST)
        return sg_load_refuse(loading, node, type);
    bool right = check_count(loading, node, type);
    struct list list = {
        .items = sg_arena_alloc(loading->arena, node->count * type->item->size),
        .count = node->count,
    };
    for (size_t i = 0; i < node->count; i++)
        right &= sg_load(loading, node->items[i], type->item,
                         (uint8_t *)list.items + i * type->item->size);
    memcpy(out, &list, sizeof list);
    return right;
}

/* As load_list, for items that may stand for one item per combination of their matrix. */
static bool load_matrix_list(struct sg_loading *loading, const struct sg_node *node,
                             const struct sg_type *type, void *out)
{
    if (node->kind != SG_NODE_LIST)
        return sg_load_refuse(loading, node, type);
    bool right = check_count(loading, node, type);
    struct list list = {0};
    for (size_t i = 0; i < node->count; i++) {
        const struct sg_node *matrix = sg_node_get(node->items[i], type->item->matrix_key);
        size_t combinations = matrix ? sg_matrix_count(loading, matrix) : 1;
        right &= combinations > 0;
        for (size_t c = 0; c < combinations; c++) {
            struct sg_combination combination = {0};
            struct sg_loading inner = *loading;
            if (matrix) {
                sg_matrix_combine(loading, matrix, c, &combination);
                inner.scope = &combination.scopes[matrix->count - 1];
            }
            void *item = sg_arena_push(loading->arena, &list.items, &list.count, type->item->size);
            right &= sg_load(&inner, node->items[i], type->item, item);
            keep(item, type->item->label_at, combination.label);
            loading->visited = inner.visited;
        }
    }
    memcpy(out, &list, sizeof list);
    return right;
}

static void complain_of_key(struct sg_loading *loading, const struct sg_node *key,
                            const struct sg_type *type)
{
    struct sg_nearest nearest = {.word = key->text};
    sg_autobytes struct sg_bytes keys = {0};
    for (size_t i = 0; i < type->field_count; i++) {
        sg_nearest_offer(&nearest, type->fields[i].key);
        sg_bytes_printf(&keys, "%s%s", i ? ", " : "", type->fields[i].key);
    }
    char found[256];
    if (nearest.found)
        sg_complain(loading->complaints, key, "unknown key %s in %s (did you mean '%s'?)",
                    sg_load_describe(key, found, sizeof found), type->name, nearest.found);
    else
        sg_complain(loading->complaints, key, "unknown key %s in %s (one of: %s)",
                    sg_load_describe(key, found, sizeof found), type->name, sg_bytes_text(&keys));
}

static const struct sg_field *find_field(const struct sg_type *type, const char *key)
{
    for (size_t i = 0; i < type->field_count; i++) {
        if (strcmp(type->fields[i].key, key) == 0)
            return &type->fields[i];
    }
    return NULL;
}

/* Which variant the keys of `node` choose; complains where it is none or several. */
static bool choose_variant(struct sg_loading *loading, const struct sg_node *node,
                           const struct sg_type *type, const struct sg_field **ret)
{
    *ret = NULL;
    for (size_t i = 0; i < node->count; i++) {
        const struct sg_field *field = find_field(type, node->keys[i]->text);
        if (!field || !field->variant)
            continue;
        if (*ret) {
            sg_complain(loading->complaints, node->keys[i], "'%s' and '%s' exclude each other",
                        (*ret)->key, field->key);
            return false;
        }
        *ret = field;
    }
    if (*ret || !type->needs_variant)
        return true;
    for (size_t i = 0; i < node->count; i++) {
        if (!find_field(type, node->keys[i]->text))
            return true; /* the unknown key is complained of, and was probably meant */
    }
    sg_autobytes struct sg_bytes keys = {0};
    for (size_t i = 0; i < type->field_count; i++) {
        if (type->fields[i].variant)
            sg_bytes_printf(&keys, "%s%s", keys.length ? ", " : "", type->fields[i].key);
    }
    sg_complain(loading->complaints, node, "%s needs one of: %s", type->name, sg_bytes_text(&keys));
    return false;
}

static bool load_field(struct sg_loading *loading, const struct sg_node *key,
                       const struct sg_node *value, const struct sg_type *type,
                       const struct sg_field *variant, void *out)
{
    const struct sg_field *field = find_field(type, key->text);
    if (!field) {
        complain_of_key(loading, key, type);
        return false;
    }
    if (field->with && variant && !(field->with & UINT64_C(1) << variant->variant)) {
        sg_complain(loading->complaints, key, "'%s' does not go with '%s'", field->key,
                    variant->key);
        return false;
    }
    return sg_load(loading, value, field->type, (uint8_t *)out + field->offset);
}

static bool load_record(struct sg_loading *loading, const struct sg_node *node,
                        const struct sg_type *type, void *out)
{
    if (node->kind != SG_NODE_MAP)
        return sg_load_refuse(loading, node, type);
    const struct sg_field *variant;
    bool right = choose_variant(loading, node, type, &variant);
    if (variant && type->tag_at)
        memcpy((uint8_t *)out + type->tag_at - 1, &variant->variant, sizeof variant->variant);
    for (size_t i = 0; i < node->count; i++)
        right &= load_field(loading, node->keys[i], node->items[i], type, variant, out);
    for (size_t i = 0; i < type->field_count; i++) {
        const struct sg_field *field = &type->fields[i];
        if (!field->required || sg_node_get(node, field->key))
            continue;
        sg_complain(loading->complaints, node, "%s needs '%s'", type->name, field->key);
        right = false;
    }
    return right;
}

static bool load_entry(struct sg_loading *loading, const struct sg_node *key,
                       const struct sg_node *value, const struct sg_type *type, uint8_t *item)
{
    const struct sg_field *special = find_field(type, key->text);
    if (!special) {
        bool right = sg_load(loading, value, type->item, item);
        keep(item, type->item->name_at, key->text);
        return right;
    }
    if (type->item->initial)
        memcpy(item, type->item->initial, type->item->size);
    if (special->variant)
        memcpy(item + type->item->tag_at - 1, &special->variant, sizeof special->variant);
    keep(item, type->item->node_at, value);
    keep(item, type->item->name_at, key->text);
    return sg_load(loading, value, special->type, item + special->offset);
}

static bool load_table(struct sg_loading *loading, const struct sg_node *node,
                       const struct sg_type *type, void *out)
{
    if (node->kind != SG_NODE_MAP)
        return sg_load_refuse(loading, node, type);
    bool right = check_count(loading, node, type);
    struct list list = {
        .items = sg_arena_alloc(loading->arena, node->count * type->item->size),
        .count = node->count,
    };
    for (size_t i = 0; i < node->count; i++)
        right &= load_entry(loading, node->keys[i], node->items[i], type,
                            (uint8_t *)list.items + i * type->item->size);
    memcpy(out, &list, sizeof list);
    return right;
}

static bool load_single_entry(struct sg_loading *loading, const struct sg_node *node,
                              const struct sg_type *type, void *out)
{
    if (node->kind != SG_NODE_MAP)
        return sg_load_refuse(loading, node, type);
    if (node->count != 1) {
        sg_complain(loading->complaints, node->count > 1 ? node->keys[1] : node,
                    "%s has exactly one key, found %zu", type->name, node->count);
        return false;
    }
    return load_entry(loading, node->keys[0], node->items[0], type, out);
}

static bool load_union(struct sg_loading *loading, const struct sg_node *node,
                       const struct sg_type *type, void *out)
{
    for (size_t i = 0; i < type->alternative_count; i++) {
        const struct sg_alternative *form = &type->alternatives[i];
        if (form->kind != node->kind)
            continue;
        bool word = form->type->kind == SG_KIND_CHOICE && node->style == SG_STYLE_PLAIN;
        bool last = true;
        for (size_t j = i + 1; j < type->alternative_count; j++)
            last = last && type->alternatives[j].kind != node->kind;
        if (form->type->kind == SG_KIND_CHOICE && !word && !last)
            continue;
        if (form->tag)
            memcpy((uint8_t *)out + type->tag_at - 1, &form->tag, sizeof form->tag);
        return sg_load(loading, node, form->type, (uint8_t *)out + form->offset);
    }
    return sg_load_refuse(loading, node, type);
}

static bool load_kind(struct sg_loading *loading, const struct sg_node *node,
                      const struct sg_type *type, void *out)
{
    switch (type->kind) {
    case SG_KIND_BOX:
        return load_box(loading, node, type, out);
    case SG_KIND_LIST:
        return type->item->matrix_key ? load_matrix_list(loading, node, type, out)
                                      : load_list(loading, node, type, out);
    case SG_KIND_RECORD:
        return load_record(loading, node, type, out);
    case SG_KIND_TABLE:
        return load_table(loading, node, type, out);
    case SG_KIND_ENTRY:
        return load_single_entry(loading, node, type, out);
    case SG_KIND_UNION:
        return load_union(loading, node, type, out);
    default:
        return sg_load_scalar(loading, node, type, out);
    }
}

bool sg_load(struct sg_loading *loading, const struct sg_node *node, const struct sg_type *type,
             void *out)
{
    if (++loading->visited > SG_MOST_VISITED) {
        if (loading->visited == SG_MOST_VISITED + 1)
            sg_complain(loading->complaints, node, "more than %d values with aliases expanded",
                        SG_MOST_VISITED);
        return false;
    }
    if (!type->keeps_variables && type->kind != SG_KIND_RAW)
        node = sg_load_resolve(loading, node);
    if (!node)
        return false;
    if (type->kind == SG_KIND_RECORD || type->kind == SG_KIND_UNION) {
        if (type->initial)
            memcpy(out, type->initial, type->size);
        keep(out, type->node_at, node);
    }
    bool right = load_kind(loading, node, type, out);
    if (!right && type->broken_at)
        *((uint8_t *)out + type->broken_at - 1) = true;
    return right;
}
