/* SPDX-License-Identifier: MIT
 * Tries what the machine allows. Testing for a system call proves little: Ubuntu lets anybody make a user
 * namespace and takes its capabilities away. So each trial does the thing itself, in a child. */
#include "program/machine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/table.h"
#include "base/tree.h"
#include "fault/filter.h"
#include "program/jail.h"
#include "program/proc.h"
#include "wire/diag.h"
#include "wire/network.h"

typedef int try_ability(const char *folder, struct sg_error *err);

static int try_namespaces(const char *folder, struct sg_error *err)
{
    (void)folder;
    return sg_jail_drop_root(err) < 0 ? -1 : sg_jail_enter_namespaces(false, err);
}

static int try_network(const char *folder, struct sg_error *err)
{
    (void)folder;
    if (sg_jail_drop_root(err) < 0 || sg_jail_enter_namespaces(true, err) < 0)
        return -1;
    return sg_network_raise(err);
}

/* The view, and in a pid namespace of its own a /proc in it. */
static int try_mounts(const char *folder, struct sg_error *err)
{
    struct sg_jail jail = {.folder = (char *)(uintptr_t)folder};
    if (try_namespaces(folder, err) < 0 || sg_jail_build_view(&jail, err) < 0)
        return -1;
    if (unshare(CLONE_NEWPID) < 0)
        return sg_fail_os(err, "make a private process namespace");
    pid_t pid = fork();
    if (pid == 0)
        _exit(sg_jail_enter_view(&jail, "/usr", true, err) < 0 ? 1 : 0);
    int status = 1;
    (void)waitpid(pid, &status, 0);
    return status ? sg_fail_machine(err, "no /proc or no root of its own can be mounted") : 0;
}

static int try_overlay(const char *folder, struct sg_error *err)
{
    static const char *const layers[] = {"lower", "upper", "work", "tree"};
    if (try_namespaces(folder, err) < 0)
        return -1;
    if (mount("tmpfs", folder, "tmpfs", 0, NULL) < 0)
        return sg_fail_os(err, "mount a file system in memory");
    for (size_t i = 0; i < 4; i++) {
        sg_autofree char *path = sg_printf("%s/%s", folder, layers[i]);
        if (mkdir(path, 0755) < 0)
            return sg_fail_os(err, "make a folder");
    }
    sg_autofree char *tree = sg_printf("%s/tree", folder);
    sg_autofree char *options = sg_printf("lowerdir=%s/lower,upperdir=%s/upper,workdir=%s/work,"
                                          "userxattr",
                                          folder, folder, folder);
    if (mount("overlay", tree, "overlay", 0, options) < 0)
        return sg_fail_os(err, "mount an overlay");
    return 0;
}

static int try_socket_diag(const char *folder, struct sg_error *err)
{
    (void)folder;
    struct sg_diag diag;
    struct sg_socket_row row;
    union sg_address address = sg_address_loopback(AF_INET, 0);
    socklen_t length = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, &address.any, sizeof address.v4) < 0 || listen(fd, 1) < 0 ||
        getsockname(fd, &address.any, &length) < 0)
        return sg_fail_os(err, "listen on a loopback address");
    if (sg_diag_open(&diag, err) < 0)
        return -1;
    struct sg_socket_row rows[512];
    size_t count = sg_diag_list(&diag, IPPROTO_TCP, 1u << SG_TCP_LISTEN, rows, 512);
    for (size_t i = 0; i < count; i++) {
        row = rows[i];
        if (sg_address_port(&row.local) == sg_address_port(&address))
            return 0;
    }
    return sg_fail_machine(err, "the kernel does not list its sockets");
}

static int try_listener(const char *folder, struct sg_error *err)
{
    (void)folder;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 || sg_filter_install(0) < 0)
        return sg_fail_os(err, "install a seccomp filter with a listener");
    return 0;
}

/* A child that waits until it is killed. */
static pid_t fork_waiting(void)
{
    pid_t pid = fork();
    if (pid == 0) {
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
        for (;;)
            (void)pause();
    }
    return pid;
}

static int end_child(pid_t pid, int result)
{
    int error = errno;
    (void)kill(pid, SIGKILL);
    (void)waitpid(pid, NULL, 0);
    errno = error;
    return result;
}

static int try_duplicate(const char *folder, struct sg_error *err)
{
    (void)folder;
    pid_t pid = fork_waiting();
    sg_autoclose int fd = sg_proc_duplicate(pid, 0);
    if (end_child(pid, fd) < 0)
        return sg_fail_os(err, "duplicate a child's descriptor");
    return 0;
}

static int try_proc(const char *folder, struct sg_error *err)
{
    (void)folder;
    pid_t pid = fork_waiting();
    struct sg_tree tree = {0};
    sg_tree_look(&tree, getpid(), true);
    bool seen = tree.count == 1 && tree.threads[0].pid == pid;
    bool call = seen && tree.threads[0].syscall != SG_SYSCALL_NONE;
    bool counts = access("/proc/self/schedstat", R_OK) == 0;
    sg_tree_done(&tree);
    (void)end_child(pid, 0);
    if (!seen)
        return sg_fail_machine(err, "/proc does not list children");
    if (!call || !counts)
        return sg_fail_machine(err, "/proc does not show a child's %s",
                               call ? "schedstat" : "syscall");
    return 0;
}

