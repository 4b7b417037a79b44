/* SPDX-License-Identifier: MIT
 * The seccomp filter. Raw BPF and not libseccomp: the listener wants WAIT_KILLABLE_RECV, which
 * libseccomp 2.5 cannot ask for, and the program is small enough to read. */
#include "fault/filter.h"

#include <errno.h>
#include <limits.h>
#include <linux/audit.h>
#include <linux/if_packet.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <sched.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/table.h"
#include "fault/refused.h"

#ifndef SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV
#define SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV (1UL << 5) /* Linux 5.19 */
#endif
#ifndef PACKET_IGNORE_OUTGOING
#define PACKET_IGNORE_OUTGOING 23 /* Linux 4.20 */
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

/* Calls that are stopped, some where one of their arguments is at least so much: an address that is
 * not NULL. Standard input and output may be a socket too: inetd and shells make them one. A call
 * that stands here twice is judged by the first row that is asked for. */
static const struct {
    unsigned trap;
    long number;
    size_t argument;
    uint32_t least;
    uint32_t most; /* 0: no bound */
} calls[] = {
    {SG_TRAP_SETUP, SYS_bind},
    {SG_TRAP_SETUP, SYS_listen},
    {SG_TRAP_SETUP, SYS_connect},
    {SG_TRAP_SETUP, SYS_rt_sigaction, 1, 1},
    {SG_TRAP_SETUP, SYS_setitimer},
    {SG_TRAP_SETUP, SYS_timer_settime},
    {SG_TRAP_SETUP, SYS_timerfd_settime},
    {SG_TRAP_SETUP, SYS_splice},
    {SG_TRAP_SETUP, SYS_sendfile},
#ifdef SYS_alarm
    {SG_TRAP_SETUP, SYS_alarm},
#endif
    {SG_TRAP_SEND, SYS_sendto},
    {SG_TRAP_SEND, SYS_sendmsg},
    {SG_TRAP_SEND, SYS_sendmmsg},
    {SG_TRAP_SEND, SYS_write},
    {SG_TRAP_SEND, SYS_writev},
    {SG_TRAP_RECV, SYS_recvfrom},
    {SG_TRAP_RECV, SYS_recvmsg},
    {SG_TRAP_RECV, SYS_recvmmsg},
    {SG_TRAP_RECV, SYS_read},
    {SG_TRAP_RECV, SYS_readv},
    {SG_TRAP_ACCEPT, SYS_accept},
    {SG_TRAP_ACCEPT, SYS_accept4},
    {SG_TRAP_DATAGRAM, SYS_sendto, 4, 1},
    {SG_TRAP_DATAGRAM, SYS_sendmsg},
    {SG_TRAP_DATAGRAM, SYS_sendmmsg},
    {SG_TRAP_EXIT, SYS_exit_group},
    /* From the oldest SO_RCVTIMEO to the newest SO_SNDTIMEO. */
    {SG_TRAP_TIMEOUTS, SYS_setsockopt, 2, 20, 67},
};

struct code {
    struct sock_filter *items;
    size_t count, room;
    bool wrong; /* it does not fit, or a jump is too far */
};

static void add(struct code *code, struct sock_filter item)
{
    if (code->count < code->room)
        code->items[code->count++] = item;
    else
        code->wrong = true;
}

#define LOAD(code, offset) \
    add(code, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)(offset)))
#define ANSWER(code, action) add(code, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, (action)))
#define UNLESS(code, test, value, skip) \
    add(code, (struct sock_filter)BPF_JUMP(BPF_JMP | (test) | BPF_K, (uint32_t)(value), 0, (skip)))

enum { UNKNOWN_CALL = SECCOMP_RET_ERRNO | ENOSYS };

static void add_call(struct code *code, size_t row, uint32_t stop)
{
    size_t argument = offsetof(struct seccomp_data, args) + 8 * calls[row].argument;
    uint32_t most = calls[row].most ? calls[row].most : UINT32_MAX;
    UNLESS(code, BPF_JEQ, calls[row].number, 5);
    LOAD(code, argument);
    UNLESS(code, BPF_JGE, calls[row].least, 2);
    add(code, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, most, 1, 0));
    ANSWER(code, stop);
    ANSWER(code, SECCOMP_RET_ALLOW);
}

/* What every filter begins with: calls of another ABI would go around it. */
static void begin_code(struct code *code)
{
    LOAD(code, offsetof(struct seccomp_data, arch));
    add(code, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, NATIVE_ARCH, 1, 0));
    ANSWER(code, (uint32_t)UNKNOWN_CALL);
    LOAD(code, offsetof(struct seccomp_data, nr));
    UNLESS(code, BPF_JGE, FIRST_X32, 1);
    ANSWER(code, (uint32_t)UNKNOWN_CALL);
}

