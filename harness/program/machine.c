/* SPDX-License-Identifier: MIT
 * Tries what the machine allows. Testing for a system call proves little: Ubuntu lets anybody make
 * a user namespace and takes its capabilities away. So each trial does the thing itself, in a
 * child. */
#include "program/machine.h"

#include <dirent.h>
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
#include "base/pidfd.h"
#include "base/table.h"
#include "base/tree.h"
#include "fault/filter.h"
#include "fault/registers.h"
#include "program/jail.h"
#include "program/landlock.h"
#include "program/proc.h"
#include "program/process_tree.h"
#include "program/view.h"
#include "wire/diag.h"
#include "wire/link.h"
#include "wire/network.h"

/* Each tries one thing, in a process of its own, with what was found to work before it. */
typedef int try_ability(const char *folder, const struct sg_rungs *rungs, struct sg_error *err);

static int try_user_namespaces(const char *folder, const struct sg_rungs *rungs,
                               struct sg_error *err)
{
    (void)folder, (void)rungs;
    const struct sg_rungs all = {.network = SG_NETWORK_PRIVATE, .user_namespace = true};
    return sg_jail_enter(&all, false, err);
}

static int try_root_namespaces(const char *folder, const struct sg_rungs *rungs,
                               struct sg_error *err)
{
    (void)folder, (void)rungs;
    const struct sg_rungs all = {.network = SG_NETWORK_PRIVATE};
    if (geteuid() != 0)
        return sg_fail_machine(err, "not root");
    return sg_jail_enter(&all, false, err);
}

static int try_network(const char *folder, const struct sg_rungs *rungs, struct sg_error *err)
{
    (void)folder;
    struct sg_rungs wanted = *rungs;
    wanted.network = SG_NETWORK_PRIVATE;
    return sg_jail_enter(&wanted, true, err) < 0 ? -1 : sg_network_raise(err);
}

/* The view, and in a pid namespace of its own a /proc in it. */
static int try_mounts(const char *folder, const struct sg_rungs *rungs, struct sg_error *err)
{
    struct sg_rungs wanted = *rungs;
    wanted.jail = SG_JAIL_FULL;
    struct sg_jail jail = {.rungs = &wanted, .folder = (char *)(uintptr_t)folder};
    if (sg_jail_enter(&wanted, false, err) < 0 || sg_view_build(&jail, err) < 0)
        return -1;
    if (unshare(CLONE_NEWPID) < 0)
        return sg_fail_os(err, "make a private process namespace");
    pid_t pid = fork();
    if (pid < 0)
        return sg_fail_os(err, "fork");
    if (pid == 0)
        _exit(sg_view_enter(&jail, "/usr", true, err) < 0 ? 1 : 0);
    int status = 1;
    (void)waitpid(pid, &status, 0);
    return status ? sg_fail_machine(err, "no /proc or no root of its own can be mounted") : 0;
}

