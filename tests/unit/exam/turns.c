/* SPDX-License-Identifier: MIT
 * A turn is over when each thread that runs has had its share, however much the others have. */
#include "exam/turns.h"

#include <criterion/criterion.h>
#include <stdlib.h>

#include "base/clock.h"

enum { MS = 10 };

/* Two threads of one program. */
static struct sg_exam *two_threads(struct sg_thread threads[2])
{
    struct sg_exam *exam = sg_alloc(sizeof *exam);
    threads[0] = (struct sg_thread){.tid = 11, .state = 'R', .run_ns = 500 * SG_NS_PER_MS};
    threads[1] = (struct sg_thread){.tid = 12, .state = 'R', .run_ns = 7 * SG_NS_PER_MS};
    exam->program_count = 1;
    exam->programs[0].process.init = 1;
    exam->programs[0].still.first = (struct sg_tree){.threads = threads, .count = 2};
    return exam;
}

Test(turns, each_thread_that_runs_has_its_own)
{
    struct sg_thread threads[2];
    struct sg_exam *exam = two_threads(threads);
    struct sg_turns turns = {0};
    cr_expect_not(sg_turns_are_over(&turns, exam, MS), "what was used before does not count");
    threads[0].run_ns += 100 * SG_NS_PER_MS;
    cr_expect_not(sg_turns_are_over(&turns, exam, MS), "the other one had none");
    threads[1].run_ns += MS * SG_NS_PER_MS;
    cr_expect(sg_turns_are_over(&turns, exam, MS));
    sg_turns_done(&turns);
    free(exam);
}

Test(turns, one_that_blocks_is_not_waited_for)
{
    struct sg_thread threads[2];
    struct sg_exam *exam = two_threads(threads);
    struct sg_turns turns = {0};
    (void)sg_turns_are_over(&turns, exam, MS);
    threads[0].run_ns += MS * SG_NS_PER_MS;
    threads[1].state = 'S';
    cr_expect(sg_turns_are_over(&turns, exam, MS));
    sg_turns_done(&turns);
    free(exam);
}

Test(turns, one_that_comes_later_has_a_turn_as_well)
{
    struct sg_thread threads[2];
    struct sg_exam *exam = two_threads(threads);
    struct sg_turns turns = {0};
    threads[1].state = 'S';
    (void)sg_turns_are_over(&turns, exam, MS);
    threads[0].run_ns += MS * SG_NS_PER_MS;
    threads[1].state = 'R';
    cr_expect_not(sg_turns_are_over(&turns, exam, MS));
    threads[1].run_ns += MS * SG_NS_PER_MS;
    cr_expect(sg_turns_are_over(&turns, exam, MS));
    sg_turns_forget(&turns);
    cr_expect_not(sg_turns_are_over(&turns, exam, MS), "the next turn is another");
    sg_turns_done(&turns);
    free(exam);
}
