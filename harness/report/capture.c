/* SPDX-License-Identifier: MIT
 * From a transcript to the packets of a capture; capture_blocks.c writes them. */
#include "report/capture.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "report/capture_blocks.h"

enum { FIRST_CLIENT_PORT = 61001, MOST_COMMENT_BYTES = 200 };

/* One connection, or one socket for datagrams. End 0 is the client's. */
struct flow {
    int connection;
    bool stream;
    char client[16]; /* the party at end 0 */
    struct sg_packet_end ends[2];
    bool open, ended[2];
};

struct capture {
    struct sg_capture_file file;
    struct sg_packet_end server; /* where the program under test listens */
    struct flow *flows;
    size_t count;
};

/* Reads "127.0.0.1:5000" or "[::1]:5000"; a wildcard is reached over loopback. */
static bool read_address(const char *text, struct sg_packet_end *ret)
{
    char host[64];
    unsigned port;
    if (!text)
        return false;
    bool v6 = sscanf(text, "[%63[0-9a-fA-F:.]]:%u", host, &port) == 2;
    if ((!v6 && sscanf(text, "%63[0-9.]:%u", host, &port) != 2) || port > 65535)
        return false;
    struct sg_packet_end end = {.family = v6 ? AF_INET6 : AF_INET, .port = (uint16_t)port};
    if (inet_pton(end.family, host, end.address) != 1)
        return false;
    static const uint8_t none[16];
    if (memcmp(end.address, none, sizeof none) == 0)
        (void)inet_pton(end.family, v6 ? "::1" : "127.0.0.1", end.address);
    *ret = end;
    return true;
}

static struct flow *find_flow(struct capture *capture, const struct sg_event *event)
{
    for (size_t i = 0; i < capture->count; i++)
        if (capture->flows[i].connection == event->connection)
            return &capture->flows[i];
    return NULL;
}

static struct flow *add_flow(struct capture *capture, const struct sg_event *event,
                             const char *client)
{
    capture->flows = sg_realloc_array(capture->flows, capture->count + 1, sizeof *capture->flows);
    struct flow *flow = &capture->flows[capture->count++];
    *flow = (struct flow){.connection = event->connection, .open = true};
    (void)snprintf(flow->client, sizeof flow->client, "%s", client);
    flow->ends[1] = capture->server;
    (void)read_address(event->text, &flow->ends[1]);
    flow->ends[0] = (struct sg_packet_end){
        .family = flow->ends[1].family,
        .port = (uint16_t)(FIRST_CLIENT_PORT + event->connection),
    };
    (void)inet_pton(flow->ends[0].family, flow->ends[0].family == AF_INET6 ? "::1" : "127.0.0.1",
                    flow->ends[0].address);
    return flow;
}

static int sender(const struct flow *flow, const struct sg_event *event)
{
    return strcmp(event->from, flow->client) == 0 ? 0 : 1;
}

static void add_segment(struct capture *capture, struct flow *flow, int from, uint8_t flags,
                        struct sg_slice data, uint64_t at_ns)
{
    sg_capture_add_segment(&capture->file, &flow->ends[from], &flow->ends[!from], flags, data,
                           at_ns);
}

static void connect_flow(struct capture *capture, const struct sg_event *event)
{
    struct flow *flow = add_flow(capture, event, event->from);
    const struct sg_slice none = {0};
    flow->stream = true;
    add_segment(capture, flow, 0, SG_TCP_SYN, none, event->at_ns);
    add_segment(capture, flow, 1, SG_TCP_SYN | SG_TCP_ACK, none, event->at_ns);
    add_segment(capture, flow, 0, SG_TCP_ACK, none, event->at_ns);
}

/* The kernel's own packets hold at most this much over loopback. */
enum { MOST_PAYLOAD = 65483 };

static void send_data(struct capture *capture, struct flow *flow, const struct sg_event *event)
{
    int from = sender(flow, event);
    struct sg_slice left = sg_bytes_slice(&event->data);
    if (!flow->stream) {
        sg_capture_add_datagram(&capture->file, &flow->ends[from], &flow->ends[!from], left,
                                event->at_ns);
        return;
    }
    while (left.length) {
        struct sg_slice part = sg_slice_first(left, MOST_PAYLOAD);
        add_segment(capture, flow, from, SG_TCP_ACK | SG_TCP_PSH, part, event->at_ns);
        left = sg_slice_skip(left, part.length);
    }
    if (flow->open)
        add_segment(capture, flow, !from, SG_TCP_ACK, (struct sg_slice){0}, event->at_ns);
}

