/* SPDX-License-Identifier: MIT
 * Answers calls that the filter stopped. What is done here is done by a listener; what is done
 * otherwise to a traced program is in traced_calls.c.
 *
 * A bind or a listen is made here, on a duplicate of the program's own socket (pidfd_getfd): so its
 * result is known, and a listener is known before the program's listen() returns. A connect is left
 * to the program, because it may block. No call is ever held, but the last one of a process
 * (endings.h): each is answered before the next is read. */
#include "fault/supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/table.h"
#include "fault/filter.h"
#include "fault/memory_file.h"
#include "fault/pipes.h"
#include "fault/refused.h"
#include "fault/traced.h"

enum { MOST_AT_ONCE = 1000 }; /* many threads can call faster than they are answered */

bool sg_supervisor_read_name(const struct sg_notice *notice, uint64_t place, uint64_t length,
                             union sg_address *ret)
{
    *ret = (union sg_address){0};
    if (length < sizeof(sa_family_t) || length > sizeof *ret ||
        !sg_notice_read(notice, place, ret, (size_t)length))
        return false;
    int family = ret->any.sa_family;
    return (family == AF_INET && length >= sizeof ret->v4) ||
           (family == AF_INET6 && length >= sizeof ret->v6);
}

/* The address that a sendto, or the (first) message of a sendmsg or sendmmsg, names. */
static bool read_destination(const struct sg_notice *notice, union sg_address *ret)
{
    const struct seccomp_data *data = &notice->request.data;
    struct msghdr message;
    if (data->nr == SYS_sendto)
        return data->args[4] && sg_supervisor_read_name(notice, data->args[4], data->args[5], ret);
    if (data->nr != SYS_sendmsg && data->nr != SYS_sendmmsg)
        return false;
    return sg_notice_read(notice, data->args[1], &message, sizeof message) && message.msg_name &&
           sg_supervisor_read_name(notice, (uint64_t)(uintptr_t)message.msg_name,
                                   message.msg_namelen, ret);
}

bool sg_supervisor_read_address(const struct sg_notice *notice, union sg_address *ret)
{
    const struct seccomp_data *data = &notice->request.data;
    return sg_supervisor_read_name(notice, data->args[1], data->args[2], ret);
}

/* The name of a local socket, which only the program can bind or connect to: it knows its own
 * files. */
static bool read_local_name(const struct sg_notice *notice, union sg_address *ret)
{
    const struct seccomp_data *data = &notice->request.data;
    union sg_address address = {0};
    if (data->args[2] <= sizeof(sa_family_t) || data->args[2] > sizeof address.local ||
        !sg_notice_read(notice, data->args[1], &address, (size_t)data->args[2]) ||
        !sg_address_is_local(&address))
        return false;
    *ret = address;
    return true;
}

static bool learn_type(int fd, struct sg_call *call)
{
    socklen_t length = sizeof call->type;
    return getsockopt(fd, SOL_SOCKET, SO_TYPE, &call->type, &length) == 0;
}

static struct sg_call new_call(const struct sg_notice *notice, enum sg_call_kind kind)
{
    return (struct sg_call){.kind = kind, .tid = sg_notice_tid(notice)};
}

static void finish(const struct sg_notice *notice, int error)
{
    if (error)
        sg_notice_fail(notice, error);
    else
        sg_notice_return(notice, 0);
}

static void shrink_buffers(const struct sg_supervisor *supervisor, int fd, int type)
{
    const int least = 1; /* the kernel takes the least that it allows: some 4 KiB */
    if (supervisor->small_buffers && type == SOCK_STREAM)
        (void)setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &least, sizeof least);
}

/* Binds where the mapping leads. An IPv6 socket that is for IPv6 alone could not be led there. */
static int bind_led(const struct sg_supervisor *supervisor, int fd, const union sg_address *wanted)
{
    const int off = 0;
    union sg_address led = sg_mapping_lead(supervisor->mapping, wanted);
    if (supervisor->mapping->on && led.any.sa_family == AF_INET6)
        (void)setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    return bind(fd, &led.any, sg_address_length(&led));
}

