/* SPDX-License-Identifier: MIT
 * Turns: what processor time each thread had used when it was seen to run first. */
#include "exam/turns.h"

#include <stdlib.h>

#include "base/clock.h"

static bool is_over(struct sg_turns *turns, const struct sg_thread *thread, uint64_t ms)
{
    for (size_t i = 0; i < turns->count; i++) {
        if (turns->items[i].tid == thread->tid)
            return thread->run_ns >= turns->items[i].from_ns + ms * SG_NS_PER_MS;
    }
    turns->items = sg_grow_array(turns->items, turns->count, sizeof *turns->items);
    turns->items[turns->count++] = (struct sg_turn){thread->tid, thread->run_ns};
    return false;
}

bool sg_turns_are_over(struct sg_turns *turns, const struct sg_exam *exam, uint64_t ms)
{
    bool over = true;
    for (size_t i = 0; i < exam->program_count; i++) {
        const struct sg_exam_program *program = &exam->programs[i];
        const struct sg_tree *tree = &program->still.first;
        for (size_t t = 0; program->process.init && t < tree->count; t++) {
            if (tree->threads[t].state == 'R')
                over &= is_over(turns, &tree->threads[t], ms);
        }
    }
    return over;
}

void sg_turns_forget(struct sg_turns *turns)
{
    turns->count = 0;
}

void sg_turns_done(struct sg_turns *turns)
{
    free(turns->items);
    *turns = (struct sg_turns){0};
}
