/* SPDX-License-Identifier: MIT
 * Peers that are other machines: their addresses, the echo requests that they get, and what they
 * make of them. A host answers by itself, whenever a request comes: a program may send one after
 * the other, or all at once. */
#include "exam/hosts.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/language.h"
#include "base/random.h"
#include "exam/play.h"
#include "exam/steps.h"
#include "exam/wait.h"
#include "wire/network.h"

enum { FIRST_NETWORK = 0x0a000000 /* 10.0.0.0 */, OTHER_ID = 0x5a5a, OTHER_SEQUENCE = 0x4000 };

/* A program has waited at least so long before it gives up; and we answer at once, where we are
 * let. */
static const uint64_t late_ns = UINT64_C(300000000);

static bool is_taken(const struct sg_exam *exam, uint32_t address)
{
    bool taken = ntohl(exam->hosts.own.s_addr) == address;
    for (size_t i = 0; i < exam->peer_count; i++)
        taken = taken || ntohl(exam->peers[i].machine.s_addr) == address;
    return taken;
}

/* Of a network that no source is likely to hold. */
static struct in_addr choose_address(struct sg_exam *exam, struct sg_random *random,
                                     uint32_t network)
{
    uint32_t address;
    do
        address = network + 2 + (uint32_t)sg_random_below(random, 250);
    while (is_taken(exam, address));
    return (struct in_addr){.s_addr = htonl(address)};
}

int sg_exam_open_hosts(struct sg_exam *exam, struct sg_error *err)
{
    struct sg_exam_hosts *hosts = &exam->hosts;
    hosts->link.fd = hosts->link.witness = -1;
    if (!sg_assignment_is_raw(exam->assignment))
        return 0;
    if (sg_network_allow_ping(getegid(), err) < 0)
        return -1;
    if (!sg_assignment_has_hosts(exam->assignment))
        return 0;
    const char *names[] = {"hosts", exam->assignment->id, exam->request->submission->id,
                           exam->one->name, NULL};
    struct sg_random random;
    sg_random_init(&random, exam->request->seed, names);
    uint32_t network = FIRST_NETWORK | (1 + (uint32_t)sg_random_below(&random, 0xfffe)) << 8;
    hosts->own = choose_address(exam, &random, network);
    for (size_t i = 0; i < exam->peer_count; i++) {
        struct sg_exam_peer *peer = &exam->peers[i];
        if (peer->spec->kind != SG_ACTOR_HOST)
            continue;
        peer->machine = choose_address(exam, &random, network);
        hosts->first = hosts->first ? hosts->first : peer;
    }
    hosts->used = true;
    return sg_link_open(&hosts->link, hosts->own, err);
}

void sg_exam_close_hosts(struct sg_exam *exam)
{
    sg_link_close(&exam->hosts.link);
    free(exam->hosts.requests);
    free(exam->hosts.segments);
    sg_bytes_done(&exam->hosts.frame);
}

union sg_address sg_exam_first_host(const struct sg_exam *exam)
{
    union sg_address address = sg_address_wildcard(AF_INET, 0);
    address.v4.sin_addr = exam->hosts.first->machine;
    return address;
}

/* What is written of a request: its id and data are another in every run. Takes `text`. */
static void tell(struct sg_exam *exam, const struct sg_exam_peer *peer, bool from_us, char *text)
{
    struct sg_event_about about = {.from = from_us ? "harness" : "client",
                                   .to = from_us ? "client" : "harness",
                                   .peer = peer->name,
                                   .is_datagram = true};
    sg_transcript_add(&exam->transcript, SG_EVENT_DATA, &about, false, "%s", text);
    free(text);
}

static void send_from(struct sg_exam *exam, struct in_addr from, struct in_addr to,
                      const struct sg_echo *echo, int answer)
{
    sg_autobytes struct sg_bytes icmp = {0};
    sg_echo_add(&icmp, echo);
    const struct sg_packet packet = {
        .from = from,
        .to = to,
        .protocol = IPPROTO_ICMP,
        .options = answer == SG_ECHO_OPTIONS,
        .payload = sg_bytes_slice(&icmp),
    };
    (void)sg_link_send(&exam->hosts.link, &packet);
}

static void answer(struct sg_exam *exam, const struct sg_exam_peer *peer, struct in_addr to,
                   const struct sg_echo *request, int kind)
{
    struct sg_echo reply = *request;
    reply.type = kind == SG_ECHO_REQUEST ? SG_ICMP_ECHO_REQUEST : SG_ICMP_ECHO_REPLY;
    if (kind == SG_ECHO_LOST)
        return;
    if (kind == SG_ECHO_OTHER_FIRST) {
        reply.id ^= OTHER_ID;
        send_from(exam, peer->machine, to, &reply, kind);
        reply.id ^= OTHER_ID;
    }
    if (kind == SG_ECHO_WRONG_ID)
        reply.id ^= OTHER_ID;
    if (kind == SG_ECHO_WRONG_SEQUENCE)
        reply.sequence ^= OTHER_SEQUENCE;
    send_from(exam, peer->machine, to, &reply, kind);
}

static void keep(struct sg_exam *exam, const struct sg_echo_seen *seen)
{
    struct sg_exam_hosts *hosts = &exam->hosts;
    hosts->requests =
        sg_realloc_array(hosts->requests, hosts->request_count + 1, sizeof *hosts->requests);
    hosts->requests[hosts->request_count++] = *seen;
}

/* What the checksum would be if its two bytes stood the other way round. */
static bool is_swapped(struct sg_slice icmp)
{
    sg_autobytes struct sg_bytes other = {0};
    sg_bytes_add(&other, icmp.data, icmp.length);
    uint8_t first = other.data[2];
    other.data[2] = other.data[3];
    other.data[3] = first;
    return sg_internet_checksum(sg_bytes_slice(&other)) == 0;
}

