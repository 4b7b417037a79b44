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

/* Loads `node` once for each combination of its matrix, and pushes what comes of it. */
static bool load_combinations(struct sg_loading *loading, const struct sg_node *node,
                              const struct sg_node *matrix, const struct sg_type *type,
                              struct list *list)
{
    bool used[SG_MOST_MATRIX_VARIABLES] = {false};
    size_t combinations = sg_matrix_count(loading, matrix);
    bool right = combinations > 0;
    for (size_t c = 0; c < combinations; c++) {
        struct sg_combination combination = {0};
        struct sg_loading inner = *loading;
        sg_matrix_combine(loading, matrix, c, used, &combination);
        inner.scope = &combination.scopes[matrix->count - 1];
        void *item = sg_arena_push(loading->arena, &list->items, &list->count, type->item->size);
        right &= sg_load(&inner, node, type->item, item);
        keep(item, type->item->label_at, combination.label);
        loading->visited = inner.visited;
    }
    for (size_t v = 0; right && v < matrix->count; v++) {
        if (!used[v])
            sg_complain(loading->complaints, matrix->keys[v], "nothing uses the variable '$%s'",
                        matrix->keys[v]->text);
    }
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
        if ((int64_t)list.count > type->most)
            break; /* complained of below */
        const struct sg_node *matrix = sg_node_get(node->items[i], type->item->matrix_key);
        if (matrix) {
            right &= load_combinations(loading, node->items[i], matrix, type, &list);
            continue;
        }
        void *item = sg_arena_push(loading->arena, &list.items, &list.count, type->item->size);
        right &= sg_load(loading, node->items[i], type->item, item);
    }
    if (right && (int64_t)list.count > type->most) {
        sg_complain(loading->complaints, node, "%s takes at most %d, combinations counted",
                    type->name, (int)type->most);
        right = false;
    }
    memcpy(out, &list, sizeof list);
    return right;
}

