/* SPDX-License-Identifier: MIT
 * Whether a text names a student of a class. */
#include "cli/mentions.h"

#include <criterion/criterion.h>

#include "base/table.h"

Test(mentions, are_found_as_words_in_any_case_and_nothing_else_is)
{
    static const struct {
        const char *text;
        bool told;
    } rows[] = {
        {"The server died of SIGSEGV.", false},
        {"The server said 'Dewi'.", true},
        {"The server said 'dewi'.", true},
        {"AYU", true},
        {"The server said 'dewindow'.", false},
        {"The server said 'xdewi'.", false},
        {"The server said 'dewi\xc3\xa9'.", false},
        {"It is of Li.", false},
        {"It is of Eko.", false}, /* another's, and a word of more alone */
        {"It is of eko prasetyo.", true},
        {"mail to eko@example.org failed", true},
        {"class/d-1 is missing", true},
        {"'d-1' is missing", true},
        {"1 byte", false},
        {"", false},
    };
    struct sg_mentions names = {0};
    sg_mentions_add(&names, "d-1", "class/d-1");
    sg_mentions_add(&names, "d-1", "Dewi Ayu Li");
    sg_mentions_add(&names, "eko-7", "Eko Prasetyo");
    sg_mentions_add(&names, "eko-7", "eko@example.org");
    for (size_t i = 0; i < SG_COUNT(rows); i++)
        cr_expect_eq(sg_mentions_told(&names, "d-1", rows[i].text), rows[i].told, "%s",
                     rows[i].text);
    sg_mentions_done(&names);
}
