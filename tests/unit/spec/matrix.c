/* SPDX-License-Identifier: MIT
 * One case with `for` becomes one case per combination. */
#include "loaded.h"

static void expect_names(const struct loaded *loaded, const char *const *names)
{
    const struct sg_assignment *assignment = &loaded->spec->assignment;
    size_t count = 0;
    for (; names[count]; count++) {
        cr_assert_lt(count, assignment->cases.count, "no case for '%s'", names[count]);
        cr_expect_str_eq(assignment->cases.items[count].name, names[count]);
    }
    cr_expect_eq(assignment->cases.count, count);
}

Test(matrix, a_case_is_named_by_the_labels_of_its_values)
{
    static const struct {
        const char *name, *values, *names[4];
    } rows[] = {
        {"words", "[bytes, [3]]", {"one[bytes]", "one[3]"}},
        {"lists", "[[3, 3], [1, 2, 3]]", {"one[3,3]", "one[1,2,3]"}},
        {"a map of one key", "[{parts: 3}, {chunks: 4KiB}]", {"one[parts 3]", "one[chunks 4KiB]"}},
        {"a payload with a line end", "[{around: \"\\n\"}]", {"one[around \\n]"}},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        sg_autofree char *text = sg_printf(
            HEAD "cases:\n" CASE(
                "one") "    for: {cut: %s}\n"
                       "    play: [c: connect, c: {send: \"hello\", as: $cut}, c: quiet]\n",
            rows[i].values);
        RIGHT(loaded, text);
        expect_names(&loaded, rows[i].names);
    }
}

Test(matrix, maps_are_named_by_their_name_or_their_number)
{
    RIGHT(loaded, HEAD
          "cases:\n" CASE("one") "    for:\n"
                                 "      row: [{name: zero, data: \"0\"}, {data: \"1\", of: x}]\n"
                                 "    play: [c: connect, c: {expect: $row.data}]\n");
    expect_names(&loaded, (const char *const[]){"one[zero]", "one[2]", NULL});
    const struct sg_case *zero = find_case(&loaded, "one[zero]");
    cr_expect_eq(zero->play.items[1].data.form, SG_DATA_LITERAL);
    cr_expect_eq(zero->play.items[1].data.literal.data[0], '0');
}

Test(matrix, the_last_variable_varies_fastest)
{
    RIGHT(
        loaded,
        HEAD "cases:\n" CASE(
            "one") "    for: {a: [1, 2], b: [3, 4]}\n"
                   "    play: [c: connect, c: {send: {random: $a}}, c: {expect: {random: $b}}]\n");
    expect_names(&loaded,
                 (const char *const[]){"one[1,3]", "one[1,4]", "one[2,3]", "one[2,4]", NULL});
}

Test(matrix, a_title_shows_the_label)
{
    RIGHT(loaded, HEAD "cases:\n"
                       "  - id: one\n    title: A message of $n bytes for $$n\n    role: server\n"
                       "    points: 1\n    for: {n: [1024]}\n"
                       "    play: [c: connect, c: {send: {random: $n}}, c: quiet]\n");
    cr_expect_str_eq(loaded.spec->assignment.cases.items[0].title.en,
                     "A message of 1024 bytes for $1024");
}

Test(matrix, a_quoted_text_is_no_variable)
{
    RIGHT(loaded, HEAD
          "cases:\n" CASE("one") "    for: {n: [bytes]}\n"
                                 "    play: [c: connect, c: {send: \"$n\", as: $n}, c: quiet]\n");
    const struct sg_data *data = &loaded.spec->assignment.cases.items[0].play.items[1].data;
    cr_expect_eq(data->form, SG_DATA_LITERAL);
    cr_expect_eq(data->literal.length, 2);
}

Test(matrix, points_are_shared_to_the_last_thousandth)
{
    static const struct {
        const char *points, *values;
        int64_t shares[4];
    } rows[] = {
        {"1", "[bytes, [1], [2]]", {333, 333, 334}},
        {"2", "[bytes, [1], [2]]", {666, 667, 667}},
        {"0", "[bytes, [1]]", {0, 0}},
        {"0.001", "[bytes, [1]]", {0, 1}},
        {"10", "[bytes, [1], [2], [3]]", {2500, 2500, 2500, 2500}},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        sg_autofree char *text =
            sg_printf(HEAD "total: {server: %s}\ncases:\n"
                           "  - id: one\n    title: A case\n    role: server\n    points: %s\n"
                           "    for: {cut: %s}\n"
                           "    play: [c: connect, c: {send: \"hello\", as: $cut}, c: quiet]\n",
                      rows[i].points, rows[i].points, rows[i].values);
        RIGHT(loaded, text);
        const struct sg_assignment *assignment = &loaded.spec->assignment;
        for (size_t c = 0; c < assignment->cases.count; c++)
            cr_expect_eq(assignment->cases.items[c].points, rows[i].shares[c], "%s of %s",
                         assignment->cases.items[c].name, rows[i].points);
    }
}

Test(matrix, a_long_label_is_cut_and_stays_its_own)
{
    sg_autobytes struct sg_bytes text = {0};
    sg_bytes_add_text(&text, HEAD "cases:\n" CASE("one") "    for:\n      text:\n");
    for (int i = 0; i < 2; i++) {
        sg_bytes_add_text(&text, "        - \"");
        for (int n = 0; n < 40; n++)
            sg_bytes_add_text(&text, "long");
        sg_bytes_printf(&text, "%d\"\n", i);
    }
    sg_bytes_add_text(&text, "    play: [c: connect, c: {expect: $text}]\n");
    RIGHT(loaded, sg_bytes_text(&text));
    const struct sg_case *cases = loaded.spec->assignment.cases.items;
    cr_expect_lt(strlen(cases[0].label), 80);
    cr_expect_str_neq(cases[0].name, cases[1].name);
}