static void serve_bind(struct sg_supervisor *supervisor, const struct sg_notice *notice)
{
    struct sg_call call = new_call(notice, SG_CALL_BIND);
    sg_autoclose int fd = sg_notice_duplicate(notice, (int)notice->request.data.args[0]);
    if (fd >= 0 && read_local_name(notice, &call.address) && learn_type(fd, &call))
        supervisor->before(supervisor->state, &call);
    if (fd < 0 || !sg_supervisor_read_address(notice, &call.address) || !learn_type(fd, &call) ||
        !sg_notice_is_alive(notice)) {
        sg_notice_continue(notice);
        return;
    }
    supervisor->before(supervisor->state, &call);
    if (bind_led(supervisor, fd, &call.address) < 0)
        call.result = errno;
    supervisor->after(supervisor->state, &call);
    if (call.result == 0 && call.type == SOCK_DGRAM) {
        socklen_t length = sizeof call.address;
        call.kind = SG_CALL_BOUND;
        if (getsockname(fd, &call.address.any, &length) == 0)
            supervisor->after(supervisor->state, &call);
    }
    finish(notice, call.result);
}

static bool is_internet(const union sg_address *address)
{
    return address->any.sa_family == AF_INET || address->any.sa_family == AF_INET6;
}

static bool defers_accept(int fd)
{
    int seconds = 0;
    socklen_t length = sizeof seconds;
    return getsockopt(fd, IPPROTO_TCP, TCP_DEFER_ACCEPT, &seconds, &length) == 0 && seconds > 0;
}

static void serve_listen(struct sg_supervisor *supervisor, const struct sg_notice *notice)
{
    struct sg_call call = new_call(notice, SG_CALL_LISTEN);
    sg_autoclose int fd = sg_notice_duplicate(notice, (int)notice->request.data.args[0]);
    socklen_t length = sizeof call.address;
    if (fd < 0 || getsockname(fd, &call.address.any, &length) < 0 || !learn_type(fd, &call) ||
        !(is_internet(&call.address) || sg_address_is_local(&call.address)) ||
        !sg_notice_is_alive(notice)) {
        sg_notice_continue(notice);
        return;
    }
    shrink_buffers(supervisor, fd, call.type);
    if (supervisor->mapping->on && is_internet(&call.address) &&
        sg_address_port(&call.address) == 0)
        (void)bind_led(supervisor, fd, &call.address); /* listen() would bind it to any address */
    call.defers = defers_accept(fd);
    if (listen(fd, (int)notice->request.data.args[1]) < 0)
        call.result = errno;
    length = sizeof call.address;
    (void)getsockname(fd, &call.address.any, &length);
    supervisor->after(supervisor->state, &call);
    finish(notice, call.result);
}

/* Connects where the mapping leads. Where that takes time and the program waits for it, its own
 * call does the waiting: it finds the connection already under way, whatever address it names. */
static void connect_led(const struct sg_supervisor *supervisor, const struct sg_notice *notice,
                        int fd, const union sg_address *wanted)
{
    union sg_address led = sg_mapping_lead(supervisor->mapping, wanted);
    if (!sg_notice_is_alive(notice)) {
        sg_notice_continue(notice);
        return;
    }
    int flags = fcntl(fd, F_GETFL);
    bool waits = !(flags & O_NONBLOCK);
    if (waits)
        (void)fcntl(fd, F_SETFL, flags | O_NONBLOCK);
    int error = connect(fd, &led.any, sg_address_length(&led)) < 0 ? errno : 0;
    if (waits)
        (void)fcntl(fd, F_SETFL, flags);
    if (error == EINPROGRESS && waits)
        sg_notice_continue(notice);
    else
        finish(notice, error);
}

static void serve_connect(struct sg_supervisor *supervisor, const struct sg_notice *notice)
{
    struct sg_call call = new_call(notice, SG_CALL_CONNECT);
    sg_autoclose int fd = sg_notice_duplicate(notice, (int)notice->request.data.args[0]);
    if (fd >= 0 && read_local_name(notice, &call.address) && learn_type(fd, &call))
        supervisor->before(supervisor->state, &call);
    if (fd < 0 || !sg_supervisor_read_address(notice, &call.address) || !learn_type(fd, &call)) {
        sg_notice_continue(notice);
        return;
    }
    supervisor->before(supervisor->state, &call);
    shrink_buffers(supervisor, fd, call.type);
    if (supervisor->mapping->on)
        connect_led(supervisor, notice, fd, &call.address);
    else
        sg_notice_continue(notice);
}

