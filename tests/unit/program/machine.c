/* SPDX-License-Identifier: MIT
 * What a machine allows, where it does not even allow another process. */
#include "program/machine.h"

#include <criterion/criterion.h>
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"

enum { SPARED, KILLED, NO_NAMESPACE, NOTHING_FAILED, ORDINARY_USER = 54321, MOST_PROCESSES = 6 };

static bool has_failed_to_fork(const struct sg_machine *machine)
{
    for (int i = 0; i < SG_ABILITY_COUNT; i++) {
        if (strncmp(machine->trials[i].reason, "fork: ", 6) == 0)
            return true;
    }
    return false;
}

static bool become_ordinary(void)
{
    return geteuid() != 0 || (setgroups(0, NULL) == 0 &&
                              setresgid(ORDINARY_USER, ORDINARY_USER, ORDINARY_USER) == 0 &&
                              setresuid(ORDINARY_USER, ORDINARY_USER, ORDINARY_USER) == 0);
}

static bool make_namespace(void)
{
    struct sg_error err = {0};
    sg_autofree char *user = sg_printf("%u %u 1", geteuid(), geteuid());
    sg_autofree char *group = sg_printf("%u %u 1", getegid(), getegid());
    if (geteuid() == 0)
        return unshare(CLONE_NEWPID) == 0;
    return unshare(CLONE_NEWPID | CLONE_NEWUSER) == 0 &&
           sg_file_set("/proc/self/uid_map", user, &err) == 0 &&
           sg_file_set("/proc/self/setgroups", "deny", &err) == 0 &&
           sg_file_set("/proc/self/gid_map", group, &err) == 0;
}

/* The first process of a namespace, which nobody in it can kill, looks after one who can be. */
static int probe_beside_another(rlim_t most)
{
    struct sg_machine machine;
    struct sg_error err = {0};
    pid_t other = fork();
    if (other < 0)
        return NO_NAMESPACE;
    if (other == 0) {
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
        for (;;)
            (void)pause();
    }
    const struct rlimit limit = {.rlim_cur = most, .rlim_max = MOST_PROCESSES};
    bool failed = setrlimit(RLIMIT_NPROC, &limit) == 0 && sg_machine_probe(&machine, &err) == 0 &&
                  has_failed_to_fork(&machine);
    if (waitpid(other, NULL, WNOHANG) != 0)
        return KILLED;
    return failed ? SPARED : NOTHING_FAILED;
}

/* In a process of its own. Without the namespace all that this user runs would be at stake. */
static int probe_apart(rlim_t most)
{
    int status;
    if (!make_namespace())
        return NO_NAMESPACE;
    pid_t first = fork();
    if (first == 0) {
        bool ordinary = getpid() == 1 && become_ordinary();
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL); /* a change of the user would take it back */
        _exit(ordinary ? probe_beside_another(most) : NO_NAMESPACE);
    }
    if (first < 0 || waitpid(first, &status, 0) != first)
        return NO_NAMESPACE;
    return WIFEXITED(status) ? WEXITSTATUS(status) : KILLED;
}

Test(machine, a_trial_that_cannot_fork_ends_no_other_process)
{
    for (rlim_t most = 2; most <= MOST_PROCESSES; most++) {
        int status;
        pid_t child = fork();
        if (child == 0) {
            (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
            _exit(probe_apart(most));
        }
        cr_assert_eq(waitpid(child, &status, 0), child);
        cr_assert(WIFEXITED(status));
        if (WEXITSTATUS(status) == NO_NAMESPACE)
            cr_skip_test("no pid namespace can be made here");
        cr_expect_neq(WEXITSTATUS(status), KILLED, "at most %d processes", (int)most);
        /* two, and the trial itself is the third: it cannot begin, or cannot have a child */
        if (most <= 3)
            cr_expect_eq(WEXITSTATUS(status), SPARED, "at most %d processes", (int)most);
    }
}
