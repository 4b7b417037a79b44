/* SPDX-License-Identifier: MIT
 * `sockgrade merge`: joins the databases of several shards. */
#include "cli/output.h"
#include "store/store.h"

int sg_command_merge(struct sg_call *call)
{
    const struct sg_repeated *operands = &call->options.operands;
    struct sg_error err = {0};
    if (sg_store_merge(operands->items[0], operands->items + 1, operands->count - 1, &err) == 0)
        return SG_EXIT_ALL_PASSED;
    return sg_print_error_at(call, operands->words[0], &err);
}
