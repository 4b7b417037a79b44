/* SPDX-License-Identifier: MIT
 * The reference programs, copied. */
#include "program/references.h"

#include "base/bytes.h"
#include "base/tree.h"
#include "program/jail.h"

int sg_bring_references(const char *from, const char *folder, char **ret, struct sg_error *err)
{
    enum { MOST_FILES = 100, MOST_BYTES = 256 << 20 };
    static const struct sg_copy_limits limits = {.most_files = MOST_FILES,
                                                 .most_bytes = MOST_BYTES};
    if (!from)
        return 0;
    *ret = sg_printf("%s/references", folder);
    if (sg_copy_tree(from, *ret, &limits, err) < 0)
        return -1;
    return sg_give_tree(*ret, sg_jail_user(), sg_jail_group(), err);
}
