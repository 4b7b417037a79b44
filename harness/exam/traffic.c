/* SPDX-License-Identifier: MIT
 * What hosts send each other, for programs that listen in. The packets are handed to the program's
 * own machine, as to a router that passes nothing on: its kernel throws them away without a word,
 * and all that is ever seen on the link is what a case has put there. */
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/random.h"
#include "exam/actors.h"
#include "exam/play.h"
#include "exam/printed.h"
#include "exam/settle.h"
#include "exam/steps.h"
#include "exam/wait.h"

static bool is_used(const struct sg_exam *exam, uint16_t port)
{
    for (size_t i = 0; i < exam->hosts.segment_count; i++) {
        const struct sg_segment_sent *other = &exam->hosts.segments[i];
        uint16_t swapped = (uint16_t)(port << 8 | port >> 8);
        if (other->from_port == port || other->to_port == port || other->from_port == swapped ||
            other->to_port == swapped)
            return true;
    }
    return false;
}

/* Of five digits, also with its bytes swapped, and no other packet's: so that it is known wherever
 * it stands. */
static uint16_t choose_port(const struct sg_exam *exam, struct sg_random *random)
{
    for (;;) {
        uint16_t port = (uint16_t)(10000 + sg_random_below(random, 50000));
        uint16_t swapped = (uint16_t)(port << 8 | port >> 8);
        if (swapped >= 10000 && swapped != port && !is_used(exam, port))
            return port;
    }
}

/* It has made a packet socket, and every thread of it waits: what comes now it gets. */
static bool listens_in(struct sg_exam *exam, void *state)
{
    (void)state;
    size_t packet, raw;
    return sg_link_count_sockets(&exam->hosts.link, &packet, &raw) && packet > 0 &&
           sg_exam_settle(exam).verdict >= SG_STILL_BOUNDED;
}

static bool await_listening(struct sg_exam *exam, const struct sg_step *step)
{
    size_t packet = 0, raw = 0;
    enum sg_outcome outcome = sg_exam_wait(exam, listens_in, NULL, exam->assignment->reply_ns);
    if (outcome == SG_OUTCOME_MET && sg_exam_judged(exam)->process.life == SG_LIFE_RUNNING)
        return true;
    (void)sg_link_count_sockets(&exam->hosts.link, &packet, &raw);
    if (packet && outcome != SG_OUTCOME_GONE)
        return true; /* it is never at rest; it has its socket */
    const struct sg_exam_program *judged = sg_exam_judged(exam);
    if (judged->refused_count) {
        exam->inconclusive = true;
        exam->reason = sg_printf(_("it ended because the jail refuses %s"),
                                 judged->refused[judged->refused_count - 1]);
        return false;
    }
    (void)sg_exam_fail(exam, SG_FAILURE_NO_SOCKET, step, outcome);
    exam->evidence.echo.other_sockets = raw;
    return false;
}

static struct in_addr address_of(const struct sg_exam *exam, const char *name)
{
    for (size_t i = 0; i < exam->peer_count; i++) {
        if (strcmp(exam->peers[i].name, name) == 0)
            return exam->peers[i].machine;
    }
    return (struct in_addr){0};
}

static struct sg_segment_sent *keep(struct sg_exam *exam, const struct sg_segment_sent *sent)
{
    struct sg_exam_hosts *hosts = &exam->hosts;
    hosts->segments =
        sg_realloc_array(hosts->segments, hosts->segment_count + 1, sizeof *hosts->segments);
    hosts->segments[hosts->segment_count] = *sent;
    return &hosts->segments[hosts->segment_count++];
}

