/* SPDX-License-Identifier: MIT
 * Between two programs of a case: the client program connects to us, we connect to the server
 * program and pass on what each sends, its end and its reset too. So all that goes between them is
 * seen, and a client and a server with different ports in their sources still meet. */
#include "exam/relay.h"

#include <stdlib.h>
#include <unistd.h>

#include "exam/actors.h"
#include "exam/discover.h"
#include "exam/local.h"
#include "exam/segment.h"

static const char relay_name[] = SG_RELAY_NAME;

int sg_exam_open_relay(struct sg_exam *exam, struct sg_error *err)
{
    return sg_exam_listen(exam, &exam->relay.listener, exam->port, 0, err);
}

void sg_exam_close_relay(struct sg_exam *exam)
{
    sg_exam_close_path(exam);
    sg_listener_close(&exam->relay.listener);
    free(exam->relay.items);
    free(exam->relay.sockets);
}

union sg_address sg_exam_server_address(struct sg_exam *exam)
{
    const struct sg_exam_program *server = sg_exam_program(exam, "server");
    union sg_address address = sg_address_unmapped(&server->address);
    uint16_t port = sg_address_port(&address);
    if (exam->mapping.on)
        return address;
    if (exam->one->family == AF_INET && !sg_address_is_wildcard(&address))
        return address; /* one of 127/8, too, is reached there alone */
    return sg_address_loopback(exam->one->family, port);
}

int sg_exam_connect(struct sg_exam *exam, struct sg_connection *connection, size_t receive_buffer,
                    struct sg_error *err)
{
    if (sg_exam_is_local(exam))
        return sg_exam_connect_local(exam, connection, err);
    union sg_address to = sg_exam_server_address(exam);
    return sg_connection_connect(connection, &to, receive_buffer, (int)exam->connection_count, err);
}

struct sg_connection *sg_exam_last_served(const struct sg_exam *exam)
{
    return exam->relay.count ? exam->relay.items[exam->relay.count - 1].server : NULL;
}

bool sg_exam_end_relayed(struct sg_exam *exam)
{
    bool ended = false;
    for (size_t i = 0; i < exam->relay.count; i++) {
        struct sg_connection *server = exam->relay.items[i].server;
        if (server->ended || server->connecting || server->fd < 0)
            continue;
        sg_connection_shutdown(server);
        ended = true;
    }
    return ended;
}

static void accept_one(struct sg_exam *exam, int fd)
{
    struct sg_relay *relay = &exam->relay;
    struct sg_error ignored;
    struct sg_connection *client = sg_exam_add_connection(exam, relay_name, "client");
    if (sg_connection_adopt(client, fd, (int)exam->connection_count, &ignored) < 0)
        return;
    struct sg_connection *server = sg_exam_add_connection(exam, relay_name, "server");
    if (sg_exam_connect(exam, server, 0, &ignored) < 0)
        return;
    relay->items = sg_realloc_array(relay->items, relay->count + 1, sizeof *relay->items);
    relay->items[relay->count++] = (struct sg_relayed){.client = client, .server = server};
}

/* Passes on what came from `from` and has not been passed on; then its end. */
static bool pass_on(struct sg_exam *exam, struct sg_connection *from, struct sg_connection *to,
                    size_t *passed)
{
    struct sg_slice rest = sg_slice_skip(sg_bytes_slice(&from->in), *passed);
    if (to->connecting)
        return false;
    const struct sg_fault *fault = sg_exam_short_receives(exam, to->program);
    if (rest.length && fault) {
        if (!sg_exam_has_taken(exam, to))
            return false;
        size_t most = sg_exam_draw_receive(exam, fault, to, to->segment_count);
        exam->receives_cut += most < rest.length;
        rest = sg_slice_first(rest, most < rest.length ? most : rest.length);
    }
    if (rest.length) {
        sg_connection_send(to, rest);
        *passed += rest.length;
        return true;
    }
    if (to->ended || !sg_connection_all_sent(to))
        return false;
    if (from->end == SG_STREAM_RESET || from->refused) {
        sg_connection_reset(to);
        return true;
    }
    if (from->end == SG_STREAM_ENDED) {
        sg_connection_shutdown(to);
        return true;
    }
    return false;
}

bool sg_exam_pump_relay(struct sg_exam *exam)
{
    bool moved = false;
    int fd;
    while (exam->relay.listener.fd >= 0 && (fd = sg_listener_accept(&exam->relay.listener)) >= 0) {
        sg_exam_discover_connect(exam, fd);
        accept_one(exam, fd);
        moved = true;
    }
    for (size_t i = 0; i < exam->relay.count; i++) {
        struct sg_relayed *relayed = &exam->relay.items[i];
        moved |= pass_on(exam, relayed->client, relayed->server, &relayed->to_server);
        moved |= pass_on(exam, relayed->server, relayed->client, &relayed->to_client);
    }
    return moved;
}
