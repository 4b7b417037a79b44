/* SPDX-License-Identifier: MIT
 * The kernel's own tables of sockets (sock_diag(7)) in this network namespace: who listens, what
 * lies unread in a queue. A look-up changes nothing and wakes nobody. */
#ifndef SG_WIRE_DIAG_H
#define SG_WIRE_DIAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "wire/address.h"

struct sg_diag {
    int fd; /* a netlink socket; belongs to the namespace it was opened in */
};

/* The kernel's numbers for the states of a TCP socket (RFC 9293). */
enum sg_tcp_state {
    SG_TCP_ESTABLISHED = 1,
    SG_TCP_SYN_SENT,
    SG_TCP_SYN_RECV,
    SG_TCP_FIN_WAIT1,
    SG_TCP_FIN_WAIT2,
    SG_TCP_TIME_WAIT,
    SG_TCP_CLOSE,
    SG_TCP_CLOSE_WAIT,
    SG_TCP_LAST_ACK,
    SG_TCP_LISTEN,
    SG_TCP_CLOSING,
};

/* A TCP or UDP socket as the kernel sees it. */
struct sg_socket_row {
    union sg_address local;
    union sg_address remote;
    int state;               /* enum sg_tcp_state */
    uint32_t receive_queue;  /* bytes unread; of a listening socket: connections not accepted */
    uint32_t send_queue;     /* bytes not acknowledged; of a listening socket: its backlog */
    uint32_t inode;          /* 0: no process holds it (not accepted yet, or closed) */
    uint64_t bytes_received; /* by TCP so far, the end of stream included */
    bool whole;      /* `bytes_received` is known: not of what is kept of a closed connection */
    bool full;       /* TCP: its send buffer takes no more; not known of what sg_diag_find finds */
    bool dual_stack; /* an IPv6 wildcard socket that takes IPv4 too */
};

int sg_diag_open(struct sg_diag *diag, struct sg_error *err);
void sg_diag_close(struct sg_diag *diag); /* takes NULL and a closed one */

/* The TCP connection between exactly these ends. False where there is none (any more); one in
 * TIME_WAIT counts. */
bool sg_diag_find(const struct sg_diag *diag, const union sg_address *local,
                  const union sg_address *remote, struct sg_socket_row *ret);

/* All sockets of `protocol` (IPPROTO_TCP, IPPROTO_UDP) of both families in one of `states` (bits
 * 1 << state); at most `most` go to `rows`. Returns how many. */
size_t sg_diag_list(const struct sg_diag *diag, int protocol, unsigned states,
                    struct sg_socket_row *rows, size_t most);

/* The socket of `protocol`, in any state, that has this inode. It is looked for among all of
 * them. */
bool sg_diag_find_inode(const struct sg_diag *diag, int protocol, uint32_t inode,
                        struct sg_socket_row *ret);

/* Shows all of them to `see`, one by one, until it returns false. */
typedef bool sg_diag_see(void *state, const struct sg_socket_row *row);
void sg_diag_each(const struct sg_diag *diag, int protocol, unsigned states, sg_diag_see *see,
                  void *state);

/* A socket of the local kind (AF_UNIX). */
struct sg_local_row {
    bool listens;
    bool ended;             /* nothing more will come */
    uint32_t peer;          /* the inode of the socket at its other end; 0: no process has one */
    uint32_t receive_queue; /* bytes unread; of a listening socket: connections not accepted */
};
bool sg_diag_find_local(const struct sg_diag *diag, uint32_t inode, struct sg_local_row *ret);

/* The protocol of a process's socket, as the kernel names it: "TCP", "UDPv6", "UNIX-STREAM". False
 * where the descriptor is no socket. Asks /proc, not the tables. */
enum { SG_PROTOCOL_NAME = 32 };
bool sg_diag_protocol(pid_t pid, int fd, char room[SG_PROTOCOL_NAME]);

#endif
