/* SPDX-License-Identifier: MIT
 * `sockgrade init`: copies the student template. */
#include <stdlib.h>
#include <unistd.h>

#include "base/tree.h"
#include "cli/output.h"
#include "cli/paths.h"

int sg_command_init(struct sg_call *call)
{
    const struct sg_repeated *operands = &call->options.operands;
    const char *id = operands->items[0];
    const char *to = operands->count > 1 ? operands->items[1] : id;
    struct sg_error err = {0};
    sg_autofree char *templates = sg_path_templates();
    sg_autofree char *from = templates ? sg_printf("%s/%s", templates, id) : NULL;
    if (!from || access(from, R_OK) < 0)
        return sg_refuse_operand(call, 0, "no template for '%s'", id);
    if (access(to, F_OK) == 0)
        return sg_refuse_operand(call, operands->count > 1 ? 1 : 0, "'%s' is there already", to);
    const struct sg_copy_limits limits = {.most_files = 1000, .most_bytes = 16 << 20};
    if (sg_copy_tree(from, to, &limits, &err) < 0)
        return sg_print_error_at(call, sg_operand_word(call, operands->count - 1), &err);
    return sg_tell(
        "%s is ready: read %s/README.md, and check yourself with\n\n  sockgrade check %s\n", to, to,
        to);
}
