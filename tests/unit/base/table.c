/* SPDX-License-Identifier: MIT
 * The word that a mistyped one meant. */
#include "base/table.h"

#include <criterion/criterion.h>

static const char *nearest(const char *typed, const char *const *words)
{
    struct sg_nearest nearest = {.word = typed};
    for (; *words; words++)
        sg_nearest_offer(&nearest, *words);
    return nearest.found ? nearest.found : "nothing";
}

Test(table, finds_the_word_that_was_meant)
{
    static const char *const words[] = {"expect", "expect_eof", "send", "shutdown",
                                        "close",  "as",         NULL};
    static const struct {
        const char *name, *typed, *meant;
    } rows[] = {
        {"a letter left out", "expct", "expect"},
        {"a letter too many", "sennd", "send"},
        {"another letter", "clase", "close"},
        {"two letters swapped", "sned", "send"},
        {"the word itself", "shutdown", "shutdown"},
        {"nothing near", "frobnicate", "nothing"},
        {"a short word allows one mistake", "ab", "as"},
        {"a short word allows no two", "xy", "nothing"},
        {"nothing typed", "", "nothing"},
        {"far too long a word", "expectexpectexpectexpectexpectexpectexpectexpectexpectexpect",
         "nothing"},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++)
        cr_expect_str_eq(nearest(rows[i].typed, words), rows[i].meant, "%s", rows[i].name);
}

Test(table, the_nearest_of_several_wins_and_then_the_first)
{
    static const char *const words[] = {"lined", "line", "lint", NULL};
    cr_expect_str_eq(nearest("lin", (const char *const[]){"lint", "line", NULL}), "lint");
    cr_expect_str_eq(nearest("line", words), "line");
}
