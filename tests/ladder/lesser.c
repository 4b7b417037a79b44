/* SPDX-License-Identifier: MIT
 * lesser WORD... -- COMMAND...: runs a command on a machine that allows less, for the tests of the ladder.
 * Each word takes something away: the calls that make it fail as they do where it is not allowed. */
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule       445
#define SYS_landlock_restrict_self  446
#endif

enum {
    NAMESPACES =
        CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS,
    MOST_CODE = 256,
};

/* A call that fails with `error`; where `mask` is given, only if bits of it are in argument `argument`. */
static const struct row {
    const char *word;
    long number;
    int error;
    unsigned argument;
    uint32_t mask;
} rows[] = {
    /* user.max_user_namespaces is 0 */
    {"users", SYS_unshare, ENOSPC, 0, CLONE_NEWUSER},
    {"users", SYS_clone, ENOSPC, 0, CLONE_NEWUSER},
    /* a container without CAP_SYS_ADMIN */
    {"namespaces", SYS_unshare, EPERM, 0, NAMESPACES},
    {"namespaces", SYS_clone, EPERM, 0, NAMESPACES},
    {"namespaces", SYS_clone3, ENOSYS},
    {"network", SYS_unshare, EPERM, 0, CLONE_NEWNET},
    {"mount", SYS_mount, EPERM},
    {"mount", SYS_mount_setattr, EPERM},
    /* another listener stands above, as LXD's does */
    {"listener", SYS_seccomp, EBUSY, 1, SECCOMP_FILTER_FLAG_NEW_LISTENER},
    {"duplicate", SYS_pidfd_getfd, EPERM},
    {"ptrace", SYS_ptrace, EPERM},
    {"landlock", SYS_landlock_create_ruleset, ENOSYS},
    {"landlock", SYS_landlock_restrict_self, ENOSYS},
    /* Linux 5.11 and older */
    {"old", SYS_mount_setattr, ENOSYS},
    {"old", SYS_landlock_create_ruleset, ENOSYS},
    {"old", SYS_landlock_add_rule, ENOSYS},
    {"old", SYS_landlock_restrict_self, ENOSYS},
    /* what Docker's profile refuses to a container */
    {"docker", SYS_unshare, EPERM, 0, NAMESPACES},
    {"docker", SYS_clone, EPERM, 0, NAMESPACES},
    {"docker", SYS_clone3, ENOSYS},
    {"docker", SYS_setns, EPERM},
    {"docker", SYS_mount, EPERM},
    {"docker", SYS_umount2, EPERM},
    {"docker", SYS_mount_setattr, EPERM},
    {"docker", SYS_pivot_root, EPERM},
    {"docker", SYS_pidfd_getfd, EPERM},
    {"docker", SYS_process_madvise, EPERM},
    {"docker", SYS_kcmp, EPERM},
};

static struct sock_filter code[MOST_CODE];
static unsigned short length;

static void add(struct sock_filter item)
{
    code[length++] = item;
}

static void add_row(const struct row *row)
{
    const uint32_t fails = SECCOMP_RET_ERRNO | (uint32_t)row->error;
    unsigned char rest = row->mask ? 4 : 1;
    add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)row->number, 0, rest));
    if (row->mask) {
        const uint32_t place = (uint32_t)offsetof(struct seccomp_data, args) + 8 * row->argument;
        add((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, place));
        add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, row->mask, 0, 1));
    }
    add((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, fails));
    if (row->mask)
        add((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
                                         offsetof(struct seccomp_data, nr)));
}

static int take_away(const char *word)
{
    int count = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (strcmp(rows[i].word, word) != 0)
            continue;
        add_row(&rows[i]);
        count++;
    }
    return count;
}

int main(int count, char **words)
{
    int i = 1;
    add((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)));
    for (; i < count && strcmp(words[i], "--") != 0; i++) {
        if (!take_away(words[i])) {
            (void)fprintf(stderr, "lesser: nothing is called '%s'\n", words[i]);
            return 2;
        }
    }
    add((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
    if (i + 1 >= count) {
        (void)fputs("usage: lesser WORD... -- COMMAND...\n", stderr);
        return 2;
    }
    const struct sock_fprog program = {.len = length, .filter = code};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ||
        syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) < 0) {
        perror("lesser: seccomp");
        return 2;
    }
    (void)execvp(words[i + 1], words + i + 1);
    perror(words[i + 1]);
    return 127;
}
