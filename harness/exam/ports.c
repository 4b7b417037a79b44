/* SPDX-License-Identifier: MIT
 * Peers that listen on ports of their own, drawn from the seed, for programs that look for open
 * ports. */
#include "exam/ports.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/file.h"
#include "base/random.h"
#include "exam/start.h"

enum { BACKLOG = 128, ELSEWHERE = 0x7f000003 }; /* 127.0.0.3 */

static bool is_taken(const struct sg_exam *exam, uint16_t port)
{
    for (size_t i = 0; i < exam->peer_count; i++) {
        if (exam->peers[i].port == port)
            return true;
    }
    return port == exam->port;
}

static bool choose_port(struct sg_exam *exam, struct sg_exam_peer *peer)
{
    struct sg_range ports = peer->spec->ports;
    const char *names[] = {"ports",         exam->assignment->id, exam->request->submission->id,
                           exam->one->name, peer->name,           NULL};
    struct sg_random random;
    sg_random_init(&random, exam->request->seed, names);
    uint64_t spread = ports.most - ports.least + 1, start = sg_random_below(&random, spread);
    for (uint64_t i = 0; i < spread; i++) {
        uint16_t port = (uint16_t)(ports.least + (start + i) % spread);
        if (is_taken(exam, port))
            continue;
        peer->port = port;
        return true;
    }
    return false;
}

/* Who has the least choice chooses first. */
bool sg_exam_choose_ports(struct sg_exam *exam)
{
    for (;;) {
        struct sg_exam_peer *next = NULL;
        for (size_t i = 0; i < exam->peer_count; i++) {
            struct sg_exam_peer *peer = &exam->peers[i];
            struct sg_range ports = peer->spec->ports;
            if (ports.most && !peer->port &&
                (!next ||
                 ports.most - ports.least < next->spec->ports.most - next->spec->ports.least))
                next = peer;
        }
        if (!next)
            return true;
        if (!choose_port(exam, next))
            return false;
    }
}

/* The one connection that a backlog of none has room for: who comes after it gets no answer. */
static int fill_backlog(struct sg_exam_peer *peer, const union sg_address *at, struct sg_error *err)
{
    sg_autoclose int fd = socket(at->any.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return sg_fail_os(err, "create a socket");
    if (connect(fd, &at->any, sg_address_length(at)) < 0)
        return sg_fail_os(err, "connect to port %u", (unsigned)peer->port);
    peer->filler = sg_take_fd(&fd);
    return 0;
}

bool sg_exam_listen_on_port(struct sg_exam *exam, struct sg_exam_peer *peer, struct sg_error *err)
{
    union sg_address at = sg_exam_host(exam);
    if (peer->spec->elsewhere && at.any.sa_family == AF_INET)
        at.v4.sin_addr.s_addr = htonl(ELSEWHERE);
    if (at.any.sa_family == AF_INET6)
        at.v6.sin6_port = htons(peer->port);
    else
        at.v4.sin_port = htons(peer->port);
    bool silent = peer->spec->silent;
    return sg_listener_open_at(&peer->listener, &at, silent ? 0 : BACKLOG, err) == 0 &&
           (!silent || fill_backlog(peer, &at, err) == 0);
}