static int try_overlay(const char *folder, const struct sg_rungs *rungs, struct sg_error *err)
{
    static const char *const layers[] = {"lower", "upper", "work", "tree"};
    struct sg_rungs wanted = *rungs;
    wanted.jail = SG_JAIL_FULL;
    if (sg_jail_enter(&wanted, false, err) < 0)
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

static int try_socket_diag(const char *folder, const struct sg_rungs *rungs, struct sg_error *err)
{
    (void)folder, (void)rungs;
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

static int try_listener(const char *folder, const struct sg_rungs *rungs, struct sg_error *err)
{
    (void)folder, (void)rungs;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ||
        sg_filter_install(&(struct sg_filter_options){0}) < 0)
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

/* To kill() -1 is every process that the user may end. */
static int end_child(pid_t pid, int result)
{
    int error = errno;
    if (pid > 0) {
        (void)kill(pid, SIGKILL);
        (void)waitpid(pid, NULL, 0);
    }
    errno = error;
    return result;
}

static int try_duplicate(const char *folder, const struct sg_rungs *rungs, struct sg_error *err)
{
    (void)folder, (void)rungs;
    pid_t pid = fork_waiting();
    if (pid < 0)
        return sg_fail_os(err, "fork");
    sg_autoclose int fd = sg_pidfd_duplicate(pid, pid, 0);
    if (end_child(pid, fd) < 0)
        return sg_fail_os(err, "duplicate a child's descriptor");
    return 0;
}

static int try_proc(const char *folder, const struct sg_rungs *rungs, struct sg_error *err)
{
    (void)folder, (void)rungs;
    pid_t pid = fork_waiting();
    if (pid < 0)
        return sg_fail_os(err, "fork");
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

static int try_ptrace(const char *folder, const struct sg_rungs *rungs, struct sg_error *err)
{
    (void)folder, (void)rungs;
    pid_t pid = fork_waiting();
    if (pid < 0)
        return sg_fail_os(err, "fork");
    long result = ptrace(PTRACE_SEIZE, pid, NULL, NULL);
    if (end_child(pid, (int)result) < 0)
        return sg_fail_os(err, "watch a child");
    return 0;
}

/* A child that makes one call which its filter stops, when it is told to. */
static pid_t fork_calling(int *ret_go)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0)
        return -1;
    pid_t pid = fork();
    if (pid == 0) {
        char go;
        (void)close(ends[1]);
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && read(ends[0], &go, 1) == 1 &&
            sg_filter_install_traced(&(struct sg_filter_options){0}) == 0)
            (void)listen(-1, 1);
        _exit(0);
    }
    (void)close(ends[0]);
    *ret_go = ends[1];
    return pid;
}

static int try_trace(const char *folder, const struct sg_rungs *rungs, struct sg_error *err)
{
    (void)folder, (void)rungs;
    int status = 0, go = -1;
    void *options = (void *)(uintptr_t)(PTRACE_O_TRACESECCOMP | PTRACE_O_EXITKILL);
    pid_t pid = fork_calling(&go);
    sg_autoclose int closed_later = go;
    if (pid < 0)
        return sg_fail_os(err, "fork");
    if (ptrace(PTRACE_SEIZE, pid, NULL, options) < 0)
        return end_child(pid, sg_fail_os(err, "watch a child"));
    if (write(go, "", 1) != 1 || waitpid(pid, &status, __WALL) != pid)
        return end_child(pid, sg_fail_os(err, "wait for a child's call"));
    bool stopped = WIFSTOPPED(status) && status >> 16 == PTRACE_EVENT_SECCOMP;
    struct sg_registers registers;
    if (stopped && !sg_registers_read(pid, &registers))
        return end_child(pid, sg_fail_os(err, "read a child's registers"));
    return stopped ? end_child(pid, 0) : sg_fail_machine(err, "a child's call was not stopped");
}

static int try_ipv6(const char *folder, const struct sg_rungs *rungs, struct sg_error *err)
{
    (void)folder;
    if (try_network(folder, rungs, err) < 0)
        return -1;
    union sg_address address = sg_address_loopback(AF_INET6, 0);
    sg_autoclose int fd = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, &address.any, sizeof address.v6) < 0)
        return sg_fail_os(err, "bind to ::1");
    return 0;
}

static int try_raw(const char *folder, const struct sg_rungs *rungs, struct sg_error *err)
{
    if (!rungs->user_namespace)
        return sg_fail_machine(err, "no user namespaces");
    if (try_network(folder, rungs, err) < 0)
        return -1;
    struct sg_link link;
    const struct in_addr own = {.s_addr = htonl(0x0a000001)}; /* 10.0.0.1 */
    if (sg_link_open(&link, own, err) < 0 || sg_network_allow_ping(getegid(), err) < 0)
        return -1;
    const char *step = sg_jail_keep_raw();
    sg_autoclose int fd = socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_ICMP);
    return step || fd < 0 ? sg_fail_os(err, "make a raw socket") : 0;
}

