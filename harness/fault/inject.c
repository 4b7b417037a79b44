/* SPDX-License-Identifier: MIT
 * Interferes with a program's calls on its sockets: sends that take less than they were given,
 * calls that fail.
 *
 * What is told to the program is true. A short send has really sent those bytes: by a listener it
 * is made here (traced_send.c says how it is made by a tracer), on a duplicate of the program's
 * socket, without blocking. Where it would block and the program's own call would wait, the call
 * goes on untouched, for a call is never held. Only stream sockets are touched; a file, a pipe or a
 * datagram is left alone. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/table.h"
#include "fault/supervisor.h"
#include "fault/traced.h"

enum { MOST_PARTS = 64, MOST_COPIED = 1 << 20 };

/* What a sending call asks for. */
struct sending {
    const struct sg_notice *notice;
    const char *name;
    int socket;           /* a duplicate of the program's */
    int flags;            /* MSG_… */
    size_t length;        /* all that it was given */
    struct sg_bytes head; /* the first bytes of it, as many as will be sent */
    size_t most;          /* how many that is */
};

/* Sends sending->most bytes (or fewer) and returns how many, or -1 and errno. */
typedef ssize_t transmit(struct sending *sending);
/* Finds length and head; false where the call is left alone. */
typedef bool measure(struct sending *sending);

static const uint64_t *arguments(const struct sending *sending)
{
    return (const uint64_t *)sending->notice->request.data.args;
}

static bool read_head(struct sending *sending, const struct iovec *parts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        sending->length += parts[i].iov_len;
    for (size_t i = 0; i < count && sending->head.length < sending->most; i++) {
        size_t length = sending->most - sending->head.length;
        length = parts[i].iov_len < length ? parts[i].iov_len : length;
        uint8_t *room = sg_bytes_reserve(&sending->head, length);
        if (!sg_notice_read(sending->notice, (uint64_t)(uintptr_t)parts[i].iov_base, room, length))
            return false;
        sending->head.length += length;
    }
    return true;
}

static bool measure_send(struct sending *sending)
{
    const uint64_t *a = arguments(sending);
    bool is_write = sending->notice->request.data.nr == SYS_write;
    sending->flags = is_write ? 0 : (int)a[3];
    const struct iovec part = {.iov_base = (void *)(uintptr_t)a[1], .iov_len = (size_t)a[2]};
    return read_head(sending, &part, 1);
}

static bool read_parts(struct sending *sending, uint64_t address, uint64_t count)
{
    struct iovec parts[MOST_PARTS];
    if (count > MOST_PARTS ||
        !sg_notice_read(sending->notice, address, parts, (size_t)count * sizeof *parts))
        return false;
    return read_head(sending, parts, (size_t)count);
}

static bool measure_writev(struct sending *sending)
{
    return read_parts(sending, arguments(sending)[1], arguments(sending)[2]);
}

static bool measure_message(struct sending *sending, uint64_t address, int flags)
{
    struct msghdr message;
    sending->flags = flags;
    return sg_notice_read(sending->notice, address, &message, sizeof message) &&
           message.msg_controllen == 0 &&
           read_parts(sending, (uint64_t)(uintptr_t)message.msg_iov, message.msg_iovlen);
}

static bool measure_sendmsg(struct sending *sending)
{
    return measure_message(sending, arguments(sending)[1], (int)arguments(sending)[2]);
}

/* The first message alone; that fewer than all were sent is within what the call promises. */
static bool measure_sendmmsg(struct sending *sending)
{
    return measure_message(sending, arguments(sending)[1], (int)arguments(sending)[3]);
}

static ssize_t transmit_bytes(struct sending *sending)
{
    return send(sending->socket, sending->head.data, sending->most,
                sending->flags | MSG_DONTWAIT | MSG_NOSIGNAL);
}

static ssize_t transmit_message(struct sending *sending)
{
    ssize_t sent = transmit_bytes(sending);
    unsigned length = sent > 0 ? (unsigned)sent : 0;
    uint64_t at = arguments(sending)[1] + offsetof(struct mmsghdr, msg_len);
    if (sent > 0)
        (void)sg_notice_write(sending->notice, at, &length, sizeof length);
    return sent;
}

