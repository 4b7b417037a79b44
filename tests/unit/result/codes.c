/* SPDX-License-Identifier: MIT
 * The table of diagnoses. */
#include "result/codes.h"

#include <criterion/criterion.h>
#include <ctype.h>
#include <string.h>

Test(codes, every_code_is_found_by_its_id)
{
    for (enum sg_code code = SG_CODE_NONE + 1; code < SG_CODE_END; code++) {
        const struct sg_code_info *info = sg_code_info(code);
        cr_assert_not_null(info->id, "code %d", (int)code);
        cr_expect_eq(sg_code_find(info->id), code, "%s", info->id);
    }
}

Test(codes, ids_are_lower_case_words_joined_by_hyphens)
{
    for (enum sg_code code = SG_CODE_NONE + 1; code < SG_CODE_END; code++) {
        const char *id = sg_code_info(code)->id;
        cr_expect(islower((unsigned char)id[0]), "%s", id);
        for (const char *c = id; *c; c++)
            cr_expect(islower((unsigned char)*c) || isdigit((unsigned char)*c) || *c == '-', "%s",
                      id);
    }
}

Test(codes, what_is_no_code_is_not_found)
{
    cr_expect_eq(sg_code_find("no-such-thing"), SG_CODE_NONE);
    cr_expect_str_eq(sg_code_info(SG_CODE_NONE)->id, "");
}
