/* SPDX-License-Identifier: MIT
 * `sockgrade explain`: what a diagnosis means, why it happens, and how it is put right. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/table.h"
#include "cli/output.h"
#include "cli/paths.h"
#include "report/page.h"
#include "result/codes.h"

enum { MOST_PAGE = 64 << 10 };

static int refuse(struct sg_call *call, const char *id)
{
    struct sg_nearest nearest = {.word = id};
    for (int c = SG_CODE_NONE + 1; c < SG_CODE_END; c++)
        sg_nearest_offer(&nearest, sg_code_info((enum sg_code)c)->id);
    return sg_refuse_operand(call, 0, "no diagnosis '%s'%s%s%s", id,
                             nearest.found ? " (did you mean '" : "",
                             nearest.found ? nearest.found : "", nearest.found ? "'?)" : "");
}

int sg_command_explain(struct sg_call *call)
{
    const char *id = call->options.operands.items[0];
    if (sg_code_find(id) == SG_CODE_NONE)
        return refuse(call, id);
    struct sg_error err = {0};
    sg_autobytes struct sg_bytes page = {0}, out = {0};
    sg_autofree char *folder = sg_path_explanations();
    sg_autofree char *path =
        sg_printf("%s/%s/%s.md", folder ? folder : "explain", sg_language(&call->options), id);
    if (sg_file_read(path, MOST_PAGE, &page, &err) < 0) {
        err.blame = SG_BLAME_MACHINE; /* the program's own files are missing */
        return sg_print_error(&err);
    }
    sg_page_paint(sg_bytes_slice(&page), sg_wants_color(&call->options), sg_wants_ascii(), &out);
    return sg_print(sg_bytes_slice(&out));
}
