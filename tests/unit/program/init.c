/* SPDX-License-Identifier: MIT
 * A started program's init: what it still holds of the examiner's. */
#include <criterion/criterion.h>
#include <poll.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../scratch.h"
#include "program/machine.h"
#include "program/process.h"

enum { HOLDS_NOTHING, HELD, NO_START };

/* In a process of its own, which has one thread: the other end of its pipe must be closed for good when
 * it closes it, though a program was started while it was open. */
static int start_beside_a_pipe(const struct sg_rungs *rungs, const char *scratch)
{
    struct sg_error err = {0};
    struct sg_jail jail = {0};
    const struct sg_words_list hidden = {0};
    const char *const argv[] = {"cat", NULL};
    struct sg_start start = {.jail = &jail, .limits = &sg_limits_run, .argv = argv};
    sg_autofree char *work = sg_printf("%s/work", scratch);
    struct sg_process process;
    int exec_errno = 0, ends[2];
    start.work = work;
    if (pipe(ends) < 0 || sg_jail_enter(rungs, false, &err) < 0 ||
        sg_jail_open(&jail, rungs, scratch, &hidden, NULL, &err) < 0 ||
        sg_process_start(&process, &start, &exec_errno, &err) < 0 || exec_errno) {
        (void)fprintf(stderr, "%s\n", err.text);
        return NO_START;
    }
    (void)close(ends[1]);
    struct pollfd other_end = {.fd = ends[0]};
    bool over = poll(&other_end, 1, 0) == 1 && other_end.revents & POLLHUP;
    sg_process_end(&process);
    sg_process_done(&process);
    sg_jail_close(&jail);
    return over ? HOLDS_NOTHING : HELD;
}

Test(init, a_started_program_keeps_no_end_of_the_examiners_open)
{
    SCRATCH(scratch);
    struct sg_error err = {0};
    sg_autofree char *work = scratch_path(&scratch, "work");
    sg_autofree char *view = scratch_path(&scratch, "case");
    cr_assert_eq(sg_make_folders(work, &err), 0);
    cr_assert_eq(sg_make_folders(view, &err), 0);
    cr_assert_eq(sg_give_tree(scratch.path, sg_jail_user(), sg_jail_group(), &err), 0);
    struct sg_machine machine;
    cr_assert_eq(sg_machine_probe(&machine, &err), 0);
    for (int round = 0; round < 20; round++) {
        pid_t child = fork();
        if (child == 0)
            _exit(start_beside_a_pipe(&machine.rungs, scratch.path));
        int status;
        cr_assert_eq(waitpid(child, &status, 0), child);
        cr_assert(WIFEXITED(status));
        cr_assert_eq(WEXITSTATUS(status), HOLDS_NOTHING, "round %d", round);
    }
}
