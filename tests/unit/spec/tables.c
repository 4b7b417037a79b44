/* SPDX-License-Identifier: MIT
 * Walks the tables of the language: every row is whole, and can be found by the words in it. */
#include <ctype.h>

#include "loaded.h"
#include "spec/document.h"

enum { MOST = 200 };

struct walk {
    const struct sg_type *types[MOST];
    size_t count;
};

static void meet(struct walk *walk, const struct sg_type *type)
{
    for (size_t i = 0; i < walk->count; i++) {
        if (walk->types[i] == type)
            return;
    }
    cr_assert_lt(walk->count, MOST);
    walk->types[walk->count++] = type;
}

static struct walk walk_types(void)
{
    struct walk walk = {0};
    meet(&walk, &sg_type_assignment);
    for (size_t i = 0; i < walk.count; i++) {
        const struct sg_type *type = walk.types[i];
        if (type->item)
            meet(&walk, type->item);
        for (size_t f = 0; f < type->field_count; f++)
            meet(&walk, type->fields[f].type);
        for (size_t a = 0; a < type->alternative_count; a++)
            meet(&walk, type->alternatives[a].type);
    }
    return walk;
}

Test(tables, every_type_has_a_name_a_size_and_an_id_of_its_own)
{
    struct walk walk = walk_types();
    for (size_t i = 0; i < walk.count; i++) {
        const struct sg_type *type = walk.types[i];
        cr_assert_not_null(type->name);
        cr_assert_not_null(type->id, "%s", type->name);
        cr_expect_gt(type->size, 0, "%s", type->id);
        for (size_t o = 0; o < i; o++)
            cr_expect_str_neq(walk.types[o]->id, type->id);
    }
}

Test(tables, types_have_the_parts_that_their_kind_needs)
{
    struct walk walk = walk_types();
    for (size_t i = 0; i < walk.count; i++) {
        const struct sg_type *type = walk.types[i];
        bool holds = type->kind == SG_KIND_LIST || type->kind == SG_KIND_TABLE ||
                     type->kind == SG_KIND_ENTRY || type->kind == SG_KIND_BOX;
        cr_expect_eq(type->item != NULL, holds, "%s", type->id);
        cr_expect_eq(type->kind == SG_KIND_UNION, type->alternative_count > 0, "%s", type->id);
        if (type->kind == SG_KIND_CHOICE)
            cr_expect_gt(type->choice_count, 0, "%s", type->id);
        if (type->kind == SG_KIND_ENTRY)
            cr_expect_not_null(type->example, "%s", type->id);
        if (type->kind == SG_KIND_LIST || type->kind == SG_KIND_TABLE)
            cr_expect_gt(type->most, 0, "%s is bounded", type->id);
    }
}

Test(tables, every_key_is_lower_case_and_has_its_help)
{
    struct walk walk = walk_types();
    for (size_t i = 0; i < walk.count; i++) {
        for (size_t f = 0; f < walk.types[i]->field_count; f++) {
            const struct sg_field *field = &walk.types[i]->fields[f];
            for (const char *c = field->key; *c; c++)
                cr_expect(islower((unsigned char)*c) || *c == '_', "%s", field->key);
            cr_assert_not_null(field->help, "'%s' in %s", field->key, walk.types[i]->name);
            cr_expect_eq(field->help[strlen(field->help) - 1], '.', "'%s' in %s", field->key,
                         walk.types[i]->name);
            cr_expect_leq(field->offset + field->type->size,
                          walk.types[i]->kind == SG_KIND_ENTRY ? walk.types[i]->item->size
                                                               : walk.types[i]->size,
                          "'%s' in %s", field->key, walk.types[i]->name);
        }
    }
}

Test(tables, every_action_can_be_written_and_is_done_by_someone)
{
    struct walk walk = walk_types();
    for (int action = 1; action < SG_ACT_END; action++) {
        const struct sg_action_info *info = sg_action_info(action);
        cr_assert_not_null(info->word, "action %d", action);
        cr_expect_not_null(info->help, "%s", info->word);
        cr_expect_neq(info->actors, 0, "%s", info->word);
        size_t ways = 0; /* as a word, as a key, or as both where its value may be left out */
        for (size_t i = 0; i < walk.count; i++) {
            const struct sg_type *type = walk.types[i];
            for (size_t c = 0; strcmp(type->id, "action") == 0 && c < type->choice_count; c++)
                ways += strcmp(type->choices[c].word, info->word) == 0 &&
                        type->choices[c].value == action;
            for (size_t f = 0; type->size == sizeof(struct sg_step) && f < type->field_count; f++)
                ways += strcmp(type->fields[f].key, info->word) == 0 &&
                        type->fields[f].variant == action;
        }
        cr_expect(ways == 1 || ways == 2, "'%s' can be written in %zu ways", info->word, ways);
    }
}

Test(tables, the_documentation_tells_every_key_and_every_action)
{
    struct walk walk = walk_types();
    sg_autobytes struct sg_bytes out = {0};
    sg_spec_document(&sg_type_assignment, &out);
    for (size_t i = 0; i < walk.count; i++) {
        for (size_t f = 0; f < walk.types[i]->field_count; f++) {
            sg_autofree char *key = sg_printf("| `%s` | ", walk.types[i]->fields[f].key);
            sg_autofree char *below = sg_printf("\n`%s` (", walk.types[i]->fields[f].key);
            cr_expect(strstr(sg_bytes_text(&out), key) || strstr(sg_bytes_text(&out), below), "%s",
                      key);
        }
    }
    for (int action = 1; action < SG_ACT_END; action++) {
        sg_autofree char *row = sg_printf("| `%s` | ", sg_action_info(action)->word);
        cr_expect_not_null(strstr(sg_bytes_text(&out), row), "%s", row);
    }
}