static int try_ptrace(const char *folder, struct sg_error *err)
{
    (void)folder;
    pid_t pid = fork_waiting();
    long result = ptrace(PTRACE_SEIZE, pid, NULL, NULL);
    if (end_child(pid, (int)result) < 0)
        return sg_fail_os(err, "watch a child");
    return 0;
}

static int try_ipv6(const char *folder, struct sg_error *err)
{
    (void)folder;
    if (try_network(folder, err) < 0)
        return -1;
    union sg_address address = sg_address_loopback(AF_INET6, 0);
    sg_autoclose int fd = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, &address.any, sizeof address.v6) < 0)
        return sg_fail_os(err, "bind to ::1");
    return 0;
}

static const struct {
    const char *name, *loss;
    try_ability *run;
} rows[] = {
    [SG_ABLE_NAMESPACES] = {"private namespaces", "nothing is graded", try_namespaces},
    [SG_ABLE_NETWORK] = {"private networks", "nothing is graded", try_network},
    [SG_ABLE_MOUNTS] = {"a private file system", "nothing is graded", try_mounts},
    [SG_ABLE_OVERLAY] = {"overlays", "files are copied for each case", try_overlay},
    [SG_ABLE_SOCKET_DIAG] = {"the kernel's socket tables", "nothing is graded", try_socket_diag},
    [SG_ABLE_LISTENER] = {"stopping system calls", "nothing is graded", try_listener},
    [SG_ABLE_DUPLICATE] = {"looking at a program's sockets", "nothing is graded", try_duplicate},
    [SG_ABLE_PROC] = {"looking at a program's threads", "nothing is graded", try_proc},
    [SG_ABLE_PTRACE] = {"watching a busy program", "a program that spins is told by its time alone",
                        try_ptrace},
    [SG_ABLE_IPV6] = {"IPv6", "cases over ::1 are skipped", try_ipv6},
};

const char *sg_ability_name(enum sg_ability ability)
{
    return rows[ability].name;
}

const char *sg_ability_loss(enum sg_ability ability)
{
    return rows[ability].loss;
}

/* Runs one trial in a child, which answers on a pipe with the reason why it failed, or nothing. */
static void run_trial(enum sg_ability ability, const char *folder, struct sg_trial *ret)
{
    int ends[2];
    *ret = (struct sg_trial){.tried = true};
    if (pipe2(ends, O_CLOEXEC) < 0)
        return;
    pid_t pid = fork();
    if (pid == 0) {
        struct sg_error err = {0};
        if (rows[ability].run(folder, &err) < 0)
            (void)!write(ends[1], err.text, strnlen(err.text, sizeof ret->reason - 1));
        _exit(0);
    }
    (void)close(ends[1]);
    ssize_t length = read(ends[0], ret->reason, sizeof ret->reason - 1);
    (void)close(ends[0]);
    int status = 1;
    (void)waitpid(pid, &status, 0);
    ret->works = length == 0 && status == 0;
    if (!ret->works && length <= 0)
        (void)snprintf(ret->reason, sizeof ret->reason, "the trial did not come to an end");
}

void sg_machine_probe(struct sg_machine *machine)
{
    struct sg_error ignored;
    *machine = (struct sg_machine){0};
    const char *base = getenv("TMPDIR");
    sg_autofree char *folder = sg_printf("%s/sockgrade-XXXXXX", base && *base ? base : "/tmp");
    if (!mkdtemp(folder) || chown(folder, sg_jail_user(), sg_jail_group()) < 0)
        return;
    for (int ability = 0; ability < SG_ABILITY_COUNT; ability++)
        run_trial((enum sg_ability)ability, folder, &machine->trials[ability]);
    (void)sg_remove_tree(folder, &ignored);
}

static bool works(const struct sg_machine *machine, enum sg_ability ability)
{
    return machine->trials[ability].works;
}

int sg_machine_check(const struct sg_machine *machine, struct sg_error *err)
{
    static const enum sg_ability needed[] = {
        SG_ABLE_NAMESPACES, SG_ABLE_NETWORK,   SG_ABLE_MOUNTS, SG_ABLE_SOCKET_DIAG,
        SG_ABLE_LISTENER,   SG_ABLE_DUPLICATE, SG_ABLE_PROC};
    for (size_t i = 0; i < SG_COUNT(needed); i++) {
        const struct sg_trial *trial = &machine->trials[needed[i]];
        if (!trial->works)
            return sg_fail_machine(err,
                                   "this machine does not allow %s: %s ('sockgrade doctor' says "
                                   "more)",
                                   rows[needed[i]].name, trial->reason);
    }
    return 0;
}

const char *sg_machine_network(const struct sg_machine *machine)
{
    return works(machine, SG_ABLE_NETWORK) ? "private" : "none";
}

const char *sg_machine_faults(const struct sg_machine *machine)
{
    return works(machine, SG_ABLE_LISTENER) && works(machine, SG_ABLE_DUPLICATE) ? "seccomp"
                                                                                 : "none";
}

const char *sg_machine_jail(const struct sg_machine *machine)
{
    return works(machine, SG_ABLE_MOUNTS) ? "full" : "none";
}