static void serve_timer(struct sg_supervisor *supervisor, const struct sg_notice *notice)
{
    struct sg_call call = new_call(notice, SG_CALL_TIMER);
    struct itimerval times = {0};
    const __typeof__(notice->request.data.args[0]) *args = notice->request.data.args;
    if (notice->request.data.nr == SYS_setitimer && args[0] == ITIMER_REAL && args[1]) {
        call.alarms = sg_notice_read(notice, args[1], &times, sizeof times);
        call.repeats = timerisset(&times.it_interval) && timerisset(&times.it_value);
    }
#ifdef SYS_alarm
    call.alarms = call.alarms || notice->request.data.nr == SYS_alarm;
#endif
    supervisor->before(supervisor->state, &call);
    sg_notice_continue(notice);
}

static void serve_handler(struct sg_supervisor *supervisor, const struct sg_notice *notice)
{
    /* The kernel's struct sigaction begins so on all machines that the filter knows. */
    struct {
        uint64_t handler, flags;
    } action = {0};
    uint64_t address = notice->request.data.args[1];
    struct sg_call call = new_call(notice, SG_CALL_HANDLER);
    call.signal = (int)notice->request.data.args[0];
    if (address && sg_notice_read(notice, address, &action, sizeof action) && action.handler > 1) {
        call.restarts = (action.flags & SA_RESTART) != 0;
        supervisor->before(supervisor->state, &call);
        action.flags |= SA_RESTART;
        if (supervisor->restarts_calls)
            (void)sg_notice_write(notice, address, &action, sizeof action);
    }
    sg_notice_continue(notice);
}

/* A sendto() whose address is too short for one, or has no port: it fails with EINVAL. */
static bool names_nobody(const struct sg_notice *notice)
{
    const struct seccomp_data *data = &notice->request.data;
    struct sockaddr_in address; /* in both families the port is in the same place */
    if (data->nr != SYS_sendto || !data->args[4])
        return false;
    return data->args[5] < sizeof address ||
           (sg_notice_read(notice, data->args[4], &address, sizeof address) &&
            address.sin_port == 0);
}

static void note_destination(struct sg_supervisor *supervisor, const struct sg_notice *notice)
{
    struct sg_call call = {.kind = SG_CALL_SENDTO, .tid = sg_notice_tid(notice)};
    const struct seccomp_data *data = &notice->request.data;
    int family;
    if (!sg_notice_socket(notice, (int)data->args[0], &family, &call.type) ||
        call.type != SOCK_DGRAM)
        return;
    if (names_nobody(notice)) {
        call.kind = SG_CALL_NO_ADDRESS;
        call.wanted = (size_t)data->args[5];
    } else if (!supervisor->destinations || !read_destination(notice, &call.address)) {
        return;
    }
    supervisor->before(supervisor->state, &call);
}

/* A call that no submission may make fails, and is told of. */
static void refuse(struct sg_supervisor *supervisor, const struct sg_notice *notice,
                   const char *name, int error)
{
    const struct sg_call call = {.kind = SG_CALL_REFUSED,
                                 .tid = sg_notice_tid(notice),
                                 .name = name,
                                 .error = error,
                                 .family = (int)notice->request.data.args[0]};
    supervisor->setups++;
    supervisor->after(supervisor->state, &call);
    sg_notice_fail(notice, error);
}

static void serve_refused(struct sg_supervisor *supervisor, const struct sg_notice *notice)
{
    const struct sg_refused *row = sg_refused_find(&notice->request.data);
    if (row)
        refuse(supervisor, notice, row->name, row->error);
    else
        sg_notice_continue(notice);
}

/* A time limit of a socket, which the socket tables do not show. */
static void serve_option(struct sg_supervisor *supervisor, const struct sg_notice *notice)
{
    static const uint64_t limits[] = {SO_RCVTIMEO_OLD, SO_SNDTIMEO_OLD, SO_RCVTIMEO_NEW,
                                      SO_SNDTIMEO_NEW};
    bool is_limit = false;
    for (size_t i = 0; i < SG_COUNT(limits); i++)
        is_limit = is_limit || notice->request.data.args[2] == limits[i];
    if (notice->request.data.args[1] == SOL_PACKET) /* the filter lets pass what may be set */
        refuse(supervisor, notice, "setsockopt(SOL_PACKET)", EPERM);
    else if (notice->request.data.args[1] == SOL_SOCKET && is_limit)
        serve_timer(supervisor, notice);
    else
        sg_notice_continue(notice);
}

static void serve_exit(struct sg_supervisor *supervisor, const struct sg_notice *notice)
{
    sg_endings_meet(&supervisor->endings, notice);
}

typedef void serve_call(struct sg_supervisor *supervisor, const struct sg_notice *notice);

