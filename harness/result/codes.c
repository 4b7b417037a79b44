/* SPDX-License-Identifier: MIT
 * The diagnoses by name. */
#include "result/codes.h"

#include <string.h>

static const struct sg_code_info codes[SG_CODE_END] = {[SG_CODE_NONE] = {""},
#define SG_CODE_ROW(name, id) [SG_CODE_##name] = {id},
                                                       SG_CODES(SG_CODE_ROW)
#undef SG_CODE_ROW
};

const struct sg_code_info *sg_code_info(enum sg_code code)
{
    return &codes[code];
}

enum sg_code sg_code_find(const char *id)
{
    for (int code = SG_CODE_NONE + 1; code < SG_CODE_END; code++) {
        if (strcmp(codes[code].id, id) == 0)
            return (enum sg_code)code;
    }
    return SG_CODE_NONE;
}
