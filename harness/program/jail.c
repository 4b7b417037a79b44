/* SPDX-License-Identifier: MIT
 * Namespaces, a folder to work in, and what a program gives up before it runs. */
#include "program/jail.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/table.h"
#include "base/tree.h"
#include "program/landlock.h"
#include "program/view.h"

/* Nobody's number: no account of a usual system has it, so nothing on the host is its own. */
enum { STANDIN_ID = 62111 };
/* Who ignores SIGXCPU is looked at meanwhile (usage.h): a watch of its threads may take seconds. */
enum { CPU_GRACE_SECONDS = 20 };

const struct sg_limits sg_limits_run = {
    .processes = 512,
    .descriptors = 1024,
    .file_bytes = 256 << 20,
    /* No data_bytes: AddressSanitizer reserves terabytes. What is touched is looked after. */
    .cpu_seconds = 60,
    .memory_bytes = 512 << 20,
    .output_bytes = 64 << 20,
};

const struct sg_limits sg_limits_build = {
    .processes = 1024,
    .descriptors = 4096,
    .file_bytes = (size_t)1 << 30,
    .data_bytes = (size_t)4 << 30,
    .cpu_seconds = 300,
    .memory_bytes = (size_t)4 << 30,
    .output_bytes = 64 << 20,
    .tree_bytes = SG_MOST_TREE_BYTES,
    .tree_files = SG_MOST_TREE_FILES,
};

/* Whether the stand-in exists where we are: a user namespace may know no user but its own root. */
static bool knows_standin(void)
{
    sg_autobytes struct sg_bytes map = {0};
    if (!sg_file_peek(AT_FDCWD, "/proc/self/uid_map", 4096, &map))
        return false;
    char *at = (char *)map.data;
    while (*at) {
        unsigned long first = strtoul(at, &at, 10);
        (void)strtoul(at, &at, 10);
        unsigned long count = strtoul(at, &at, 10);
        if (STANDIN_ID >= first && STANDIN_ID - first < count)
            return true;
        at += strspn(at, "\n ");
    }
    return false;
}

uid_t sg_jail_user(void)
{
    return geteuid() == 0 && knows_standin() ? STANDIN_ID : geteuid();
}

gid_t sg_jail_group(void)
{
    return geteuid() == 0 && knows_standin() ? STANDIN_ID : getegid();
}

/* Gives up root for good, where the caller is root. */
static int drop_root(struct sg_error *err)
{
    if (geteuid() != 0 || !knows_standin())
        return 0;
    if (setgroups(0, NULL) < 0 || setresgid(STANDIN_ID, STANDIN_ID, STANDIN_ID) < 0 ||
        setresuid(STANDIN_ID, STANDIN_ID, STANDIN_ID) < 0)
        return sg_fail_os(err, "become an ordinary user");
    /* Changing the user made our /proc files root's; the maps below are written through them. */
    if (prctl(PR_SET_DUMPABLE, 1) < 0)
        return sg_fail_os(err, "stay dumpable");
    return 0;
}

/* Users keep their numbers, but for root, who is the stand-in inside: execve() must end what we
 * may. */
static int map_identity(uid_t user, gid_t group, struct sg_error *err)
{
    char map[64];
    uid_t inner_user = user ? user : STANDIN_ID;
    gid_t inner_group = group ? group : STANDIN_ID;
    if (sg_file_set("/proc/self/setgroups", "deny", err) < 0)
        return -1;
    (void)snprintf(map, sizeof map, "%u %u 1", (unsigned)inner_user, (unsigned)user);
    if (sg_file_set("/proc/self/uid_map", map, err) < 0)
        return -1;
    (void)snprintf(map, sizeof map, "%u %u 1", (unsigned)inner_group, (unsigned)group);
    return sg_file_set("/proc/self/gid_map", map, err);
}