static void end_stream(struct capture *capture, struct flow *flow, const struct sg_event *event)
{
    int from = sender(flow, event);
    if (!flow->stream || flow->ended[from] || !flow->open)
        return;
    flow->ended[from] = true;
    add_segment(capture, flow, from, SG_TCP_FIN | SG_TCP_ACK, (struct sg_slice){0}, event->at_ns);
    add_segment(capture, flow, !from, SG_TCP_ACK, (struct sg_slice){0}, event->at_ns);
}

static void reset_flow(struct capture *capture, struct flow *flow, const struct sg_event *event)
{
    if (!flow->stream || !flow->open)
        return;
    flow->open = false;
    add_segment(capture, flow, sender(flow, event), SG_TCP_RST | SG_TCP_ACK, (struct sg_slice){0},
                event->at_ns);
}

/* What is no packet is said beside the next one. */
static void comment(struct capture *capture, const struct sg_event *event)
{
    sg_autobytes struct sg_bytes text = {0};
    struct sg_slice shown = sg_slice_first(sg_bytes_slice(&event->data), MOST_COMMENT_BYTES);
    sg_bytes_printf(&text, "%.3f ms %s: %s", (double)event->at_ns / 1e6,
                    strcmp(event->from, "harness") == 0 ? "examiner" : event->from,
                    sg_event_word(event->kind));
    if (event->to)
        sg_bytes_printf(&text, " %s", event->to);
    if (event->text) {
        sg_bytes_add_byte(&text, ' ');
        sg_show(&text, (const uint8_t *)event->text, strlen(event->text));
    }
    if (event->bytes) {
        sg_bytes_printf(&text, " %zu bytes: \"", event->bytes);
        sg_show(&text, shown.data, shown.length);
        sg_bytes_add_text(&text, shown.length < event->bytes ? "\" …" : "\"");
    }
    sg_capture_comment(&capture->file, sg_bytes_text(&text));
}

/* Who is the client of a conversation in datagrams. */
static const char *datagram_client(const struct sg_event *event)
{
    bool asks =
        strcmp(event->from, "client") == 0 || (event->to && strcmp(event->to, "server") == 0);
    return asks || !event->to ? event->from : event->to;
}

static void add_event(struct capture *capture, const struct sg_event *event)
{
    struct flow *flow = find_flow(capture, event);
    switch (event->kind) {
    case SG_EVENT_LISTEN:
        (void)read_address(event->text, &capture->server);
        comment(capture, event);
        return;
    case SG_EVENT_CONNECT:
        connect_flow(capture, event);
        return;
    case SG_EVENT_DATA:
        send_data(capture, flow ? flow : add_flow(capture, event, datagram_client(event)), event);
        return;
    case SG_EVENT_END:
    case SG_EVENT_CLOSE:
        if (flow)
            end_stream(capture, flow, event);
        return;
    case SG_EVENT_RESET:
        if (flow)
            reset_flow(capture, flow, event);
        else
            comment(capture, event);
        return;
    case SG_EVENT_START:
    case SG_EVENT_UNSENT:
    case SG_EVENT_STDIN:
    case SG_EVENT_OUTPUT:
    case SG_EVENT_SIGNAL:
    case SG_EVENT_EXIT:
    case SG_EVENT_BLOCKED:
    case SG_EVENT_FAULT:
        comment(capture, event);
        return;
    }
}

void sg_write_capture(const struct sg_case_result *result, struct sg_bytes *out)
{
    struct capture capture = {.file = {.out = out}};
    (void)read_address("127.0.0.1:7", &capture.server);
    sg_autofree char *what = sg_printf("%s %s: %s", result->role, result->id, result->title);
    sg_capture_begin(&capture.file, what);
    for (size_t i = 0; i < result->event_count; i++)
        add_event(&capture, &result->transcript[i]);
    if (result->diagnosis.message) {
        sg_autobytes struct sg_bytes text = {0};
        const char *message = result->diagnosis.message;
        sg_bytes_printf(&text, "%s: ", sg_code_info(result->diagnosis.code)->id);
        sg_show(&text, (const uint8_t *)message, strlen(message));
        sg_capture_comment(&capture.file, sg_bytes_text(&text));
    }
    sg_capture_end(&capture.file);
    free(capture.flows);
}