/* Of a file or a pipe no more is lost than it has, however much was asked for. */
static bool measure_source(struct sending *sending)
{
    const uint64_t *a = arguments(sending);
    bool is_splice = sending->notice->request.data.nr == SYS_splice;
    sending->length = is_splice ? sg_notice_source(sending->notice, (int)a[0], 0, (size_t)a[4])
                                : sg_notice_source(sending->notice, (int)a[1], a[2], (size_t)a[3]);
    return sending->length > 0;
}

/* A file or pipe to send from, at the offset that the call names or its own. */
static ssize_t transmit_file(struct sending *sending)
{
    const uint64_t *a = arguments(sending);
    off_t offset = 0;
    sg_autoclose int from = sg_notice_duplicate(sending->notice, (int)a[1]);
    if (from < 0 || (a[2] && !sg_notice_read(sending->notice, a[2], &offset, sizeof offset)))
        return -1;
    ssize_t sent = sendfile(sending->socket, from, a[2] ? &offset : NULL, sending->most);
    if (sent > 0 && a[2])
        (void)sg_notice_write(sending->notice, a[2], &offset, sizeof offset);
    return sent;
}

static ssize_t transmit_pipe(struct sending *sending)
{
    sg_autoclose int from = sg_notice_duplicate(sending->notice, (int)arguments(sending)[0]);
    return from < 0 ? -1
                    : splice(from, NULL, sending->socket, NULL, sending->most, SPLICE_F_NONBLOCK);
}

static const struct send_call {
    long number;
    const char *name;
    int descriptor; /* which argument is the socket */
    measure *measure;
    transmit *transmit;
} send_calls[] = {
    {SYS_sendto, "send", 0, measure_send, transmit_bytes},
    {SYS_write, "write", 0, measure_send, transmit_bytes},
    {SYS_writev, "writev", 0, measure_writev, transmit_bytes},
    {SYS_sendmsg, "sendmsg", 0, measure_sendmsg, transmit_bytes},
    {SYS_sendmmsg, "sendmmsg", 0, measure_sendmmsg, transmit_message},
    {SYS_sendfile, "sendfile", 0, measure_source, transmit_file},
    {SYS_splice, "splice", 2, measure_source, transmit_pipe},
};

static const struct {
    long number;
    const char *name;
} other_calls[] = {
    {SYS_recvfrom, "recv"},  {SYS_recvmsg, "recvmsg"}, {SYS_recvmmsg, "recvmmsg"},
    {SYS_read, "read"},      {SYS_readv, "readv"},     {SYS_accept, "accept"},
    {SYS_accept4, "accept"},
};

static const struct send_call *find_send(const struct sg_notice *notice)
{
    for (size_t i = 0; i < SG_COUNT(send_calls); i++) {
        if (send_calls[i].number == notice->request.data.nr)
            return &send_calls[i];
    }
    return NULL;
}

static const char *name_of(const struct sg_notice *notice)
{
    const struct send_call *send_call = find_send(notice);
    if (send_call)
        return send_call->name;
    for (size_t i = 0; i < SG_COUNT(other_calls); i++) {
        if (other_calls[i].number == notice->request.data.nr)
            return other_calls[i].name;
    }
    return "call";
}

static bool has_name(const union sg_address *address)
{
    return address->local.sun_path[0] || address->local.sun_path[1];
}

/* One end of a local connection has a name; of a socket pair, which runtimes have for themselves,
 * none has. */
static bool is_named(const struct sg_notice *notice, int number)
{
    union sg_address own = {0}, other = {0};
    socklen_t length = sizeof own, other_length = sizeof other;
    sg_autoclose int fd = sg_notice_duplicate(notice, number);
    if (fd < 0 || getsockname(fd, &own.any, &length) < 0)
        return false;
    (void)getpeername(fd, &other.any, &other_length);
    return has_name(&own) || has_name(&other);
}

