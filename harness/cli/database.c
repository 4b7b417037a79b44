/* SPDX-License-Identifier: MIT
 * A database that a command line names. */
#include "cli/database.h"

#include <stdlib.h>

#include "cli/output.h"

int sg_database_open(struct sg_call *call, size_t index, struct sg_store **ret_store,
                     struct sg_store_run *ret_run)
{
    struct sg_error err = {0};
    const char *path = call->options.operands.items[index];
    if (sg_store_open(path, SG_STORE_READ, ret_store, &err) < 0)
        return sg_print_error_at(call, sg_operand_word(call, index), &err);
    int found = sg_store_get_run(*ret_store, ret_run, &err);
    if (found < 0)
        return sg_print_error_at(call, sg_operand_word(call, index), &err);
    return found ? 0 : sg_refuse_operand(call, index, "'%s' has no run in it", path);
}

static int choose(void *state, const struct sg_store_row *row, struct sg_error *err)
{
    struct sg_chosen *chosen = state;
    (void)err;
    if (row->state != SG_STORE_GRADED) {
        chosen->ungraded++;
        return 0;
    }
    chosen->ids = sg_realloc_array(chosen->ids, chosen->count + 1, sizeof *chosen->ids);
    chosen->ids[chosen->count++] = sg_strdup(row->id);
    return 0;
}

int sg_database_choose(struct sg_call *call, struct sg_store *store, struct sg_chosen *ret)
{
    const struct sg_repeated *wanted = &call->options.submissions;
    struct sg_error err = {0};
    if (sg_store_each(store, wanted->items, wanted->count, choose, ret, &err) < 0)
        return sg_print_error(&err);
    if (wanted->count && !ret->count && !ret->ungraded)
        return sg_refuse_word(call, wanted->words[0], "no submission is called that");
    return 0;
}

void sg_chosen_done(struct sg_chosen *chosen)
{
    for (size_t i = 0; i < chosen->count; i++)
        free(chosen->ids[i]);
    free(chosen->ids);
    *chosen = (struct sg_chosen){0};
}