#define LOAD_ARGUMENT(code, index) LOAD(code, offsetof(struct seccomp_data, args) + 8 * (index))
#define IF(code, test, value, skip) \
    add(code, (struct sock_filter)BPF_JUMP(BPF_JMP | (test) | BPF_K, (uint32_t)(value), (skip), 0))

/* A socket of the local kind, of routes, or of TCP or UDP is made; no other. Offline: the first
 * alone. */
static void add_socket(struct code *code, long number, uint32_t refuse, bool offline)
{
    enum { TYPE_MASK = 0xf, MPTCP = 262 };
    if (offline) {
        UNLESS(code, BPF_JEQ, number, 4);
        LOAD_ARGUMENT(code, 0);
        UNLESS(code, BPF_JEQ, AF_UNIX, 1);
        ANSWER(code, SECCOMP_RET_ALLOW);
        ANSWER(code, (uint32_t)(SECCOMP_RET_ERRNO | EACCES));
        return;
    }
    UNLESS(code, BPF_JEQ, number, 18);
    LOAD_ARGUMENT(code, 0);
    IF(code, BPF_JEQ, AF_UNIX, 14);
    IF(code, BPF_JEQ, AF_INET, 4);
    IF(code, BPF_JEQ, AF_INET6, 3);
    UNLESS(code, BPF_JEQ, AF_NETLINK, 12);
    LOAD_ARGUMENT(code, 2);
    add(code,
        (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0 /* NETLINK_ROUTE */, 9, 10));
    LOAD_ARGUMENT(code, 1);
    add(code, (struct sock_filter)BPF_STMT(BPF_ALU | BPF_AND | BPF_K, TYPE_MASK));
    IF(code, BPF_JGT, SOCK_DGRAM, 7);
    LOAD_ARGUMENT(code, 2);
    IF(code, BPF_JEQ, 0, 4);
    IF(code, BPF_JEQ, IPPROTO_TCP, 3);
    IF(code, BPF_JEQ, IPPROTO_UDP, 2);
    IF(code, BPF_JEQ, MPTCP, 1);
    add(code, (struct sock_filter)BPF_STMT(BPF_JMP | BPF_JA, 1));
    ANSWER(code, SECCOMP_RET_ALLOW);
    ANSWER(code, refuse);
}

/* Raw sockets of IPv4 and packet sockets besides; all that is not of one of these families is
 * judged as everywhere. */
static void add_raw_socket(struct code *code, long number)
{
    UNLESS(code, BPF_JEQ, number, 5);
    LOAD_ARGUMENT(code, 0);
    IF(code, BPF_JEQ, AF_INET, 1);
    UNLESS(code, BPF_JEQ, AF_PACKET, 1);
    ANSWER(code, SECCOMP_RET_ALLOW);
    LOAD(code, offsetof(struct seccomp_data, nr));
}

/* Of a packet socket's options those that a sniffer needs. Its rings are memory that no limit
 * counts, and most holes that packet sockets have had were there. */
static void add_packet_options(struct code *code, uint32_t refuse)
{
    UNLESS(code, BPF_JEQ, SYS_setsockopt, 10);
    LOAD_ARGUMENT(code, 1);
    UNLESS(code, BPF_JEQ, SOL_PACKET, 7);
    LOAD_ARGUMENT(code, 2);
    IF(code, BPF_JEQ, PACKET_ADD_MEMBERSHIP, 4);
    IF(code, BPF_JEQ, PACKET_DROP_MEMBERSHIP, 3);
    IF(code, BPF_JEQ, PACKET_AUXDATA, 2);
    IF(code, BPF_JEQ, PACKET_IGNORE_OUTGOING, 1);
    ANSWER(code, refuse);
    ANSWER(code, SECCOMP_RET_ALLOW);
    LOAD(code, offsetof(struct seccomp_data, nr));
}

static void add_refused(struct code *code, const struct sg_refused *row, uint32_t refuse)
{
    enum {
        NAMESPACES = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER |
                     CLONE_NEWPID | CLONE_NEWNET,
    };
    bool flags = row->when == SG_REFUSED_NAMESPACES;
    if (!flags && row->when != SG_REFUSED_FILTERS) {
        UNLESS(code, BPF_JEQ, row->number, 1);
        ANSWER(code, refuse);
        return;
    }
    UNLESS(code, BPF_JEQ, row->number, 4);
    LOAD_ARGUMENT(code, 0);
    UNLESS(code, flags ? BPF_JSET : BPF_JEQ, flags ? (int)NAMESPACES : PR_SET_SECCOMP, 1);
    ANSWER(code, refuse);
    ANSWER(code, SECCOMP_RET_ALLOW);
}

/* Makes the two tests at `guard` jump over what was added after them. */
static void end_block(struct code *code, size_t guard)
{
    size_t length = code->count - guard - 2;
    code->wrong = code->wrong || length + 1 > UCHAR_MAX;
    if (code->wrong)
        return;
    code->items[guard].jf = (unsigned char)(length + 1);
    code->items[guard + 1].jt = (unsigned char)length;
}

