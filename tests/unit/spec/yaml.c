/* SPDX-License-Identifier: MIT
 * YAML becomes a tree that knows its places. */
#include "spec/yaml.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/table.h"

struct parsed {
    struct sg_document document;
    struct sg_complaints complaints;
};

static void parsed_done(struct parsed *parsed)
{
    sg_complaints_done(&parsed->complaints);
    sg_document_done(&parsed->document);
}

/* Complaints point into the document, so it is parsed where it stays. */
#define PARSED(name, text)                                          \
    __attribute__((cleanup(parsed_done))) struct parsed name = {0}; \
    sg_yaml_parse("file.yaml", (text), &name.document, &name.complaints)

Test(yaml, values_keep_their_kind_style_and_place)
{
    PARSED(parsed, sg_slice_text("plain: a\n"
                                 "single: 'b'\n"
                                 "double: \"c\\n\"\n"
                                 "block: |\n"
                                 "  d\n"
                                 "list: [1, 2]\n"
                                 "map: {x: y}\n"));
    static const struct {
        const char *key;
        enum sg_node_kind kind;
        enum sg_scalar_style style;
        const char *text;
        size_t line, column, width;
    } rows[] = {
        {"plain", SG_NODE_SCALAR, SG_STYLE_PLAIN, "a", 1, 8, 1},
        {"single", SG_NODE_SCALAR, SG_STYLE_SINGLE, "b", 2, 9, 3},
        {"double", SG_NODE_SCALAR, SG_STYLE_DOUBLE, "c\n", 3, 9, 5},
        {"block", SG_NODE_SCALAR, SG_STYLE_BLOCK, "d\n", 4, 8, 1},
        {"list", SG_NODE_LIST, SG_STYLE_PLAIN, NULL, 6, 7, 1},
        {"map", SG_NODE_MAP, SG_STYLE_PLAIN, NULL, 7, 6, 1},
    };
    cr_assert_not_null(parsed.document.root);
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        const struct sg_node *node = sg_node_get(parsed.document.root, rows[i].key);
        cr_assert_not_null(node, "%s", rows[i].key);
        cr_expect_eq(node->kind, rows[i].kind, "%s", rows[i].key);
        cr_expect_eq(node->style, rows[i].style, "%s", rows[i].key);
        cr_expect_eq(node->place.line, rows[i].line, "%s", rows[i].key);
        cr_expect_eq(node->place.column, rows[i].column, "%s", rows[i].key);
        cr_expect_eq(node->place.width, rows[i].width, "%s", rows[i].key);
        if (rows[i].text)
            cr_expect_str_eq(node->text, rows[i].text, "%s", rows[i].key);
    }
}

Test(yaml, a_scalar_may_hold_a_zero_byte)
{
    PARSED(parsed, sg_slice_text("x: \"a\\0b\"\n"));
    const struct sg_node *node = sg_node_get(parsed.document.root, "x");
    cr_expect_eq(node->length, 3);
    cr_expect_arr_eq(node->text, "a\0b", 4);
}

Test(yaml, words_are_not_typed)
{
    PARSED(parsed, sg_slice_text("country: no\nnumber: 010\ntime: 12:30:45\nnothing:\n"));
    static const char *const rows[][2] = {
        {"country", "no"}, {"number", "010"}, {"time", "12:30:45"}, {"nothing", ""}};
    for (size_t i = 0; i < SG_COUNT(rows); i++)
        cr_expect_str_eq(sg_node_get(parsed.document.root, rows[i][0])->text, rows[i][1]);
}

Test(yaml, an_alias_is_the_node_that_it_names)
{
    PARSED(parsed, sg_slice_text("a: &x [1]\nb: *x\n"));
    cr_expect_eq(sg_node_get(parsed.document.root, "a"), sg_node_get(parsed.document.root, "b"));
}

Test(yaml, get_answers_for_maps_only)
{
    PARSED(parsed, sg_slice_text("a: {b: c}\nlist: [b]\n"));
    const struct sg_node *root = parsed.document.root;
    cr_expect_null(sg_node_get(root, "b"));
    cr_expect_null(sg_node_get(sg_node_get(root, "list"), "b"));
    cr_expect_not_null(sg_node_get(sg_node_get(root, "a"), "b"));
}

Test(yaml, a_key_that_stands_twice_is_told_and_the_first_one_counts)
{
    PARSED(parsed, sg_slice_text("a: 1\na: 2\nb: 3\n"));
    cr_assert_eq(parsed.complaints.count, 1);
    cr_expect_str_eq(parsed.complaints.items[0].text, "key 'a' stands twice (first in line 1)");
    cr_expect_eq(parsed.complaints.items[0].place.line, 2);
    cr_assert_not_null(parsed.document.root);
    cr_expect_eq(parsed.document.root->count, 2);
    cr_expect_str_eq(sg_node_get(parsed.document.root, "a")->text, "1");
}

Test(yaml, bounds_hold)
{
    static const struct {
        const char *name, *part, *text;
        size_t times;
    } rows[] = {
        {"depth", "[", "nested more than 32 deep", 100000},
        {"depth of maps", "{a: ", "nested more than 32 deep", 100000},
        {"values", "- x\n", "more than 20000 values in one file", 30000},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        sg_autobytes struct sg_bytes text = {0};
        for (size_t n = 0; n < rows[i].times; n++)
            sg_bytes_add_text(&text, rows[i].part);
        PARSED(parsed, sg_bytes_slice(&text));
        cr_assert_eq(parsed.complaints.count, 1, "%s", rows[i].name);
        cr_expect_str_eq(parsed.complaints.items[0].text, rows[i].text, "%s", rows[i].name);
        cr_expect_null(parsed.document.root, "%s", rows[i].name);
    }
}

Test(yaml, a_file_that_cannot_be_read_is_an_error_and_no_complaint)
{
    struct parsed parsed = {0};
    struct sg_error err = {.blame = SG_BLAME_MACHINE};
    cr_expect_eq(sg_yaml_read("/no/such/file", &parsed.document, &parsed.complaints, &err), -1);
    cr_expect_eq(err.blame, SG_BLAME_INPUT);
    cr_expect_eq(parsed.complaints.count, 0);
    parsed_done(&parsed);
}
