/* SPDX-License-Identifier: MIT
 * Rounds that come to nothing: the threads' waits, from look to look. */
#include "exam/rounds.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "exam/settle.h"

/* A server may linger for two seconds before it closes; one that counts its rounds does so in
 * rounds. */
enum { ENOUGH_ROUNDS = 3, ENOUGH_MS = 2500 };

static const struct sg_round *find_round(const struct sg_round *items, size_t count, pid_t tid)
{
    for (size_t i = 0; i < count; i++) {
        if (items[i].tid == tid)
            return &items[i];
    }
    return NULL;
}

/* A timer of the program's own interrupts whatever call it is in. */
static bool is_bounded(const struct sg_still *still, pid_t tid)
{
    for (size_t i = 0; i < still->count; i++) {
        if (still->waits[i].tid == tid)
            return (still->waits[i].bounded || still->timers) && !still->waits[i].service;
    }
    return false;
}

/* The thread waits as it did at the last look, or has come to the end of its time limit in between
 * and waits anew. */
static bool goes_on(const struct sg_round *last, struct sg_round *now)
{
    if (!last || last->syscall != now->syscall || last->argument != now->argument ||
        last->bounded != now->bounded)
        return false;
    now->ended = last->ended + (now->switches != last->switches);
    return now->bounded || now->switches == last->switches;
}

static void add_round(struct sg_rounds *rounds, const struct sg_round *round)
{
    if (rounds->count == rounds->capacity) {
        rounds->capacity = rounds->capacity ? rounds->capacity * 2 : 8;
        rounds->items = sg_realloc_array(rounds->items, rounds->capacity, sizeof *rounds->items);
    }
    rounds->items[rounds->count++] = *round;
}

void sg_rounds_look(struct sg_rounds *rounds, struct sg_exam *exam, uint64_t idle_ns)
{
    struct sg_rounds now = {.taken = sg_exam_bytes_taken(exam),
                            .from_idle_ns = rounds->from_idle_ns};
    bool same = now.taken == rounds->taken;
    for (size_t i = 0; i < exam->program_count; i++) {
        const struct sg_exam_program *program = &exam->programs[i];
        const struct sg_tree *tree = &program->still.first;
        for (size_t t = 0; program->process.init && t < tree->count; t++) {
            const struct sg_thread *thread = &tree->threads[t];
            if (thread->state == 'Z' || thread->state == 'X')
                continue;
            struct sg_round round = {
                .tid = thread->tid,
                .syscall = thread->syscall,
                .argument = thread->arguments[0],
                .switches = thread->switches,
                .bounded = is_bounded(&program->still, thread->tid),
            };
            const struct sg_round *last = find_round(rounds->items, rounds->count, thread->tid);
            /* A client may count its rounds before it gives up, a server before it listens. */
            same &= goes_on(last, &round) && (program->listening || !round.bounded);
            add_round(&now, &round);
        }
    }
    for (size_t i = 0; !same && i < now.count; i++)
        now.items[i].ended = 0;
    if (!same)
        now.from_idle_ns = idle_ns;
    free(rounds->items);
    *rounds = now;
}

bool sg_rounds_are_empty(const struct sg_rounds *rounds, uint64_t idle_ns)
{
    bool any = false;
    for (size_t i = 0; i < rounds->count; i++) {
        if (rounds->items[i].bounded && rounds->items[i].ended < ENOUGH_ROUNDS)
            return false;
        any |= rounds->items[i].bounded;
    }
    return any && idle_ns >= rounds->from_idle_ns + ENOUGH_MS * SG_NS_PER_MS;
}

void sg_rounds_forget(struct sg_rounds *rounds)
{
    rounds->count = 0;
    rounds->from_idle_ns = 0;
}

void sg_rounds_done(struct sg_rounds *rounds)
{
    free(rounds->items);
    *rounds = (struct sg_rounds){0};
}