/* A damaged request is thrown away, as every machine does. */
static void take_request(struct sg_exam *exam, struct sg_exam_peer *peer,
                         const struct sg_packet *packet, const struct sg_echo *echo, bool right)
{
    size_t number = ++peer->echo_count;
    struct sg_echo_seen seen = {
        .id = echo->id,
        .sequence = echo->sequence,
        .bad_checksum = !right,
        .swapped_checksum = !right && is_swapped(packet->payload),
    };
    if (right && peer->answers) {
        const struct sg_step *step = peer->answers;
        seen.answer =
            number <= step->answers.count ? step->answers.items[number - 1] : SG_ECHO_RIGHT;
    }
    keep(exam, &seen);
    tell(exam, peer, false,
         sg_printf(right ? _("echo request %zu") : _("echo request %zu, damaged"), number));
    if (!seen.answer)
        return;
    exam->hosts.late = exam->hosts.late || sg_link_age_ns(&exam->hosts.link) > late_ns;
    tell(exam, peer, true,
         sg_printf(_("to echo request %zu: %s"), number, sg_echo_answer_word(seen.answer)));
    answer(exam, peer, packet->from, echo, seen.answer);
}

static struct sg_exam_peer *find_host(struct sg_exam *exam, struct in_addr address)
{
    for (size_t i = 0; i < exam->peer_count; i++) {
        if (exam->peers[i].spec->kind == SG_ACTOR_HOST &&
            exam->peers[i].machine.s_addr == address.s_addr)
            return &exam->peers[i];
    }
    return NULL;
}

static void take_frame(struct sg_exam *exam, struct sg_slice frame)
{
    enum { MOST_REQUESTS = 10000 };
    struct sg_packet packet;
    struct sg_echo echo;
    bool right;
    if (!sg_frame_read_ipv4(frame, &packet))
        return;
    struct sg_exam_peer *peer = find_host(exam, packet.to);
    if (!peer) {
        exam->hosts.strays++;
        exam->hosts.stray = packet.to;
        return;
    }
    if (packet.protocol != IPPROTO_ICMP || !sg_echo_read(packet.payload, &echo, &right) ||
        echo.type != SG_ICMP_ECHO_REQUEST) {
        /* The kernel's own answer to a request of ours is none of the program's doing. */
        exam->hosts.others += packet.protocol != IPPROTO_ICMP || !packet.payload.length ||
                              packet.payload.data[0] != SG_ICMP_ECHO_REPLY;
        return;
    }
    if (exam->hosts.request_count < MOST_REQUESTS)
        take_request(exam, peer, &packet, &echo, right);
}

bool sg_exam_pump_hosts(struct sg_exam *exam)
{
    bool moved = false;
    while (exam->hosts.used && sg_link_read(&exam->hosts.link, &exam->hosts.frame)) {
        take_frame(exam, sg_bytes_slice(&exam->hosts.frame));
        moved = true;
    }
    return moved;
}

static bool step_answer(struct sg_exam *exam, struct sg_exam_peer *peer, const struct sg_step *step,
                        struct sg_error *err)
{
    (void)exam, (void)err;
    peer->answers = step;
    peer->echo_count = 0;
    return true;
}

static bool have_come(struct sg_exam *exam, void *state)
{
    return exam->hosts.request_count >= *(const size_t *)state;
}

static bool step_expect_requests(struct sg_exam *exam, struct sg_exam_peer *peer,
                                 const struct sg_step *step, struct sg_error *err)
{
    (void)peer, (void)err;
    size_t wanted = (size_t)step->times;
    enum sg_outcome outcome = sg_exam_wait(exam, have_come, &wanted, exam->assignment->reply_ns);
    struct sg_echo_evidence echo;
    sg_exam_describe_hosts(exam, &echo);
    if (outcome == SG_OUTCOME_MET && echo.requests == wanted && !echo.bad_checksums &&
        !echo.repeated)
        return true;
    (void)sg_exam_fail(exam, SG_FAILURE_REQUESTS, step, outcome);
    exam->evidence.echo.wanted = wanted;
    return false;
}

sg_peer_step *const sg_host_steps[SG_ACT_END] = {
    [SG_ACT_ANSWER] = step_answer,
    [SG_ACT_EXPECT_REQUESTS] = step_expect_requests,
    [SG_ACT_TRANSMIT] = sg_exam_transmit,
};

const char *sg_exam_late_host(const struct sg_exam *exam)
{
    return exam->hosts.late && exam->evidence.kind != SG_FAILURE_NONE
               ? _("the machine was too busy to answer the program in time")
               : NULL;
}

void sg_exam_describe_hosts(const struct sg_exam *exam, struct sg_echo_evidence *ret)
{
    const struct sg_exam_hosts *hosts = &exam->hosts;
    *ret = (struct sg_echo_evidence){
        .seen = hosts->requests,
        .requests = hosts->request_count,
        .strays = hosts->strays,
        .others = hosts->others,
        .stray = hosts->stray,
        .packets = hosts->segments,
        .packet_count = hosts->segment_count,
    };
    for (size_t i = 0; i < hosts->request_count; i++) {
        const struct sg_echo_seen *seen = &hosts->requests[i];
        ret->bad_checksums += seen->bad_checksum;
        ret->swapped_checksums += seen->swapped_checksum;
        for (size_t k = 0; k < i && !ret->repeated; k++) {
            bool same =
                hosts->requests[k].id == seen->id && hosts->requests[k].sequence == seen->sequence;
            ret->repeated = same ? i + 1 : 0;
        }
    }
}