static int enter_namespaces(const struct sg_rungs *rungs, bool network, struct sg_error *err)
{
    uid_t user = geteuid();
    gid_t group = getegid();
    int flags = CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP | (network ? CLONE_NEWNET : 0);
    flags |= rungs->jail == SG_JAIL_FULL ? CLONE_NEWNS : 0;
    flags |= rungs->user_namespace ? CLONE_NEWUSER : 0;
    /* A kernel may have no cgroups. */
    if (unshare(flags) < 0 && (errno != EINVAL || unshare(flags & ~CLONE_NEWCGROUP) < 0))
        return sg_fail_os(err, "make private namespaces");
    if (rungs->user_namespace && map_identity(user, group, err) < 0)
        return -1;
    if (flags & CLONE_NEWNS && mount(NULL, "/", "none", MS_REC | MS_PRIVATE, NULL) < 0)
        return sg_fail_os(err, "make the mounts private");
    static const char name[] = "student";
    if (sethostname(name, sizeof name - 1) < 0)
        return sg_fail_os(err, "set the host name");
    return 0;
}

int sg_jail_enter(const struct sg_rungs *rungs, bool network, struct sg_error *err)
{
    bool namespaces = rungs->network == SG_NETWORK_PRIVATE || rungs->jail == SG_JAIL_FULL;
    bool stays_root = namespaces && !rungs->user_namespace;
    if (rungs->jail == SG_JAIL_FULL && sg_toolchains_open_home(err) < 0)
        return -1;
    if (!stays_root && drop_root(err) < 0)
        return -1;
    if (namespaces)
        return enter_namespaces(rungs, network, err);
    /* The programs have the same user as we: our memory and environment are not theirs to read. One
     * that is to be traced begins in a copy of ours, which must be open to its tracer; there
     * Landlock keeps it from others. */
    if (rungs->faults != SG_FAULTS_PTRACE)
        (void)prctl(PR_SET_DUMPABLE, 0);
    return 0;
}

static int make_own_folder(const char *path, struct sg_error *err)
{
    if (mkdir(path, 0755) < 0 ||
        (geteuid() == 0 && chown(path, sg_jail_user(), sg_jail_group()) < 0))
        return sg_fail_os(err, "make the folder '%s'", path);
    return 0;
}

int sg_jail_open(struct sg_jail *jail, const struct sg_rungs *rungs, const char *scratch,
                 const struct sg_words_list *hidden, const struct sg_jail_files *files,
                 struct sg_error *err)
{
    *jail = (struct sg_jail){.rungs = rungs, .hidden = hidden, .files = files};
    sg_toolchains_find(&jail->toolchains);
    if (rungs->jail == SG_JAIL_FULL) {
        /* A mount point that all examinations share; what each mounts there is its own. */
        jail->folder = sg_printf("%s/case", scratch);
        return sg_view_build(jail, err);
    }
    jail->folder = sg_printf("%s/case-%d", scratch, (int)getpid());
    sg_autofree char *home = sg_jail_home(jail), *temporary = sg_jail_temporary(jail);
    if (make_own_folder(jail->folder, err) < 0 || make_own_folder(home, err) < 0)
        return -1;
    return make_own_folder(temporary, err);
}

void sg_jail_close(struct sg_jail *jail)
{
    struct sg_error ignored;
    if (jail->folder && jail->rungs->jail != SG_JAIL_FULL)
        (void)sg_remove_tree(jail->folder, &ignored);
    free(jail->folder);
    sg_toolchains_done(&jail->toolchains);
    *jail = (struct sg_jail){0};
}

int sg_jail_copy_files(const char *tree, const char *path, struct sg_error *err)
{
    const struct sg_copy_limits limits = {.most_files = SG_MOST_TREE_FILES,
                                          .most_bytes = SG_MOST_TREE_BYTES};
    int failed = sg_copy_tree(tree, path, &limits, err);
    if (failed)
        err->blame = SG_BLAME_MACHINE;
    return failed;
}

int sg_jail_copy_tree(const struct sg_jail *jail, const char *tree, const char *name,
                      char **ret_path, struct sg_error *err)
{
    if (jail->rungs->jail == SG_JAIL_FULL)
        return sg_view_copy_tree(jail, tree, name, ret_path, err);
    sg_autofree char *path = sg_printf("%s/%s", jail->folder, name);
    if (sg_jail_copy_files(tree, path, err) < 0 ||
        sg_give_tree(path, sg_jail_user(), sg_jail_group(), err) < 0)
        return -1;
    *ret_path = path;
    path = NULL;
    return 0;
}

