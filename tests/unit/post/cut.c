/* SPDX-License-Identifier: MIT
 * Texts are cut between characters. */
#include "post/cut.h"

#include <criterion/criterion.h>

#include "base/table.h"

Test(cut, never_cuts_a_character)
{
    static const struct {
        const char *name, *text;
        size_t most, bytes, characters; /* how many bytes are left by each */
    } rows[] = {
        {"shorter", "abc", 5, 3, 3},
        {"exact", "abc", 3, 3, 3},
        {"longer", "abcd", 3, 3, 3},
        {"none", "abc", 0, 0, 0},
        {"empty", "", 3, 0, 0},
        {"two bytes each", "\xc3\xa4\xc3\xb6\xc3\xbc", 3, 2, 6},
        {"three bytes each", "\xe2\x82\xac\xe2\x82\xac", 4, 3, 6},
        {"four bytes", "a\xf0\x9f\x98\x80z", 2, 1, 5},
        {"no UTF-8", "\xff\xfe\xfd", 2, 2, 2},
        {"a sequence that stops", "ab\xe2\x82", 3, 3, 3},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        struct sg_slice text = sg_slice_text(rows[i].text);
        cr_expect_eq(sg_cut_bytes(text, rows[i].most), rows[i].bytes, "%s: bytes", rows[i].name);
        cr_expect_eq(sg_cut_characters(text, rows[i].most), rows[i].characters, "%s: characters",
                     rows[i].name);
    }
}