void sg_load_unknown_key(struct sg_complaints *complaints, const struct sg_node *key,
                         const struct sg_type *type, const char *const *more, size_t more_count)
{
    struct sg_nearest nearest = {.word = key->text};
    sg_autobytes struct sg_bytes keys = {0};
    for (size_t i = 0; i < type->field_count; i++) {
        sg_nearest_offer(&nearest, type->fields[i].key);
        sg_bytes_printf(&keys, "%s%s", i ? ", " : "", type->fields[i].key);
    }
    for (size_t i = 0; i < more_count; i++) {
        sg_nearest_offer(&nearest, more[i]);
        sg_bytes_printf(&keys, ", %s", more[i]);
    }
    char found[256];
    if (nearest.found)
        sg_complain(complaints, key, "unknown key %s in %s (did you mean '%s'?)",
                    sg_load_describe(key, found, sizeof found), type->name, nearest.found);
    else
        sg_complain(complaints, key, "unknown key %s in %s (one of: %s)",
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

static bool load_entry(struct sg_loading *loading, const struct sg_node *key,
                       const struct sg_node *value, const struct sg_type *type, uint8_t *item);

/* A key that no field names, where the record has a table of such. */
static bool load_other(struct sg_loading *loading, const struct sg_node *key,
                       const struct sg_node *value, const struct sg_type *type, void *out)
{
    struct list *others = (struct list *)((uint8_t *)out + type->others_at);
    void *item =
        sg_arena_push(loading->arena, &others->items, &others->count, type->others->item->size);
    return load_entry(loading, key, value, type->others, item);
}

static bool load_field(struct sg_loading *loading, const struct sg_node *key,
                       const struct sg_node *value, const struct sg_type *type,
                       const struct sg_field *variant, void *out)
{
    const struct sg_field *field = find_field(type, key->text);
    if (!field && type->others)
        return load_other(loading, key, value, type, out);
    if (!field) {
        sg_load_unknown_key(loading->complaints, key, type, NULL, 0);
        return false;
    }
    if (field->with && variant && !(field->with & UINT64_C(1) << variant->variant)) {
        sg_complain(loading->complaints, key, "'%s' does not go with '%s'", field->key,
                    variant->key);
        return false;
    }
    return sg_load(loading, value, field->type, (uint8_t *)out + field->offset);
}

static bool is_missing(const struct sg_node *node, const struct sg_field *field,
                       const struct sg_field *variant)
{
    if (!field->required || sg_node_get(node, field->key))
        return false;
    return !field->with || (variant && field->with & UINT64_C(1) << variant->variant);
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
        if (!is_missing(node, field, variant))
            continue;
        if (field->with && variant)
            sg_complain(loading->complaints, node, "'%s' needs '%s'", variant->key, field->key);
        else
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
        keep(item, type->item->key_at, key);
        return right;
    }
    if (type->item->initial)
        memcpy(item, type->item->initial, type->item->size);
    if (special->variant)
        memcpy(item + type->item->tag_at - 1, &special->variant, sizeof special->variant);
    keep(item, type->item->node_at, value);
    keep(item, type->item->name_at, key->text);
    keep(item, type->item->key_at, key);
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

/* The scalar form that takes words, or NULL. */
static const struct sg_type *words_of(const struct sg_type *type)
{
    for (size_t i = 0; i < type->alternative_count; i++) {
        if (type->alternatives[i].type->kind == SG_KIND_CHOICE)
            return type->alternatives[i].type;
    }
    return NULL;
}

static const struct sg_type *record_of(const struct sg_type *type)
{
    for (size_t i = 0; i < type->alternative_count; i++) {
        if (type->alternatives[i].type->kind == SG_KIND_RECORD)
            return type->alternatives[i].type;
    }
    return NULL;
}

/* Whether `word` is what an entry says of a name, and so no name. */
static bool is_said(const struct sg_type *type, const char *word)
{
    const struct sg_type *words = words_of(type), *record = record_of(type);
    return (words && sg_choice_find(words, word)) || (record && find_field(record, word));
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
    if (is_said(type->item, node->keys[0]->text)) {
        sg_complain(loading->complaints, node->keys[0],
                    "'%s' stands where a name is wanted, such as in %s", node->keys[0]->text,
                    type->example);
        return false;
    }
    return load_entry(loading, node->keys[0], node->items[0], type, out);
}

/* Whether `node` is a word that takes a value and has none ('expect'), or one that takes none and
 * has a value ('connect: x'), where a union knows words and keys; then it has been complained
 * of. */
static bool is_misplaced(struct sg_loading *loading, const struct sg_node *node,
                         const struct sg_type *type)
{
    const struct sg_type *words = words_of(type), *record = record_of(type);
    if (!words || !record)
        return false;
    if (node->kind == SG_NODE_SCALAR && !sg_choice_find(words, node->text) &&
        find_field(record, node->text)) {
        sg_complain(loading->complaints, node, "'%s' needs a value: {%s: …}", node->text,
                    node->text);
        return true;
    }
    if (node->kind != SG_NODE_MAP || node->count != 1 || find_field(record, node->keys[0]->text) ||
        !sg_choice_find(words, node->keys[0]->text))
        return false;
    sg_complain(loading->complaints, node->keys[0], "'%s' takes no value: it stands alone",
                node->keys[0]->text);
    return true;
}

static const struct sg_alternative *choose_form(const struct sg_node *node,
                                                const struct sg_type *type)
{
    const struct sg_alternative *found = NULL;
    for (size_t i = 0; i < type->alternative_count; i++) {
        const struct sg_alternative *form = &type->alternatives[i];
        if (form->kind != node->kind)
            continue;
        /* Words are plain scalars; any other scalar is for the form behind them, if there is
         * one. */
        if (form->type->kind == SG_KIND_CHOICE && node->style == SG_STYLE_PLAIN)
            return form;
        found = form;
    }
    return found;
}

static bool load_union(struct sg_loading *loading, const struct sg_node *node,
                       const struct sg_type *type, void *out)
{
    if (is_misplaced(loading, node, type))
        return false;
    const struct sg_alternative *form = choose_form(node, type);
    if (!form)
        return sg_load_refuse(loading, node, type);
    if (form->tag)
        memcpy((uint8_t *)out + type->tag_at - 1, &form->tag, sizeof form->tag);
    return sg_load(loading, node, form->type, (uint8_t *)out + form->offset);
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

/* Whether there is room for one more value; complains once where there is none. */
static bool is_bounded(struct sg_loading *loading, const struct sg_node *node)
{
    if (++loading->visited > SG_MOST_VISITED) {
        if (loading->visited == SG_MOST_VISITED + 1)
            sg_complain(loading->complaints, node, "more than %d values, aliases expanded",
                        SG_MOST_VISITED);
        return false;
    }
    if (loading->depth < SG_MOST_LOAD_DEPTH)
        return true;
    sg_complain(loading->complaints, node, "nested too deep: does a variable stand for itself?");
    return false;
}

bool sg_load(struct sg_loading *loading, const struct sg_node *node, const struct sg_type *type,
             void *out)
{
    bool right = is_bounded(loading, node);
    if (right && !type->keeps_variables && type->kind != SG_KIND_RAW) {
        node = sg_load_resolve(loading, node);
        right = node != NULL;
    }
    if (right && (type->kind == SG_KIND_RECORD || type->kind == SG_KIND_UNION)) {
        if (type->initial)
            memcpy(out, type->initial, type->size);
        keep(out, type->node_at, node);
    }
    loading->depth++;
    right = right && load_kind(loading, node, type, out);
    loading->depth--;
    if (!right && type->broken_at)
        *((uint8_t *)out + type->broken_at - 1) = true;
    return right;
}