static int try_landlock(const char *folder, const struct sg_rungs *rungs, struct sg_error *err)
{
    (void)rungs;
    const struct sg_rungs wanted = {.jail = SG_JAIL_LANDLOCK};
    const struct sg_jail jail = {.rungs = &wanted, .folder = (char *)(uintptr_t)folder};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ||
        sg_landlock_restrict(&jail, folder, false) < 0)
        return sg_fail_os(err, "bound a process with Landlock");
    return open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC) >= 0
               ? sg_fail_machine(err, "Landlock does not bound what a process reads")
               : 0;
}

static const struct {
    const char *name, *loss;
    try_ability *run;
} rows[] = {
    [SG_ABLE_USER_NAMESPACES] = {"namespaces of an ordinary user",
                                 "those of root are used, or none", try_user_namespaces},
    [SG_ABLE_ROOT_NAMESPACES] = {"namespaces of root",
                                 "those of an ordinary user are used, or none",
                                 try_root_namespaces},
    [SG_ABLE_NETWORK] = {"private networks",
                         "each case has a loopback address instead of a network; IPv6 is not "
                         "graded",
                         try_network},
    [SG_ABLE_MOUNTS] = {"a private file system",
                        "programs see the host's files, bounded by Landlock where that works",
                        try_mounts},
    [SG_ABLE_OVERLAY] = {"overlays", "files are copied for each case", try_overlay},
    [SG_ABLE_SOCKET_DIAG] = {"the kernel's socket tables", "nothing is graded", try_socket_diag},
    [SG_ABLE_LISTENER] = {"stopping system calls by a filter", "ptrace stops them", try_listener},
    [SG_ABLE_DUPLICATE] = {"looking at a program's sockets",
                           "they are looked up in the kernel's tables, and ptrace stops calls",
                           try_duplicate},
    [SG_ABLE_PROC] = {"looking at a program's threads", "nothing is graded", try_proc},
    [SG_ABLE_PTRACE] = {"watching a busy program", "a program that spins is told by its time alone",
                        try_ptrace},
    [SG_ABLE_TRACE] = {"stopping system calls by ptrace",
                       "where a filter cannot stop them either, no call is made to fail",
                       try_trace},
    [SG_ABLE_LANDLOCK] = {"Landlock", "without a private file system there is no jail",
                          try_landlock},
    [SG_ABLE_IPV6] = {"IPv6", "cases over ::1 are skipped", try_ipv6},
    [SG_ABLE_RAW] = {"raw sockets in a private network",
                     "the cases of programs that make some are skipped", try_raw},
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
static void run_trial(struct sg_machine *machine, enum sg_ability ability, const char *folder)
{
    int ends[2];
    struct sg_trial *trial = &machine->trials[ability];
    struct sg_error err = {0};
    *trial = (struct sg_trial){.tried = true};
    if (pipe2(ends, O_CLOEXEC) < 0)
        return;
    pid_t pid = fork();
    if (pid < 0)
        (void)sg_fail_os(&err, "fork");
    if (pid == 0) {
        if (rows[ability].run(folder, &machine->rungs, &err) < 0)
            (void)!write(ends[1], err.text, strnlen(err.text, sizeof trial->reason - 1));
        _exit(0);
    }
    (void)close(ends[1]);
    ssize_t length = read(ends[0], trial->reason, sizeof trial->reason - 1);
    (void)close(ends[0]);
    int status = 1;
    if (pid > 0)
        (void)waitpid(pid, &status, 0);
    trial->works = length == 0 && status == 0;
    if (!trial->works && length <= 0)
        (void)snprintf(trial->reason, sizeof trial->reason, "%.159s",
                       pid < 0 ? err.text : "the trial did not come to an end");
}

static bool works(const struct sg_machine *machine, enum sg_ability ability)
{
    return machine->trials[ability].works;
}

/* Processes and threads that the user has already. */
static size_t count_processes(uid_t user)
{
    size_t count = 0;
    DIR *folder = opendir("/proc");
    for (const struct dirent *entry; folder && (entry = readdir(folder));) {
        struct stat status;
        sg_autofree char *tasks = sg_printf("/proc/%s/task", entry->d_name);
        if (entry->d_name[0] >= '0' && entry->d_name[0] <= '9' && stat(tasks, &status) == 0 &&
            status.st_uid == user)
            count += status.st_nlink > 2 ? status.st_nlink - 2 : 1;
    }
    if (folder)
        (void)closedir(folder);
    return count;
}

/* Climbs: each technique's best rung, from what has been tried so far. */
static void choose_rungs(struct sg_machine *machine)
{
    struct sg_rungs *rungs = &machine->rungs;
    bool listener = works(machine, SG_ABLE_LISTENER) && works(machine, SG_ABLE_DUPLICATE);
    bool stops = listener || works(machine, SG_ABLE_TRACE);
    *rungs = (struct sg_rungs){.user_namespace = works(machine, SG_ABLE_USER_NAMESPACES)};
    rungs->duplicates = works(machine, SG_ABLE_DUPLICATE);
    if (stops)
        rungs->faults = listener ? SG_FAULTS_SECCOMP : SG_FAULTS_PTRACE;
    if (works(machine, SG_ABLE_NETWORK))
        rungs->network = SG_NETWORK_PRIVATE;
    else if (stops)
        rungs->network = SG_NETWORK_MAPPED;
    if (works(machine, SG_ABLE_MOUNTS))
        rungs->jail = SG_JAIL_FULL;
    else if (works(machine, SG_ABLE_LANDLOCK))
        rungs->jail = SG_JAIL_LANDLOCK;
}

int sg_machine_probe(struct sg_machine *machine, struct sg_error *err)
{
    struct sg_error ignored;
    *machine = (struct sg_machine){0};
    sg_autofree char *folder = sg_make_scratch("sockgrade", "/tmp", err);
    if (!folder)
        return -1;
    if (chown(folder, sg_jail_user(), sg_jail_group()) < 0) {
        (void)sg_fail_os(err, "give a scratch folder to the programs' user");
        (void)sg_remove_tree(folder, &ignored);
        return -1;
    }
    for (int ability = 0; ability < SG_ABLE_RAW; ability++) {
        run_trial(machine, (enum sg_ability)ability, folder);
        choose_rungs(machine);
    }
    if (!machine->rungs.user_namespace)
        machine->rungs.other_processes = count_processes(sg_jail_user());
    (void)sg_remove_tree(folder, &ignored);
    return 0;
}

void sg_machine_probe_raw(const struct sg_machine *machine, struct sg_trial *ret)
{
    struct sg_machine probed = *machine;
    run_trial(&probed, SG_ABLE_RAW, "");
    *ret = probed.trials[SG_ABLE_RAW];
}

int sg_machine_check(const struct sg_machine *machine, struct sg_error *err)
{
    static const enum sg_ability needed[] = {SG_ABLE_SOCKET_DIAG, SG_ABLE_PROC};
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

int sg_machine_require(const struct sg_machine *machine, const char *word, struct sg_error *err)
{
    const struct {
        const char *word;
        bool given;
        enum sg_ability ability;
        const char *has;
    } all[] = {
        {"private", machine->rungs.network == SG_NETWORK_PRIVATE, SG_ABLE_NETWORK,
         sg_machine_network(machine)},
        {"faults", machine->rungs.faults != SG_FAULTS_NONE, SG_ABLE_TRACE,
         sg_machine_faults(machine)},
        {"jail", machine->rungs.jail == SG_JAIL_FULL, SG_ABLE_MOUNTS, sg_machine_jail(machine)},
    };
    for (size_t i = 0; i < SG_COUNT(all); i++) {
        if (strcmp(word, all[i].word) != 0)
            continue;
        if (all[i].given)
            return 0;
        return sg_fail_machine(err,
                               "'%s' is required, and this machine does not allow %s: %s (what it "
                               "has is called '%s')",
                               word, rows[all[i].ability].name,
                               machine->trials[all[i].ability].reason, all[i].has);
    }
    return -2;
}