/* Adds the calls that fail. `stop`: what the filter does with one that the examiner is told of; 0:
 * it fails by itself. The rows stand in blocks that a call with a lower or higher number jumps
 * over: the kernel tries each number there is when the filter is installed. */
static void add_all_refused(struct code *code, const struct sg_filter_options *options,
                            uint32_t stop)
{
    enum { BLOCK = 10 };
    size_t count;
    const struct sg_refused *rows = sg_refused_calls(&count);
    for (size_t first = 0; first < count; first += BLOCK) {
        size_t end = first + BLOCK < count ? first + BLOCK : count;
        long least = rows[first].number, most = least;
        for (size_t i = first; i < end; i++) {
            least = rows[i].number < least ? rows[i].number : least;
            most = rows[i].number > most ? rows[i].number : most;
        }
        size_t guard = code->count;
        UNLESS(code, BPF_JGE, least, 0);
        IF(code, BPF_JGT, most, 0);
        for (size_t i = first; i < end; i++) {
            uint32_t fails = SECCOMP_RET_ERRNO | (uint32_t)rows[i].error;
            uint32_t refuse = stop && rows[i].when != SG_REFUSED_SILENTLY ? stop : fails;
            if (rows[i].when == SG_REFUSED_SOCKETS)
                add_socket(code, rows[i].number, refuse, options->offline);
            else if (rows[i].when != SG_REFUSED_UNJAILED || options->unjailed)
                add_refused(code, &rows[i], refuse);
        }
        end_block(code, guard);
    }
}

/* Where nobody is told: a splice of a standard stream fails, as on a terminal (pipes.h). */
static void add_splice(struct code *code, bool no_splice)
{
    if (no_splice) {
        IF(code, BPF_JEQ, SYS_splice, 1);
        UNLESS(code, BPF_JEQ, SYS_sendfile, 1);
        ANSWER(code, SECCOMP_RET_ERRNO | EINVAL);
        return;
    }
    UNLESS(code, BPF_JEQ, SYS_splice, 7);
    LOAD_ARGUMENT(code, 0);
    IF(code, BPF_JEQ, STDIN_FILENO, 3);
    LOAD_ARGUMENT(code, 2);
    IF(code, BPF_JEQ, STDOUT_FILENO, 1);
    UNLESS(code, BPF_JEQ, STDERR_FILENO, 1);
    ANSWER(code, SECCOMP_RET_ERRNO | EINVAL);
    ANSWER(code, SECCOMP_RET_ALLOW);
}

int sg_filter_make(const struct sg_filter_options *options, uint32_t stop,
                   struct sock_filter *items, size_t room)
{
    struct code code = {.items = items, .room = room};
    begin_code(&code);
    if (options->raw) {
        add_raw_socket(&code, SYS_socket);
        add_packet_options(&code, stop ? stop : SECCOMP_RET_ERRNO | EPERM);
    }
    add_all_refused(&code, options, stop);
    if (!stop)
        add_splice(&code, options->no_splice);
    for (size_t row = 0; stop && row < SG_COUNT(calls); row++) {
        if (calls[row].trap & (options->traps | SG_TRAP_SETUP))
            add_call(&code, row, stop);
    }
    ANSWER(&code, SECCOMP_RET_ALLOW);
    if (!code.wrong)
        return (int)code.count;
    errno = E2BIG; /* and not EINVAL, which is the kernel's word for what it does not know */
    return -1;
}

static int install(const struct sg_filter_options *options, uint32_t stop)
{
    struct sock_filter items[SG_MOST_FILTER_CODE];
    int length = sg_filter_make(options, stop, items, SG_COUNT(items));
    struct sock_fprog program = {.len = (unsigned short)length, .filter = items};
    return length < 0 ? -1 : (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program);
}

int sg_filter_install(const struct sg_filter_options *options)
{
    struct sock_filter items[SG_MOST_FILTER_CODE];
    int length = sg_filter_make(options, SECCOMP_RET_USER_NOTIF, items, SG_COUNT(items));
    if (length < 0)
        return -1;
    struct sock_fprog program = {.len = (unsigned short)length, .filter = items};
    unsigned long flags = SECCOMP_FILTER_FLAG_NEW_LISTENER;
    /* Signals must not cancel a notification whose effect has already happened. */
    long fd = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
                      flags | SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV, &program);
    if (fd < 0 && errno == EINVAL)
        fd = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program);
    return (int)fd;
}

int sg_filter_install_traced(const struct sg_filter_options *options)
{
    return install(options, SECCOMP_RET_TRACE);
}

int sg_filter_install_alone(const struct sg_filter_options *options)
{
    return install(options, 0);
}
