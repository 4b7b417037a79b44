/* SPDX-License-Identifier: MIT
 * What an examiner starts dies with it, as far as it was started by its own processes; what a
 * program itself has started is left to the nearest ancestor that adopts orphans. */
#include "exam/sweep.h"

#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/bytes.h"
#include "program/proc.h"
#include "program/process_tree.h"

void sg_children_done(struct sg_children *children)
{
    free(children->pids);
    *children = (struct sg_children){0};
}

void sg_sweep_begin(struct sg_children *ret)
{
    (void)prctl(PR_SET_CHILD_SUBREAPER, 1);
    *ret = (struct sg_children){0};
    sg_proc_children(getpid(), &ret->pids, &ret->count);
}

static bool has(const struct sg_children *children, pid_t pid)
{
    for (size_t i = 0; i < children->count; i++) {
        if (children->pids[i] == pid)
            return true;
    }
    return false;
}

void sg_kill_below(pid_t pid)
{
    struct sg_tree tree = {0};
    sg_tree_look(&tree, pid, false);
    for (size_t i = 0; i < tree.count; i++) {
        if (tree.threads[i].pid == tree.threads[i].tid)
            (void)kill(tree.threads[i].pid, SIGKILL);
    }
    sg_tree_done(&tree);
}

void sg_sweep(const struct sg_children *spared, const struct sg_children *examiners)
{
    for (bool clean = false; !clean;) {
        struct sg_children now = {0};
        clean = true;
        sg_proc_children(getpid(), &now.pids, &now.count);
        for (size_t i = 0; i < now.count; i++) {
            pid_t pid = now.pids[i];
            if (has(spared, pid) || has(examiners, pid))
                continue;
            clean = false;
            sg_kill_below(pid);
            (void)kill(pid, SIGKILL);
            (void)waitpid(pid, NULL, WNOHANG);
        }
        sg_children_done(&now);
        if (!clean)
            (void)sched_yield();
    }
}