/* What the packet holds, behind its IP header. */
static uint8_t add_payload(const struct sg_segment_sent *sent, int packet, uint32_t sequence,
                           struct sg_slice data, struct sg_bytes *out)
{
    const struct sg_ported segment = {.from_port = sent->from_port,
                                      .to_port = sent->to_port,
                                      .sequence = sequence,
                                      .options = sent->tcp_options,
                                      .data = data};
    if (packet == SG_PACKET_UDP) {
        sg_segment_add_udp(out, sent->from, sent->to, &segment);
        return IPPROTO_UDP;
    }
    if (packet == SG_PACKET_ICMP) {
        /* Where TCP has its ports an echo has none; its id and number look like some. */
        const struct sg_echo echo = {.type = SG_ICMP_ECHO_REQUEST,
                                     .id = sent->from_port,
                                     .sequence = sent->to_port,
                                     .data = data};
        sg_echo_add(out, &echo);
        return IPPROTO_ICMP;
    }
    sg_segment_add_tcp(out, sent->from, sent->to, &segment);
    return IPPROTO_TCP;
}

static void send_packet(struct sg_exam *exam, struct sg_segment_sent *sent,
                        const struct sg_step *step, uint32_t sequence, struct sg_slice data)
{
    struct sg_link *link = &exam->hosts.link;
    sg_autobytes struct sg_bytes payload = {0}, frame = {0};
    if (step->packet == SG_PACKET_ARP) {
        sg_frame_add_arp(&frame, &link->macs, sent->from, sent->to);
        (void)sg_link_send_frame(link, sg_bytes_slice(&frame));
        return;
    }
    struct sg_packet packet = {.from = sent->from, .to = sent->to, .options = sent->ip_options};
    packet.protocol = add_payload(sent, step->packet, sequence, data, &payload);
    packet.payload = sg_bytes_slice(&payload);
    sent->packet_length = (sent->ip_options ? 24 : 20) + payload.length;
    (void)sg_link_send(link, &packet);
}

bool sg_exam_transmit(struct sg_exam *exam, struct sg_exam_peer *peer, const struct sg_step *step,
                      struct sg_error *err)
{
    (void)err;
    if (!exam->hosts.segment_count && !await_listening(exam, step))
        return false;
    char number[24];
    (void)snprintf(number, sizeof number, "%zu", exam->hosts.segment_count);
    const char *names[] = {"ports", exam->request->submission->id, exam->one->name, number, NULL};
    struct sg_random random;
    sg_random_init(&random, exam->request->seed, names);
    sg_autobytes struct sg_bytes data = {0};
    sg_data_make(&exam->data, &step->data, &data);
    struct sg_segment_sent sent = {
        .from = peer->machine,
        .to = address_of(exam, step->to),
        .from_port = choose_port(exam, &random),
        .is_tcp = step->packet == SG_PACKET_TCP,
        .ip_options = step->options == SG_OPTIONS_IP || step->options == SG_OPTIONS_BOTH,
        .tcp_options = step->options == SG_OPTIONS_TCP || step->options == SG_OPTIONS_BOTH,
        .data_length = data.length,
    };
    do
        sent.to_port = choose_port(exam, &random);
    while (sent.to_port == sent.from_port);
    struct sg_event_about about = {.from = "harness",
                                   .to = exam->one->role == SG_ROLE_CLIENT ? "client" : "server",
                                   .peer = peer->name,
                                   .is_datagram = true};
    sg_transcript_add(&exam->transcript, SG_EVENT_DATA, &about, false,
                      _("to %s, %s, ports %u and %u, %zu bytes"), step->to,
                      sg_packet_kind_word(step->packet), (unsigned)sent.from_port,
                      (unsigned)sent.to_port, data.length);
    send_packet(exam, keep(exam, &sent), step, (uint32_t)sg_random_next(&random),
                sg_bytes_slice(&data));
    return true;
}

size_t sg_exam_first_untold(const struct sg_exam *exam, const struct sg_exam_program *program)
{
    struct sg_printed_evidence printed = {0};
    for (size_t i = 0; i < exam->one->play.count; i++) {
        const struct sg_step *step = &exam->one->play.items[i];
        if (step->action == SG_ACT_EXPECT_SEGMENTS)
            (void)sg_printed_segments(sg_bytes_slice(&program->process.out.bytes),
                                      exam->hosts.segments, exam->hosts.segment_count,
                                      (size_t)step->times, &printed);
    }
    return printed.segment_fault == SG_SEGMENT_MISSING ? printed.wrong : 0;
}
