/* SPDX-License-Identifier: MIT
 * `sockgrade explain`: what a diagnosis means. */
#include "base/table.h"
#include "cli/output.h"
#include "diagnose/advice.h"
#include "result/codes.h"

int sg_command_explain(struct sg_call *call)
{
    const char *id = call->options.operands.items[0];
    enum sg_code code = sg_code_find(id);
    if (code == SG_CODE_NONE) {
        struct sg_nearest nearest = {.word = id};
        for (int c = SG_CODE_NONE + 1; c < SG_CODE_END; c++)
            sg_nearest_offer(&nearest, sg_code_info((enum sg_code)c)->id);
        return sg_refuse_operand(call, 0, "no diagnosis '%s'%s%s%s", id,
                                 nearest.found ? " (did you mean '" : "",
                                 nearest.found ? nearest.found : "", nearest.found ? "'?)" : "");
    }
    sg_autobytes struct sg_bytes out = {0};
    sg_bytes_printf(&out, "%s\n\n%s\n", id, sg_advice(code));
    return sg_print(sg_bytes_slice(&out)) ? SG_EXIT_ALL_PASSED : SG_EXIT_MACHINE;
}
