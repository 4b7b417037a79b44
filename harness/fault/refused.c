/* SPDX-License-Identifier: MIT
 * The calls that fail in the jail. Most need rights that no submission has: they are refused all
 * the same, for what is not reached cannot be broken, and the examiner is to be told of the
 * attempt. What is not confined by namespaces (keys, AF_VSOCK) is confined here alone. */
#include "fault/refused.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include "base/table.h"

/* Numbers that each version of the C library's header lacks the last of; the same on both
 * machines. */
enum {
    OPEN_TREE = 428,
    MOVE_MOUNT = 429,
    FSOPEN = 430,
    FSCONFIG = 431,
    FSMOUNT = 432,
    FSPICK = 433,
    CLONE3 = 435,
    PIDFD_GETFD = 438,
    PROCESS_MADVISE = 440,
    MOUNT_SETATTR = 442,
    QUOTACTL_FD = 443,
    MEMFD_SECRET = 447,
    PROCESS_MRELEASE = 448,
    LSM_SET_SELF_ATTR = 460,
    OPEN_TREE_ATTR = 467,
};

#define REFUSED(number, name)                  \
    {                                          \
        number, name, SG_REFUSED_ALWAYS, EPERM \
    }
#define ABSENT(number)                            \
    {                                             \
        number, NULL, SG_REFUSED_SILENTLY, ENOSYS \
    }
#define REFUSED_IF(number, name, when)         \
    {                                          \
        number, name, SG_REFUSED_##when, EPERM \
    }

/* Sorted by number on x86-64; elsewhere the filter is longer by a few steps, and means the same. */
static const struct sg_refused rows[] = {
    REFUSED_IF(SYS_socket, "socket", SOCKETS),
    REFUSED_IF(SYS_socketpair, "socketpair", SOCKETS),
    REFUSED_IF(SYS_clone, "clone", NAMESPACES),
    REFUSED_IF(SYS_ptrace, "ptrace", UNJAILED),
    REFUSED(SYS_syslog, "syslog"),
#ifdef SYS_modify_ldt
    REFUSED(SYS_modify_ldt, "modify_ldt"),
#endif
    REFUSED(SYS_vhangup, "vhangup"),
    REFUSED(SYS_pivot_root, "pivot_root"),
    REFUSED_IF(SYS_prctl, "prctl", FILTERS),
    REFUSED(SYS_chroot, "chroot"),
    REFUSED(SYS_acct, "acct"),
    REFUSED(SYS_settimeofday, "settimeofday"),
    REFUSED(SYS_mount, "mount"),
    REFUSED(SYS_umount2, "umount2"),
    REFUSED(SYS_swapon, "swapon"),
    REFUSED(SYS_swapoff, "swapoff"),
    REFUSED(SYS_reboot, "reboot"),
    REFUSED(SYS_sethostname, "sethostname"),
    REFUSED(SYS_setdomainname, "setdomainname"),
#ifdef SYS_iopl
    REFUSED(SYS_iopl, "iopl"),
    REFUSED(SYS_ioperm, "ioperm"),
#endif
    REFUSED(SYS_init_module, "init_module"),
    REFUSED(SYS_delete_module, "delete_module"),
    REFUSED(SYS_quotactl, "quotactl"),
    REFUSED(SYS_clock_settime, "clock_settime"),
    REFUSED(SYS_kexec_load, "kexec_load"),
    REFUSED(SYS_add_key, "add_key"),
    REFUSED(SYS_request_key, "request_key"),
    REFUSED(SYS_keyctl, "keyctl"),
    REFUSED(SYS_unshare, "unshare"),
    REFUSED(SYS_perf_event_open, "perf_event_open"),
    REFUSED(SYS_fanotify_init, "fanotify_init"),
    REFUSED(SYS_open_by_handle_at, "open_by_handle_at"),
    REFUSED(SYS_setns, "setns"),
    REFUSED_IF(SYS_process_vm_readv, "process_vm_readv", UNJAILED),
    REFUSED_IF(SYS_process_vm_writev, "process_vm_writev", UNJAILED),
    REFUSED(SYS_kcmp, "kcmp"),
    REFUSED(SYS_finit_module, "finit_module"),
    REFUSED(SYS_seccomp, "seccomp"),
    {SYS_memfd_create, NULL, SG_REFUSED_SERVED, ENOSYS}, /* memory_file.h */
#ifdef SYS_kexec_file_load
    REFUSED(SYS_kexec_file_load, "kexec_file_load"),
#endif
    REFUSED(SYS_bpf, "bpf"),
    REFUSED(SYS_userfaultfd, "userfaultfd"),
    /* It would go around every filter of calls. */
    ABSENT(SYS_io_uring_setup),
    ABSENT(SYS_io_uring_enter),
    ABSENT(SYS_io_uring_register),
    REFUSED(OPEN_TREE, "open_tree"),
    REFUSED(MOVE_MOUNT, "move_mount"),
    REFUSED(FSOPEN, "fsopen"),
    REFUSED(FSCONFIG, "fsconfig"),
    REFUSED(FSMOUNT, "fsmount"),
    REFUSED(FSPICK, "fspick"),
    /* Its flags are in memory, where a filter cannot look; clone() does the same. */
    ABSENT(CLONE3),
    REFUSED_IF(PIDFD_GETFD, "pidfd_getfd", UNJAILED),
    REFUSED(PROCESS_MADVISE, "process_madvise"),
    REFUSED(MOUNT_SETATTR, "mount_setattr"),
    REFUSED(QUOTACTL_FD, "quotactl_fd"),
    ABSENT(MEMFD_SECRET),
    REFUSED(PROCESS_MRELEASE, "process_mrelease"),
    REFUSED(LSM_SET_SELF_ATTR, "lsm_set_self_attr"),
    REFUSED(OPEN_TREE_ATTR, "open_tree_attr"),
};

const struct sg_refused *sg_refused_calls(size_t *ret_count)
{
    *ret_count = SG_COUNT(rows);
    return rows;
}

/* What stands here with a condition is stopped by the filter only where that holds: no other filter
 * of ours stops these calls. */
const struct sg_refused *sg_refused_find(const struct seccomp_data *data)
{
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        if (rows[i].number == data->nr)
            return &rows[i];
    }
    return NULL;
}
