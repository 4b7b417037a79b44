/* SPDX-License-Identifier: MIT
 * `sockgrade post`: posts result files. Every file is read before the first is posted, so that a
 * mistyped name does not leave half of them done. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"
#include "cli/output.h"
#include "cli/posting.h"
#include "result/json.h"

static int read_result(const char *path, struct sg_bytes *ret, struct sg_error *err)
{
    struct sg_run_summary summary = {0};
    if (sg_file_read(path, SG_MOST_RESULT_BYTES, ret, err) < 0)
        return -1;
    if (sg_run_summary_from_json(sg_bytes_slice(ret), &summary, err) == 0) {
        sg_run_summary_done(&summary);
        return 0;
    }
    sg_autobytes struct sg_bytes why = {0};
    sg_show(&why, (const uint8_t *)err->text, strlen(err->text));
    return sg_fail(err,
                   "'%s': %s (--format json=FILE writes one; nothing else can be posted yet, "
                   "a database of results neither)",
                   path, sg_bytes_text(&why));
}

static int check_files(struct sg_call *call)
{
    const struct sg_repeated *operands = &call->options.operands;
    for (size_t i = 1; i < operands->count; i++) {
        struct sg_error err = {0};
        sg_autobytes struct sg_bytes result = {0};
        if (read_result(operands->items[i], &result, &err) < 0)
            return sg_refuse_operand(call, i, "%s", err.text);
    }
    return 0;
}

static int post_file(const struct sg_posting *posting, const struct sg_call *call, const char *path)
{
    struct sg_error err = {0};
    sg_autobytes struct sg_bytes result = {0};
    if (read_result(path, &result, &err) < 0)
        return sg_print_error(&err);
    return sg_posting_send(posting, call, path, sg_bytes_slice(&result));
}

static int post(struct sg_posting *posting, struct sg_call *call)
{
    const struct sg_repeated *operands = &call->options.operands;
    int status = sg_posting_add(posting, call, operands->items[0], operands->words[0]);
    sg_post_forget_secrets();
    if (!status)
        status = check_files(call);
    if (status)
        return status;
    for (size_t i = 1; i < operands->count; i++) {
        int one = post_file(posting, call, operands->items[i]);
        status = one > status ? one : status;
    }
    return status;
}

int sg_command_post(struct sg_call *call)
{
    struct sg_posting *posting = sg_alloc(sizeof *posting);
    int status = post(posting, call);
    sg_posting_close(posting);
    free(posting);
    return status;
}
