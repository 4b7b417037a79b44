/* SPDX-License-Identifier: MIT
 * The loader, by a small language of its own that has every kind of type. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/table.h"
#include "spec/schema.h"

struct item {
    const char *name;
    const struct sg_node *name_node;
    int64_t number;
};

struct thing {
    const struct sg_node *node;
    int tag;
    const char *text, *name, *filled;
    bool flag, broken;
    int64_t number, points;
    uint64_t duration, size;
    struct sg_range range;
    int choice;
    struct sg_slice payload;
    const struct sg_node *raw;
    struct thing *box;
    struct {
        int64_t *items;
        size_t count;
    } list;
    struct {
        struct item *items;
        size_t count;
    } table;
    struct item entry;
    struct {
        int form;
        const char *word;
        int choice;
        struct {
            int64_t *items;
            size_t count;
        } list;
    } either;
};

enum { FIRST = 1, SECOND };

static const struct sg_choice choices[] = {{"red", 7, NULL}, {"green", 8, NULL}};
static const struct sg_type type_choice = {.name = "a colour",
                                           .id = "colour",
                                           .kind = SG_KIND_CHOICE,
                                           .size = sizeof(int),
                                           .choices = choices,
                                           .choice_count = SG_COUNT(choices)};
static const struct sg_type type_filled = {.name = "a text",
                                           .id = "filled",
                                           .kind = SG_KIND_TEXT,
                                           .size = sizeof(const char *),
                                           .fills_variables = true};
static const struct sg_type type_range = {.name = "a range",
                                          .id = "range",
                                          .kind = SG_KIND_RANGE,
                                          .size = sizeof(struct sg_range),
                                          .least = 1,
                                          .most = 100};
static const struct sg_type type_list = {.name = "a list of numbers",
                                         .id = "numbers",
                                         .kind = SG_KIND_LIST,
                                         .size = sizeof((struct thing *)0)->list,
                                         .item = &sg_type_count,
                                         .least = 1,
                                         .most = 3};
static const struct sg_type type_item = {
    .name = "an item",
    .id = "item",
    .kind = SG_KIND_UNION,
    .size = sizeof(struct item),
    .alternatives =
        (const struct sg_alternative[]){{.kind = SG_NODE_SCALAR,
                                         .type = &sg_type_count,
                                         .offset = SG_AT(struct item, number, int64_t)}},
    .alternative_count = 1,
    .name_at = SG_KEPT_AT(struct item, name, const char *),
    .key_at = SG_KEPT_AT(struct item, name_node, const struct sg_node *)};
static const struct sg_type type_table = {.name = "a table of items",
                                          .id = "items",
                                          .kind = SG_KIND_TABLE,
                                          .size = sizeof((struct thing *)0)->table,
                                          .item = &type_item,
                                          .most = 2};
static const struct sg_type type_entry = {.name = "an entry",
                                          .id = "entry",
                                          .kind = SG_KIND_ENTRY,
                                          .size = sizeof(struct item),
                                          .item = &type_item};
static const struct sg_alternative either_forms[] = {
    {.kind = SG_NODE_SCALAR,
     .type = &type_choice,
     .offset = offsetof(struct thing, either.choice) - offsetof(struct thing, either),
     .tag = 1},
    {.kind = SG_NODE_SCALAR,
     .type = &sg_type_text,
     .offset = offsetof(struct thing, either.word) - offsetof(struct thing, either),
     .tag = 2},
    {.kind = SG_NODE_LIST,
     .type = &type_list,
     .offset = offsetof(struct thing, either.list) - offsetof(struct thing, either),
     .tag = 3},
};
static const struct sg_type type_either = {.name = "one or the other",
                                           .id = "either",
                                           .kind = SG_KIND_UNION,
                                           .size = sizeof((struct thing *)0)->either,
                                           .alternatives = either_forms,
                                           .alternative_count = SG_COUNT(either_forms),
                                           .tag_at = 1};
static const struct sg_type type_thing;
static const struct sg_type type_box = {.name = "a thing",
                                        .id = "box",
                                        .kind = SG_KIND_BOX,
                                        .size = sizeof(struct thing *),
                                        .item = &type_thing};

static const struct sg_field fields[] = {
    {.key = "text", .type = &sg_type_text, .offset = offsetof(struct thing, text)},
    {.key = "name", .type = &sg_type_name, .offset = offsetof(struct thing, name)},
    {.key = "filled", .type = &type_filled, .offset = offsetof(struct thing, filled)},
    {.key = "flag", .type = &sg_type_flag, .offset = offsetof(struct thing, flag)},
    {.key = "number", .type = &sg_type_count, .offset = offsetof(struct thing, number)},
    {.key = "points", .type = &sg_type_points, .offset = offsetof(struct thing, points)},
    {.key = "duration", .type = &sg_type_duration, .offset = offsetof(struct thing, duration)},
    {.key = "size", .type = &sg_type_size, .offset = offsetof(struct thing, size)},
    {.key = "range", .type = &type_range, .offset = offsetof(struct thing, range)},
    {.key = "choice", .type = &type_choice, .offset = offsetof(struct thing, choice)},
    {.key = "payload", .type = &sg_type_payload, .offset = offsetof(struct thing, payload)},
    {.key = "raw", .type = &sg_type_raw, .offset = offsetof(struct thing, raw)},
    {.key = "box", .type = &type_box, .offset = offsetof(struct thing, box)},
    {.key = "list", .type = &type_list, .offset = offsetof(struct thing, list)},
    {.key = "table", .type = &type_table, .offset = offsetof(struct thing, table)},
    {.key = "entry", .type = &type_entry, .offset = offsetof(struct thing, entry)},
    {.key = "either", .type = &type_either, .offset = offsetof(struct thing, either)},
    {.key = "first",
     .type = &sg_type_flag,
     .offset = offsetof(struct thing, flag),
     .variant = FIRST},
    {.key = "second",
     .type = &sg_type_flag,
     .offset = offsetof(struct thing, flag),
     .variant = SECOND},
    {.key = "with_first",
     .type = &sg_type_count,
     .offset = offsetof(struct thing, number),
     .with = UINT64_C(1) << FIRST,
     .required = true},
};

static const struct thing initial = {.number = 5};

static const struct sg_type type_thing = {
    .name = "a thing",
    .id = "thing",
    .kind = SG_KIND_RECORD,
    .size = sizeof(struct thing),
    .fields = fields,
    .field_count = SG_COUNT(fields),
    .initial = &initial,
    .tag_at = SG_KEPT_AT(struct thing, tag, int),
    .node_at = SG_KEPT_AT(struct thing, node, const struct sg_node *),
    .broken_at = SG_KEPT_AT(struct thing, broken, bool)};

struct loaded {
    struct sg_document document;
    struct sg_arena arena;
    struct sg_complaints complaints;
    struct thing thing;
    bool right;
};

static void loaded_done(struct loaded *loaded)
{
    sg_complaints_done(&loaded->complaints);
    sg_document_done(&loaded->document);
    sg_arena_done(&loaded->arena);
}

static void load(struct loaded *loaded, const char *text)
{
    sg_yaml_parse("f", sg_slice_text(text), &loaded->document, &loaded->complaints);
    cr_assert_not_null(loaded->document.root, "%s", text);
    struct sg_loading loading = {.arena = &loaded->arena, .complaints = &loaded->complaints};
    loaded->right = sg_load(&loading, loaded->document.root, &type_thing, &loaded->thing);
}

#define LOADED(name, text)                                          \
    __attribute__((cleanup(loaded_done))) struct loaded name = {0}; \
    load(&name, (text))

Test(load, every_kind_becomes_its_c_object)
{
    LOADED(loaded, "text: a text\n"
                   "name: a-name\n"
                   "flag: true\n"
                   "number: 12\n"
                   "points: 0.5\n"
                   "duration: 250ms\n"
                   "size: 4KiB\n"
                   "range: 3..9\n"
                   "choice: green\n"
                   "payload: \"a\\0b\"\n"
                   "raw: [anything, {at: all}]\n"
                   "box: {number: 3}\n"
                   "list: [1, 2]\n"
                   "table: {one: 1, two: 2}\n"
                   "entry: {three: 3}\n"
                   "either: [4]\n");
    const struct thing *thing = &loaded.thing;
    cr_assert(loaded.right);
    cr_expect_eq(thing->node, loaded.document.root);
    cr_expect_str_eq(thing->text, "a text");
    cr_expect_str_eq(thing->name, "a-name");
    cr_expect_eq(thing->flag, true);
    cr_expect_eq(thing->number, 12);
    cr_expect_eq(thing->points, 500);
    cr_expect_eq(thing->duration, UINT64_C(250000000));
    cr_expect_eq(thing->size, 4096);
    cr_expect_eq(thing->range.least, 3);
    cr_expect_eq(thing->range.most, 9);
    cr_expect_eq(thing->choice, 8);
    cr_expect_eq(thing->payload.length, 3);
    cr_expect_eq(thing->raw->kind, SG_NODE_LIST);
    cr_expect_eq(thing->box->number, 3);
    cr_assert_eq(thing->list.count, 2);
    cr_expect_eq(thing->list.items[1], 2);
    cr_assert_eq(thing->table.count, 2);
    cr_expect_str_eq(thing->table.items[1].name, "two");
    cr_expect_eq(thing->table.items[1].number, 2);
    cr_expect_eq(thing->table.items[1].name_node->place.line, 14);
    cr_expect_str_eq(thing->entry.name, "three");
    cr_expect_eq(thing->entry.number, 3);
    cr_expect_eq(thing->either.form, 3);
}

Test(load, what_is_not_said_is_as_the_type_has_it)
{
    LOADED(loaded, "{}");
    cr_expect(loaded.right);
    cr_expect_eq(loaded.thing.number, 5);
    cr_expect_null(loaded.thing.text);
    cr_expect_eq(loaded.thing.tag, 0);
}

Test(load, a_union_is_chosen_by_what_stands_there)
{
    static const struct {
        const char *text;
        int form;
    } rows[] = {
        {"either: red", 1}, {"either: \"red\"", 2}, {"either: 'blue'", 2}, {"either: [1]", 3}};
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        LOADED(loaded, rows[i].text);
        cr_expect(loaded.right, "%s", rows[i].text);
        cr_expect_eq(loaded.thing.either.form, rows[i].form, "%s", rows[i].text);
    }
}

Test(load, a_variant_sets_the_tag)
{
    LOADED(second, "second: true");
    cr_expect_eq(second.thing.tag, SECOND);
    LOADED(first, "{first: true, with_first: 3}");
    cr_expect(first.right);
    cr_expect_eq(first.thing.tag, FIRST);
}

Test(load, what_does_not_fit_is_told_in_words)
{
    static const struct {
        const char *text, *said;
    } rows[] = {
        {"text: [a]", "a text is wanted, found a list"},
        {"text: \"a\\0b\"", "a text is wanted, found 'a\\0b'"},
        {"name: No", "a name is wanted, such as three-pieces, found 'No'"},
        {"flag: yes", "true or false is wanted, found 'yes'"},
        {"number: 0", "a number from 1 to 1000 is wanted, found '0'"},
        {"number: many", "a number is wanted, such as 5, found 'many'"},
        {"number:", "a number is wanted, such as 5, found nothing"},
        {"points: 1000.001", "a number of points from 0 to 1000 is wanted, found '1000.001'"},
        {"duration: 1h", "a duration is wanted, such as 250ms, found '1h'"},
        {"duration: 60001ms", "a duration from 0ms to 60s is wanted, found '60001ms'"},
        {"size: 17MiB", "a size from 0 to 16MiB is wanted, found '17MiB'"},
        {"range: 9..3", "a range from 1 to 100 is wanted, found '9..3'"},
        {"range: 1..101", "a range from 1 to 100 is wanted, found '1..101'"},
        {"range: a..b", "a range is wanted, found 'a..b'"},
        {"choice: rad", "unknown colour 'rad' (did you mean 'red'?)"},
        {"choice: purple", "unknown colour 'purple' (one of: red, green)"},
        {"choice: {red: 1}", "a colour is wanted, found a map"},
        {"payload: plain", "payload must stand in double quotes: \"plain\""},
        {"payload: 'a\\n'", "single quotes keep '\\n' as two characters; use double quotes"},
        {"payload: \"\\xff\"", "payload has a character beyond ASCII; write its bytes with 'hex'"},
        {"box: 3", "a thing is wanted, found '3'"},
        {"box: {numbre: 3}", "unknown key 'numbre' in a thing (did you mean 'number'?)"},
        {"list: 3", "a list of numbers is wanted, found '3'"},
        {"list: []", "a list of numbers needs at least 1"},
        {"list: [1, 2, 3, 4]", "a list of numbers takes at most 3"},
        {"table: [a]", "a table of items is wanted, found a list"},
        {"table: {a: 1, b: 2, c: 3}", "a table of items takes at most 2"},
        {"entry: {a: 1, b: 2}", "an entry has exactly one key, found 2"},
        {"entry: {}", "an entry has exactly one key, found 0"},
        {"either: {}", "one or the other is wanted, found a map"},
        {"either: rad", "unknown colour 'rad' (did you mean 'red'?)"},
        {"first: true", "'first' needs 'with_first'"},
        {"{second: true, with_first: 1}", "'with_first' does not go with 'second'"},
        {"{first: true, second: true, with_first: 1}", "'first' and 'second' exclude each other"},
        {"text: $nothing",
         "no variable '$nothing' here (a text that begins with '$' needs quotes)"},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        LOADED(loaded, rows[i].text);
        cr_expect_not(loaded.right, "%s", rows[i].text);
        cr_expect(loaded.thing.broken, "%s", rows[i].text);
        cr_assert_eq(loaded.complaints.count, 1, "%s", rows[i].text);
        cr_expect_str_eq(loaded.complaints.items[0].text, rows[i].said, "%s", rows[i].text);
    }
}

Test(load, all_that_is_wrong_is_told_and_the_rest_is_loaded)
{
    LOADED(loaded, "flag: maybe\nnumber: 3\nsize: big\ntext: still here\n");
    cr_expect_eq(loaded.complaints.count, 2);
    cr_expect_eq(loaded.thing.number, 3);
    cr_expect_str_eq(loaded.thing.text, "still here");
}

Test(load, aliases_are_bounded_when_they_are_expanded)
{
    LOADED(loaded, "a: &a {box: {box: {}}}\n"
                   "box: &b {box: {box: {box: *a}}}\n");
    cr_expect_eq(loaded.complaints.count, 1, "only the unknown key 'a'");
}

Test(load, names_are_checked_whole)
{
    static const struct {
        const char *name;
        bool valid;
    } rows[] = {{"a", true},
                {"three-pieces", true},
                {"a1", true},
                {"", false},
                {"1a", false},
                {"-a", false},
                {"A", false},
                {"a_b", false},
                {"a b", false},
                {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false}};
    for (size_t i = 0; i < SG_COUNT(rows); i++)
        cr_expect_eq(sg_name_valid(rows[i].name), rows[i].valid, "'%s'", rows[i].name);
}