static const struct {
    long number;
    serve_call *by_listener, *by_tracer;
    int sort; /* enum sg_fault_call, where these are NULL */
} calls[] = {
    {SYS_bind, serve_bind, sg_traced_bind},
    {SYS_listen, serve_listen, sg_traced_listen},
    {SYS_connect, serve_connect, sg_traced_connect},
    {SYS_rt_sigaction, serve_handler, serve_handler},
    {SYS_setsockopt, serve_option, serve_option},
    {SYS_setitimer, serve_timer, serve_timer},
    {SYS_timer_settime, serve_timer, serve_timer},
    {SYS_timerfd_settime, serve_timer, serve_timer},
#ifdef SYS_alarm
    {SYS_alarm, serve_timer, serve_timer},
#endif
    {SYS_memfd_create, sg_memory_file_serve, sg_memory_file_serve},
    {SYS_exit_group, serve_exit, serve_exit},
    {SYS_sendto, .sort = SG_FAULT_SEND},
    {SYS_sendmsg, .sort = SG_FAULT_SEND},
    {SYS_sendmmsg, .sort = SG_FAULT_SEND},
    {SYS_write, .sort = SG_FAULT_SEND},
    {SYS_writev, .sort = SG_FAULT_SEND},
    {SYS_sendfile, .sort = SG_FAULT_SEND},
    {SYS_splice, .sort = SG_FAULT_SEND},
    {SYS_recvfrom, .sort = SG_FAULT_RECV},
    {SYS_recvmsg, .sort = SG_FAULT_RECV},
    {SYS_recvmmsg, .sort = SG_FAULT_RECV},
    {SYS_read, .sort = SG_FAULT_RECV},
    {SYS_readv, .sort = SG_FAULT_RECV},
    {SYS_accept, .sort = SG_FAULT_ACCEPT},
    {SYS_accept4, .sort = SG_FAULT_ACCEPT},
};

void sg_supervisor_answer(struct sg_supervisor *supervisor, const struct sg_notice *notice)
{
    if (sg_pipes_meet_standard(supervisor, notice)) {
        sg_notice_fail(notice, EINVAL);
        return;
    }
    for (size_t i = 0; i < SG_COUNT(calls); i++) {
        serve_call *serve = notice->thread ? calls[i].by_tracer : calls[i].by_listener;
        if (calls[i].number != notice->request.data.nr)
            continue;
        if (supervisor->datagrams && calls[i].sort == SG_FAULT_SEND)
            note_destination(supervisor, notice);
        supervisor->setups += serve != NULL;
        if (serve)
            serve(supervisor, notice);
        else if (!sg_lead_datagram(supervisor, notice))
            sg_inject(supervisor, notice, calls[i].sort);
        return;
    }
    serve_refused(supervisor, notice);
}

unsigned sg_supervisor_traps(const struct sg_fault *faults, size_t count)
{
    static const unsigned traps[] = {[SG_FAULT_SEND] = SG_TRAP_SEND,
                                     [SG_FAULT_RECV] = SG_TRAP_RECV,
                                     [SG_FAULT_ACCEPT] = SG_TRAP_ACCEPT};
    unsigned all = SG_TRAP_SETUP;
    for (size_t i = 0; i < count; i++)
        all |= traps[faults[i].call];
    return all;
}

bool sg_supervisor_serve(struct sg_supervisor *supervisor)
{
    bool served = supervisor->tracer && sg_tracer_serve(supervisor->tracer);
    for (int count = 0; supervisor->fd >= 0 && count < MOST_AT_ONCE; count++) {
        struct pollfd poll_fd = {.fd = supervisor->fd, .events = POLLIN};
        if (poll(&poll_fd, 1, 0) <= 0)
            return served;
        if (!(poll_fd.revents & POLLIN)) {
            sg_supervisor_close(supervisor); /* the last process with the filter is gone */
            return served;
        }
        struct sg_notice notice = {.listener = supervisor->fd};
        if (ioctl(supervisor->fd, SECCOMP_IOCTL_NOTIF_RECV, &notice.request) < 0)
            return served;
        served = true;
        sg_supervisor_answer(supervisor, &notice);
    }
    return served;
}

void sg_supervisor_close(struct sg_supervisor *supervisor)
{
    if (supervisor->fd >= 0)
        (void)close(supervisor->fd);
    supervisor->fd = -1;
    sg_endings_close(&supervisor->endings);
}