static bool is_stream(const struct sg_supervisor *supervisor, const struct sg_notice *notice,
                      int fd)
{
    int family, type;
    if (!sg_notice_socket(notice, fd, &family, &type) || type != SOCK_STREAM)
        return false;
    return family != AF_UNIX || (supervisor->local && is_named(notice, fd));
}

/* The fault that this call meets, counting it for each fault of its sort; NULL: none. */
static const struct sg_fault *choose(struct sg_supervisor *supervisor, int sort)
{
    const struct sg_fault *chosen = NULL;
    for (size_t i = 0; i < supervisor->fault_count && i < SG_COUNT(supervisor->seen); i++) {
        const struct sg_fault *fault = &supervisor->faults[i];
        if (fault->call != sort || fault->form == SG_FAULT_GIVES)
            continue;
        uint64_t number = ++supervisor->seen[i];
        bool nth = !fault->nth || number == (uint64_t)fault->nth;
        bool every = !fault->every || number % (uint64_t)fault->every == 0;
        if (nth && every && !chosen)
            chosen = fault;
    }
    return chosen;
}

/* The descriptor that the call is made on. */
static int descriptor_of(const struct sg_notice *notice)
{
    const struct send_call *send_call = find_send(notice);
    return (int)notice->request.data.args[send_call ? send_call->descriptor : 0];
}

/* The other end of the program's connection, as far as it is known. */
static union sg_address find_peer(const struct sg_supervisor *supervisor,
                                  const struct sg_notice *notice)
{
    union sg_address peer = {0};
    socklen_t length = sizeof peer;
    sg_autoclose int fd = sg_notice_duplicate(notice, descriptor_of(notice));
    if (fd >= 0 && getpeername(fd, &peer.any, &length) == 0)
        return peer;
    struct sg_socket_row row;
    uint32_t inode = sg_notice_inode(notice, descriptor_of(notice));
    bool found = inode && sg_diag_find_inode(supervisor->diag, IPPROTO_TCP, inode, &row);
    return found ? row.remote : (union sg_address){0};
}

/* Whether the call asks for more than the last one on the same socket has left. */
static bool asks_for_more(const struct sg_supervisor *supervisor, uint32_t inode, size_t length)
{
    return supervisor->rest.left && supervisor->rest.inode == inode &&
           length > supervisor->rest.left;
}

static void note_rest(struct sg_supervisor *supervisor, uint32_t inode, size_t length, size_t sent)
{
    size_t due = asks_for_more(supervisor, inode, length) ? supervisor->rest.left : length;
    bool goes_on = supervisor->rest.left && supervisor->rest.inode == inode;
    supervisor->rest.cuts = goes_on ? supervisor->rest.cuts + 1 : 1;
    supervisor->rest.inode = inode;
    supervisor->rest.left = due > sent ? due - sent : 0;
}

void sg_supervisor_tell(struct sg_supervisor *supervisor, const struct sg_notice *notice,
                        size_t wanted, int result, int error)
{
    const struct sg_call call = {.kind = SG_CALL_FAULT,
                                 .tid = sg_notice_tid(notice),
                                 .type = SOCK_STREAM,
                                 .address = find_peer(supervisor, notice),
                                 .inode = sg_notice_inode(notice, descriptor_of(notice)),
                                 .name = name_of(notice),
                                 .wanted = wanted,
                                 .result = result,
                                 .error = error};
    supervisor->fired++;
    if (result > 0)
        note_rest(supervisor, call.inode, wanted, (size_t)result);
    supervisor->after(supervisor->state, &call);
}

static bool would_wait(const struct sg_notice *notice, int flags)
{
    return sg_notice_blocks(notice, descriptor_of(notice)) && !(flags & MSG_DONTWAIT);
}

/* As the kernel does it: the signal first, then the error. */
static void fail_send(const struct sg_notice *notice, int flags, int error)
{
    if (error == EPIPE && !(flags & MSG_NOSIGNAL))
        (void)syscall(SYS_tgkill, sg_notice_process(notice), sg_notice_tid(notice), SIGPIPE);
    sg_notice_fail(notice, error);
}

/* How many bytes the call may send. A cut takes as long as the machine is busy, and the program may
 * have a time limit for all of them: of a long message fewer are made, by growing pieces. */
