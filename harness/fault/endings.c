/* SPDX-License-Identifier: MIT
 * Processes that are kept from ending. */
#include "fault/endings.h"

#include <stdlib.h>

#include "base/bytes.h"

void sg_endings_hold(struct sg_endings *endings, pid_t first)
{
    endings->on = true;
    endings->first = first;
}

void sg_endings_meet(struct sg_endings *endings, const struct sg_notice *notice)
{
    if (!endings->on || notice->thread || sg_notice_process(notice) == endings->first) {
        sg_notice_continue(notice);
        return;
    }
    endings->items = sg_realloc_array(endings->items, endings->count + 1, sizeof *endings->items);
    endings->items[endings->count++] = *notice;
}

bool sg_endings_has(const struct sg_endings *endings, pid_t tid)
{
    for (size_t i = 0; endings && i < endings->count; i++) {
        if (sg_notice_tid(&endings->items[i]) == tid)
            return true;
    }
    return false;
}

void sg_endings_release(struct sg_endings *endings)
{
    for (size_t i = 0; i < endings->count; i++)
        sg_notice_continue(&endings->items[i]);
    endings->count = 0;
    endings->on = false;
}

void sg_endings_close(struct sg_endings *endings)
{
    free(endings->items);
    *endings = (struct sg_endings){0};
}
