/* SPDX-License-Identifier: MIT
 * Our end of a connection. */
#include "wire/connection.h"

#include "base/language.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

/* A program that floods us is cut off: no protocol has it send so many times what it was sent, and
 * an answer much less in more pieces than that has bytes. */
static bool is_flooded(const struct sg_connection *connection)
{
    enum { MOST_TIMES = 4, MOST_PIECES = 512, MOST_IN_PIECES = 16384 };
    const size_t said = connection->said ? *connection->said : connection->out.length;
    const bool in_pieces = connection->answers && connection->pieces > MOST_PIECES + said;
    const size_t most = in_pieces ? MOST_IN_PIECES : connection->most_unasked;
    return connection->most_unasked &&
           connection->in.length / MOST_TIMES > most / MOST_TIMES + said;
}

static struct sg_event_about about(const struct sg_connection *connection, bool from_us)
{
    return (struct sg_event_about){
        .from = from_us ? "harness" : connection->program,
        .to = from_us ? connection->program : "harness",
        .peer = connection->peer,
        .connection = connection->number,
    };
}

static void log_event(struct sg_connection *connection, enum sg_event_kind kind, bool from_us,
                      const char *text)
{
    struct sg_event_about event = about(connection, from_us);
    sg_transcript_add(connection->transcript, kind, &event, false, text ? "%s" : NULL, text);
}

/* The address that was connected to is the same in every run; the other end's may be any. */
static void log_connect(struct sg_connection *connection, bool from_us, const union sg_address *to)
{
    char room[SG_ADDRESS_TEXT];
    const union sg_address plain = sg_address_unmapped(to);
    log_event(connection, SG_EVENT_CONNECT, from_us, sg_address_print(&plain, room));
}

bool sg_connection_is_local(const struct sg_connection *connection)
{
    return sg_address_is_local(&connection->local);
}

static int set_up(struct sg_connection *connection, struct sg_error *err)
{
    const int on = 1;
    if (sg_connection_is_local(connection))
        return 0;
    /* Every send of ours is a segment of its own, whatever is still unacknowledged. */
    if (setsockopt(connection->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) < 0)
        return sg_fail_os(err, "set TCP_NODELAY");
    return 0;
}

static int learn_addresses(struct sg_connection *connection, struct sg_error *err)
{
    socklen_t length = sizeof connection->local;
    if (getsockname(connection->fd, &connection->local.any, &length) < 0)
        return sg_fail_os(err, "read the address of a socket");
    length = sizeof connection->remote;
    if (getpeername(connection->fd, &connection->remote.any, &length) < 0 && errno != ENOTCONN)
        return sg_fail_os(err, "read the address of a peer");
    return 0;
}

int sg_socket_shrink(int fd, size_t receive_buffer, struct sg_error *err)
{
    /* Loopback's segments of 64 KiB would not fit into a small window; those of an Ethernet do. */
    const int size = (int)receive_buffer, segment = 1460;
    if (setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size) < 0)
        return sg_fail_os(err, "set SO_RCVBUF");
    if (setsockopt(fd, IPPROTO_TCP, TCP_MAXSEG, &segment, sizeof segment) < 0)
        return sg_fail_os(err, "set TCP_MAXSEG");
    return 0;
}

/* The same port in every run, where it is free: servers print who has connected. It is beyond those
 * that the kernel gives out by itself. */
static void choose_port(int fd, sa_family_t family, int number)
{
    enum { FIRST = 61001, COUNT = 4000 };
    union sg_address from = sg_address_wildcard(family, (uint16_t)(FIRST + number % COUNT));
    (void)bind(fd, &from.any, sg_address_length(&from));
}

static void note_refused(struct sg_connection *connection)
{
    connection->connecting = false;
    connection->refused = true;
    log_event(connection, SG_EVENT_RESET, false, _("connection refused"));
    sg_connection_close(connection);
}