static size_t draw_most(struct sg_supervisor *supervisor, const struct sg_fault *fault)
{
    enum { CUTS_OF_A_SIZE = 8, MOST_TIMES_DOUBLED = 10 };
    uint64_t spread = fault->bytes.most - fault->bytes.least + 1;
    size_t most = (size_t)(fault->bytes.least + sg_random_below(&supervisor->random, spread));
    size_t doubled = supervisor->rest.left ? supervisor->rest.cuts / CUTS_OF_A_SIZE : 0;
    most <<= doubled < MOST_TIMES_DOUBLED ? doubled : MOST_TIMES_DOUBLED;
    return most < MOST_COPIED ? most : MOST_COPIED;
}

size_t sg_supervisor_cut(struct sg_supervisor *supervisor, const struct sg_notice *notice,
                         size_t length, size_t most)
{
    uint32_t inode = sg_notice_inode(notice, descriptor_of(notice));
    supervisor->indivisible += length == 1;
    if (length <= 1) {
        note_rest(supervisor, inode, length, length);
        return 0;
    }
    size_t count =
        most < length ? most : 1 + (size_t)sg_random_below(&supervisor->random, length - 1);
    if (count != supervisor->rest.left || !asks_for_more(supervisor, inode, length))
        return count;
    if (count > 1)
        return count - 1;
    return length > 2 ? 2 : 1;
}

static void shorten(struct sg_supervisor *supervisor, const struct sg_notice *notice, size_t most)
{
    const struct send_call *send_call = find_send(notice);
    sg_autoclose int fd = sg_notice_duplicate(notice, descriptor_of(notice));
    struct sending sending = {
        .notice = notice,
        .name = send_call->name,
        .socket = fd,
        .most = most + 1, /* which a cut may come to */
    };
    ssize_t sent = -1;
    bool measured = fd >= 0 && most <= MOST_COPIED && send_call->measure(&sending);
    if (measured)
        sending.most = sg_supervisor_cut(supervisor, notice, sending.length, most);
    measured = measured && sending.most && sg_notice_is_alive(notice);
    if (measured)
        sent = send_call->transmit(&sending);
    int error = errno;
    sg_bytes_done(&sending.head);
    if (!measured || (sent < 0 && error == EAGAIN && would_wait(notice, sending.flags))) {
        sg_notice_continue(notice);
        return;
    }
    if (sent < 0) {
        fail_send(notice, sending.flags, error);
        return;
    }
    sg_supervisor_tell(supervisor, notice, sending.length, (int)sent, 0);
    sg_notice_return(notice, send_call->number == SYS_sendmmsg ? 1 : sent);
}

static void make_fail(struct sg_supervisor *supervisor, const struct sg_notice *notice,
                      const struct sg_fault *fault)
{
    /* A blocking call never returns EAGAIN without a time limit. */
    if (fault->error == EAGAIN && would_wait(notice, 0)) {
        sg_notice_continue(notice);
        return;
    }
    sg_supervisor_tell(supervisor, notice, 0, -1, fault->error);
    if (fault->call == SG_FAULT_SEND)
        fail_send(notice, 0, fault->error);
    else
        sg_notice_fail(notice, fault->error);
}

void sg_inject(struct sg_supervisor *supervisor, const struct sg_notice *notice, int sort)
{
    /* A send that a signal has interrupted before it sent anything, and that the kernel makes
     * again. */
    if (notice->thread && notice->thread->repeats && notice->thread->limit) {
        sg_traced_shorten(supervisor, notice, notice->thread->limit);
        return;
    }
    const struct sg_fault *fault =
        is_stream(supervisor, notice, descriptor_of(notice)) ? choose(supervisor, sort) : NULL;
    if (!fault)
        sg_notice_continue(notice);
    else if (fault->form != SG_FAULT_ACCEPTS)
        make_fail(supervisor, notice, fault);
    else if (notice->thread)
        sg_traced_shorten(supervisor, notice, draw_most(supervisor, fault));
    else
        shorten(supervisor, notice, draw_most(supervisor, fault));
}