char *sg_jail_home(const struct sg_jail *jail)
{
    return jail->rungs->jail == SG_JAIL_FULL ? sg_strdup(SG_JAIL_HOME)
                                             : sg_printf("%s/home", jail->folder);
}

char *sg_jail_temporary(const struct sg_jail *jail)
{
    return jail->rungs->jail == SG_JAIL_FULL ? sg_strdup("/tmp")
                                             : sg_printf("%s/tmp", jail->folder);
}

/* The limit counts all processes of the user, those outside too unless the user is a namespace's
 * own. */
static rlim_t most_processes(const struct sg_jail *jail, const struct sg_limits *limits)
{
    return limits->processes + (jail->rungs->user_namespace ? 0 : jail->rungs->other_processes);
}

/* Root's namespaces leave the program with root's rights until here. */
static bool become_ordinary(const struct sg_jail *jail)
{
    if (jail->rungs->user_namespace || geteuid() != 0)
        return true;
    uid_t user = sg_jail_user();
    gid_t group = sg_jail_group();
    return setgroups(0, NULL) == 0 && setresgid(group, group, group) == 0 &&
           setresuid(user, user, user) == 0;
}

const char *sg_jail_surrender(const struct sg_jail *jail, const struct sg_limits *limits,
                              const char *work, bool read_only)
{
    const struct {
        int resource;
        rlim_t value;
        const char *name;
    } rows[] = {
        {RLIMIT_CORE, 0, "RLIMIT_CORE"},
        {RLIMIT_NPROC, most_processes(jail, limits), "RLIMIT_NPROC"},
        {RLIMIT_NOFILE, limits->descriptors, "RLIMIT_NOFILE"},
        {RLIMIT_FSIZE, limits->file_bytes, "RLIMIT_FSIZE"},
        {RLIMIT_CPU, limits->cpu_seconds + CPU_GRACE_SECONDS, "RLIMIT_CPU"},
#ifndef __SANITIZE_ADDRESS__ /* what the sanitizer maps counts, and our code runs before exec */
        {RLIMIT_DATA, limits->data_bytes ? limits->data_bytes : RLIM_INFINITY, "RLIMIT_DATA"},
#endif
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        struct rlimit limit;
        if (getrlimit((__rlimit_resource_t)rows[i].resource, &limit) < 0)
            return rows[i].name;
        if (limit.rlim_max == RLIM_INFINITY || limit.rlim_max > rows[i].value)
            limit.rlim_max = rows[i].value;
        limit.rlim_cur = limit.rlim_max;
        /* SIGXCPU tells what happened, and SIGKILL would not. */
        if (rows[i].resource == RLIMIT_CPU && limit.rlim_max > CPU_GRACE_SECONDS)
            limit.rlim_cur -= CPU_GRACE_SECONDS;
        if (setrlimit((__rlimit_resource_t)rows[i].resource, &limit) < 0)
            return rows[i].name;
    }
    if (!become_ordinary(jail))
        return "become an ordinary user";
    if (setsid() < 0)
        return "setsid";
    /* The same addresses in every run: what a stray pointer hits is no matter of chance. */
    if (personality(ADDR_NO_RANDOMIZE) < 0)
        return "personality";
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        return "no_new_privs";
    /* Those that a container gives to an ordinary user would outlive execve(). */
    (void)prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    if (jail->rungs->jail == SG_JAIL_LANDLOCK && sg_landlock_restrict(jail, work, read_only) < 0)
        return "Landlock";
    return NULL;
}

/* A program that is no file of root's keeps what is in the ambient set, and that has to be
 * inheritable; no new privileges are no matter here, for it has this one already. */
const char *sg_jail_keep_raw(void)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3] = {0};
    sets[0].permitted = sets[0].effective = sets[0].inheritable = 1u << CAP_NET_RAW;
    if (syscall(SYS_capset, &header, sets) < 0 ||
        prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_NET_RAW, 0, 0) < 0)
        return "CAP_NET_RAW";
    return NULL;
}
