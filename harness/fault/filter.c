/* SPDX-License-Identifier: MIT
 * The seccomp filter. Raw BPF and not libseccomp: the listener wants WAIT_KILLABLE_RECV, which
 * libseccomp 2.5 cannot ask for, and the program is small enough to read. */
#include "fault/filter.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/table.h"

#ifndef SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV
#define SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV (1UL << 5) /* Linux 5.19 */
#endif

#if defined(__x86_64__)
#define NATIVE_ARCH AUDIT_ARCH_X86_64
#define FIRST_X32   0x40000000u
#elif defined(__aarch64__)
#define NATIVE_ARCH AUDIT_ARCH_AARCH64
#define FIRST_X32   0xffffffffu
#else
#error "the seccomp filter knows x86-64 and aarch64"
#endif

#define FIELD(name)        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, name))
#define ANSWER(action)     BPF_STMT(BPF_RET | BPF_K, (action))
#define IF_EQUAL(value)    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 0, 1)
#define IF_AT_LEAST(value) BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, (value), 0, 1)
#define UNKNOWN_CALL       (SECCOMP_RET_ERRNO | ENOSYS)

int sg_filter_install(void)
{
    struct sock_filter code[] = {
        FIELD(arch),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, NATIVE_ARCH, 1, 0),
        ANSWER(UNKNOWN_CALL),
        FIELD(nr),
        IF_AT_LEAST(FIRST_X32),
        ANSWER(UNKNOWN_CALL),
        IF_EQUAL(SYS_bind),
        ANSWER(SECCOMP_RET_USER_NOTIF),
        IF_EQUAL(SYS_listen),
        ANSWER(SECCOMP_RET_USER_NOTIF),
        IF_EQUAL(SYS_connect),
        ANSWER(SECCOMP_RET_USER_NOTIF),
        IF_EQUAL(SYS_io_uring_setup),
        ANSWER(UNKNOWN_CALL),
        ANSWER(SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {.len = SG_COUNT(code), .filter = code};
    unsigned long flags = SECCOMP_FILTER_FLAG_NEW_LISTENER;
    /* Signals must not cancel a notification whose effect has already happened. */
    long fd = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
                      flags | SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV, &program);
    if (fd < 0 && errno == EINVAL)
        fd = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program);
    return (int)fd;
}
