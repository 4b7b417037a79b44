/* SPDX-License-Identifier: MIT
 * `sockgrade post`: posts result files, or the submissions in a database through its outbox. Every
 * file is read before the first is posted, so that a mistyped name does not leave half of them
 * done. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/stop.h"
#include "base/table.h"
#include "base/utf8.h"
#include "cli/database.h"
#include "cli/outbox.h"
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
                   "'%s': %s (--format json=FILE writes one; a database of results can be posted "
                   "as well)",
                   path, sg_bytes_text(&why));
}

/* Posts the submissions of the database that operand `index` names; without `posting`, only looks
 * whether that can be done. */
static int for_database(struct sg_call *call, size_t index, struct sg_posting *posting)
{
    struct sg_store *store = NULL;
    struct sg_store_run about = {0};
    struct sg_chosen chosen = {0};
    int status = sg_database_open(call, index, &store, &about);
    if (!status)
        status = sg_database_choose(call, store, &chosen);
    const struct sg_meant meant = {.ids = chosen.ids, .count = chosen.count};
    int posted = 0;
    if (posting && !status)
        posted = sg_posting_find_ways(posting, call);
    if (posting && !status && !posted)
        posted = sg_outbox_post(posting, call, store, &meant, false);
    sg_chosen_done(&chosen);
    sg_store_run_done(&about);
    sg_store_close(store);
    return status ? status : posted;
}

static int check_files(struct sg_call *call)
{
    const struct sg_repeated *operands = &call->options.operands;
    for (size_t i = 1; i < operands->count; i++) {
        struct sg_error err = {0};
        sg_autobytes struct sg_bytes result = {0};
        if (sg_store_is_database(operands->items[i])) {
            int status = for_database(call, i, NULL);
            if (status)
                return status;
        } else if (read_result(operands->items[i], &result, &err) < 0) {
            return sg_refuse_operand(call, i, "%s", err.text);
        }
    }
    return 0;
}

static int post_file(struct sg_posting *posting, struct sg_call *call, size_t index)
{
    struct sg_error err = {0};
    sg_autobytes struct sg_bytes result = {0};
    const char *path = call->options.operands.items[index];
    if (sg_store_is_database(path))
        return for_database(call, index, posting);
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
    for (size_t i = 1; i < operands->count && !sg_stop_asked(); i++) {
        int one = post_file(posting, call, i);
        status = one > status ? one : status;
    }
    return status;
}

/* Whether nothing was asked for that has no meaning where nothing is sent. Returns 0, or the exit
 * status. */
static int check_status_options(struct sg_call *call)
{
    static const char *const others[] = {"--again", "--dry-run", "--submission", "--seed"};
    for (size_t i = 0; i < SG_COUNT(others); i++) {
        size_t word = sg_option_word(&call->options, others[i]);
        if (word)
            return sg_refuse_word(call, word, "'--status' and '%s' do not go together", others[i]);
    }
    return 0;
}

/* "DB…", or "TARGET DB…" for those of one target. */
static int print_status(struct sg_call *call)
{
    const struct sg_repeated *operands = &call->options.operands;
    bool named = operands->count > 1 && sg_post_target_find(operands->items[0]);
    int status = check_status_options(call);
    for (size_t i = named ? 1 : 0; i < operands->count && !status; i++)
        status = sg_outbox_print_status(call, i, named ? operands->items[0] : NULL);
    return status;
}

int sg_command_post(struct sg_call *call)
{
    if (call->options.status) {
        sg_post_forget_secrets();
        return print_status(call);
    }
    if (call->options.operands.count < 2)
        return sg_refuse_operand(call, 1, "usage: sockgrade post TARGET FILE...");
    struct sg_posting *posting = sg_alloc(sizeof *posting);
    int status = post(posting, call);
    sg_posting_close(posting);
    free(posting);
    return status;
}
