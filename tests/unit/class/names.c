/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <string.h>

#include "base/bytes.h"
#include "base/table.h"
#include "class/names.h"

Test(names, fold_case_and_punctuation_and_keep_letters)
{
    static const struct {
        const char *name, *folded;
    } rows[] = {
        {"John Doe", "johndoe"},
        {" O'Neil-Smith, Jr. ", "oneilsmithjr"},
        {"van_der Berg", "vanderberg"},
        {"LÓPEZ", "lópez"},
        {"Lo\xcc\x81pez", "lópez"}, /* an accent of its own */
        {"Straße", "strasse"},
        {"ΣΊΣΥΦΟΣ", "σίσυφοσ"},
        {"孙 悟空", "孙悟空"},
        {"Ⅷ１２", "viii12"},
        {"زهراء\xe2\x80\x8c", "زهراء"}, /* a joiner that is not seen */
        {"bad\xff"
         "byte",
         "badbyte"},
        {"…", ""},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        sg_autofree char *folded = sg_name_fold(rows[i].name);
        cr_expect_str_eq(folded, rows[i].folded, "%s: %s", rows[i].name, folded);
    }
}

static bool meet(const char *one, const char *other)
{
    struct sg_name_forms a = {0}, b = {0};
    sg_name_forms_add(&a, one);
    sg_name_forms_add(&b, other);
    bool they_do = sg_name_forms_meet(&a, &b);
    sg_name_forms_done(&a);
    sg_name_forms_done(&b);
    return they_do;
}

Test(names, are_the_same_in_either_order)
{
    static const struct {
        const char *a, *b;
        bool same;
    } rows[] = {
        {"John Doe", "Doe, John", true},
        {"doejohn", "John Doe", true},
        {"johndoe", "Doe, John", true},
        {"Budi Agung Santoso", "santosobudiagung", true},
        {"de la Cruz, Ana María", "Ana María de la Cruz", true},
        {"Budi", "budi", true},
        {"John Doe", "John Roe", false},
        {"John Doe", "John", false},
        {"Jose", "José", false},
        {"", "", false},
        {"---", "...", false},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        cr_expect_eq(meet(rows[i].a, rows[i].b), rows[i].same, "%s, %s", rows[i].a, rows[i].b);
        cr_expect_eq(meet(rows[i].b, rows[i].a), rows[i].same, "%s, %s", rows[i].b, rows[i].a);
    }
}

Test(names, of_submissions_are_safe_as_files)
{
    static const struct {
        const char *raw, *safe;
        bool marked; /* something of the raw name was lost, so a mark tells it from others */
    } rows[] = {
        {"alice", "alice", false},
        {"Budi Santoso_12", "Budi_Santoso_12", false},
        {"López.2+x@y-z", "López.2+x@y-z", false},
        {"孙悟空", "孙悟空", false},
        {"..", "_.", true},
        {".hidden", "_hidden", true},
        {"-rf", "_rf", true},
        {"a/b", "a_b", true},
        {"a\nb", "a_b", true},
        {"\xe2\x80\xae"
         "evil",
         "_evil", true},
        {"a\xff", "a_", true},
        {"", "", true},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        sg_autofree char *safe = sg_name_safe(rows[i].raw);
        size_t length = strlen(rows[i].safe);
        cr_expect_eq(strncmp(safe, rows[i].safe, length), 0, "%s: %s", rows[i].raw, safe);
        cr_expect_eq(safe[length], rows[i].marked ? '~' : '\0', "%s: %s", rows[i].raw, safe);
    }
    char most[1000];
    memset(most, 'x', sizeof most - 1);
    most[sizeof most - 1] = 0;
    sg_autofree char *safe = sg_name_safe(most);
    cr_expect_lt(strlen(safe), 120);
    most[998] = 'y';
    sg_autofree char *other = sg_name_safe(most);
    cr_expect_str_neq(safe, other, "names that differ beyond the bound stay apart");
}

Test(names, of_files_are_cleaned_and_say_so)
{
    static const struct {
        const char *raw, *clean, *says;
    } rows[] = {
        {"server.c", "server.c", NULL},
        {"süß 孙.c", "süß 孙.c", NULL},
        {"-o.c", "_-o.c", "'-'"},
        {"caf\xe9.c", "caf_e9.c", "UTF-8"},
        {"a\nb\x1b.c", "a_b_.c", "cannot be seen"},
        {"\xe2\x80\xae"
         "c.exe",
         "_c.exe", "turn text around"},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        sg_autobytes struct sg_bytes out = {0};
        const char *wrong = sg_name_clean(rows[i].raw, &out);
        cr_expect_str_eq(sg_bytes_text(&out), rows[i].clean, "%s", sg_bytes_text(&out));
        cr_expect_eq(!wrong, !rows[i].says, "%s", rows[i].raw);
        if (wrong && rows[i].says)
            cr_expect_not_null(strstr(wrong, rows[i].says), "%s: %s", rows[i].raw, wrong);
    }
}

Test(names, are_ordered_by_the_numbers_in_them)
{
    static const struct {
        const char *a, *b;
        int order;
    } rows[] = {
        {"1", "2", -1},     {"2", "10", -1}, {"010", "10", 0},
        {"a2b", "a2c", -1}, {"", "1", -1},   {"2026-05-09", "2026-5-10", -1},
        {"10", "9", 1},     {"x", "x", 0},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++)
        cr_expect_eq(sg_name_compare_natural(rows[i].a, rows[i].b), rows[i].order, "%s, %s",
                     rows[i].a, rows[i].b);
}