int sg_connection_connect(struct sg_connection *connection, const union sg_address *to,
                          size_t receive_buffer, int number, struct sg_error *err)
{
    connection->number = number;
    connection->remote = *to;
    connection->receive_buffer = receive_buffer;
    connection->attempts++;
    connection->fd = socket(to->any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (connection->fd < 0)
        return sg_fail_os(err, "create a socket");
    if (receive_buffer && sg_socket_shrink(connection->fd, receive_buffer, err) < 0)
        return -1;
    if (set_up(connection, err) < 0)
        return -1;
    choose_port(connection->fd, to->any.sa_family, number);
    if (connect(connection->fd, &to->any, sg_address_length(to)) == 0) {
        log_connect(connection, true, to);
    } else if (errno == EINPROGRESS) {
        connection->connecting = true;
    } else {
        note_refused(connection);
        return 0;
    }
    return learn_addresses(connection, err);
}

/* A full backlog is told at once (EAGAIN), and nothing tells when it has room again. */
static void dial_local(struct sg_connection *connection)
{
    union sg_address to = {.local = {.sun_family = AF_UNIX}};
    struct sg_error ignored;
    (void)snprintf(to.local.sun_path, sizeof to.local.sun_path, "/proc/self/fd/%d",
                   connection->place);
    connection->connecting = false;
    if (connect(connection->fd, &to.any, sg_address_length(&to)) == 0) {
        (void)learn_addresses(connection, &ignored);
        log_connect(connection, true, &connection->remote);
    } else if (errno == EAGAIN || errno == EINTR) {
        connection->connecting = true;
    } else {
        note_refused(connection);
    }
}

int sg_connection_connect_local(struct sg_connection *connection, int place, int number,
                                struct sg_error *err)
{
    connection->number = number;
    connection->place = place;
    connection->attempts = 1;
    connection->local.local.sun_family = AF_UNIX;
    connection->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (connection->fd < 0)
        return sg_fail_os(err, "create a socket");
    if (place < 0)
        note_refused(connection);
    else
        dial_local(connection);
    return 0;
}

int sg_connection_reconnect(struct sg_connection *connection, struct sg_error *err)
{
    if (sg_connection_is_local(connection)) {
        dial_local(connection);
        return 0;
    }
    const union sg_address to = connection->remote;
    (void)close(connection->fd);
    connection->connecting = false;
    return sg_connection_connect(connection, &to, connection->receive_buffer, connection->number,
                                 err);
}

void sg_connection_finish_connect(struct sg_connection *connection)
{
    int error = 0;
    socklen_t length = sizeof error;
    if (sg_connection_is_local(connection)) {
        dial_local(connection);
        return;
    }
    (void)getsockopt(connection->fd, SOL_SOCKET, SO_ERROR, &error, &length);
    connection->connecting = false;
    connection->was_reset = error == ECONNRESET; /* which is said of none that was not connected */
    if (error == 0 || connection->was_reset)
        log_connect(connection, true, &connection->remote);
    else
        note_refused(connection);
}

int sg_connection_adopt(struct sg_connection *connection, int fd, int number, struct sg_error *err)
{
    connection->fd = fd;
    connection->number = number;
    if (learn_addresses(connection, err) < 0)
        return -1;
    log_connect(connection, false, &connection->local);
    return set_up(connection, err);
}

void sg_connection_send(struct sg_connection *connection, struct sg_slice bytes)
{
    if (connection->broken || connection->fd < 0 || connection->ended || connection->ending) {
        struct sg_event_about event = about(connection, true);
        event.data = bytes;
        sg_transcript_add(connection->transcript, SG_EVENT_UNSENT, &event, false, NULL);
        connection->unsent += bytes.length;
        sg_bytes_add(&connection->out, bytes.data, bytes.length);
        return;
    }
    connection->segments = sg_realloc_array(connection->segments, connection->segment_count + 1,
                                            sizeof *connection->segments);
    connection->segments[connection->segment_count++] = (struct sg_segment){
        .start = connection->out.length,
        .length = bytes.length,
        .at_ns = sg_transcript_now(connection->transcript),
    };
    sg_bytes_add(&connection->out, bytes.data, bytes.length);
    if (connection->said)
        *connection->said += bytes.length;
    (void)sg_connection_flush(connection);
}

static void note_broken(struct sg_connection *connection)
{
    struct sg_event_about event = about(connection, true);
    event.data = sg_slice_skip(sg_bytes_slice(&connection->out), connection->sent);
    sg_transcript_add(connection->transcript, SG_EVENT_UNSENT, &event, false,
                      "the connection was over");
    connection->unsent += event.data.length;
    connection->broken = true;
}

bool sg_connection_flush(struct sg_connection *connection)
{
    bool moved = false;
    while (connection->fd >= 0 && !connection->broken && !connection->connecting &&
           connection->sent < connection->out.length) {
        struct sg_slice rest = sg_slice_skip(sg_bytes_slice(&connection->out), connection->sent);
        ssize_t count = send(connection->fd, rest.data, rest.length, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            break;
        if (count < 0) {
            connection->was_reset = connection->was_reset || errno == ECONNRESET;
            note_broken(connection);
            return true;
        }
        struct sg_event_about event = about(connection, true);
        event.data = sg_slice_first(rest, (size_t)count);
        bool begun = connection->sent > connection->segments[connection->segment_count - 1].start;
        sg_transcript_add(connection->transcript, SG_EVENT_DATA, &event, begun, NULL);
        connection->sent += (size_t)count;
        moved = true;
    }
    if (connection->ending && connection->sent == connection->out.length)
        sg_connection_shutdown(connection);
    return moved;
}

static void note_end(struct sg_connection *connection, enum sg_stream_end end)
{
    connection->end = end;
    connection->end_ns = sg_transcript_now(connection->transcript);
    log_event(connection, end == SG_STREAM_ENDED ? SG_EVENT_END : SG_EVENT_RESET, false, NULL);
}

/* Reads at most `most` bytes; what the socket holds is the other side's, in order. */
static bool read_some(struct sg_connection *connection, size_t most)
{
    bool moved = false;
    while (connection->fd >= 0 && !connection->connecting && connection->end == SG_STREAM_OPEN &&
           most) {
        size_t step = most < 65536 ? most : 65536;
        uint8_t *room = sg_bytes_reserve(&connection->in, step);
        ssize_t count = recv(connection->fd, room, step, MSG_DONTWAIT);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            break;
        moved = true;
        if (count <= 0) {
            bool ended = count == 0 && !connection->was_reset;
            note_end(connection, ended ? SG_STREAM_ENDED : SG_STREAM_RESET);
            break;
        }
        if (!connection->in.length)
            connection->first_ns = sg_transcript_now(connection->transcript);
        connection->in.length += (size_t)count;
        connection->pieces++;
        struct sg_event_about event = about(connection, false);
        event.data = (struct sg_slice){room, (size_t)count};
        sg_transcript_add(connection->transcript, SG_EVENT_DATA, &event, true, NULL);
        most -= (size_t)count;
        if (is_flooded(connection)) {
            connection->flooded = true;
            connection->reading = SG_READING_NOTHING;
            break;
        }
    }
    return moved;
}

bool sg_connection_read(struct sg_connection *connection)
{
    return connection->reading == SG_READING_ALL && read_some(connection, SIZE_MAX);
}

bool sg_connection_sip(struct sg_connection *connection)
{
    return connection->reading == SG_READING_SLOWLY &&
           read_some(connection, connection->slow_bytes);
}

void sg_connection_shutdown(struct sg_connection *connection)
{
    connection->ending = !sg_connection_all_sent(connection);
    if (connection->ending)
        return;
    if (connection->fd >= 0 && !connection->ended)
        (void)shutdown(connection->fd, SHUT_WR);
    if (!connection->ended)
        log_event(connection, SG_EVENT_END, true, NULL);
    connection->ended = true;
}

void sg_connection_close(struct sg_connection *connection)
{
    if (connection->fd < 0)
        return;
    (void)close(connection->fd);
    connection->fd = -1;
    if (!connection->refused)
        sg_transcript_forget(connection->transcript, connection->number);
    if (!connection->refused)
        log_event(connection, SG_EVENT_CLOSE, true, NULL);
    connection->ended = true;
    connection->closed = true;
}

void sg_connection_reset(struct sg_connection *connection)
{
    if (connection->fd < 0)
        return;
    const struct linger at_once = {.l_onoff = 1, .l_linger = 0};
    (void)setsockopt(connection->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    (void)close(connection->fd);
    connection->fd = -1;
    sg_transcript_forget(connection->transcript, connection->number);
    log_event(connection, SG_EVENT_RESET, true, NULL);
    connection->ended = true;
    connection->closed = true;
    connection->we_reset = true;
}

short sg_connection_interest(const struct sg_connection *connection)
{
    if (connection->fd < 0)
        return 0;
    if (connection->connecting)
        return sg_connection_is_local(connection) ? 0 : POLLOUT;
    short events = 0;
    if (connection->reading == SG_READING_ALL && connection->end == SG_STREAM_OPEN)
        events |= POLLIN;
    if (!connection->broken && connection->sent < connection->out.length)
        events |= POLLOUT;
    return events;
}

struct sg_slice sg_connection_rest(const struct sg_connection *connection)
{
    return sg_slice_skip(sg_bytes_slice(&connection->in), connection->taken);
}

bool sg_connection_all_sent(const struct sg_connection *connection)
{
    return connection->broken || connection->fd < 0 || connection->sent == connection->out.length;
}

void sg_connection_done(struct sg_connection *connection)
{
    if (connection->fd >= 0)
        (void)close(connection->fd);
    if (connection->place > 0)
        (void)close(connection->place);
    sg_bytes_done(&connection->in);
    sg_bytes_done(&connection->out);
    free(connection->segments);
    *connection = (struct sg_connection){.fd = -1};
}
