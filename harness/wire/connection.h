/* SPDX-License-Identifier: MIT
 * Our end of a connection with a program, over TCP or a local socket: what was sent in which
 * segments, what came, how it ended. Never blocks; a loop calls _flush and _read when poll() says
 * so. */
#ifndef SG_WIRE_CONNECTION_H
#define SG_WIRE_CONNECTION_H

#include "base/bytes.h"
#include "base/error.h"
#include "wire/address.h"
#include "wire/transcript.h"

enum sg_reading {
    SG_READING_ALL, /* whatever comes, at once */
    SG_READING_NOTHING,
    SG_READING_SLOWLY, /* `slow_bytes` at a time, when sg_connection_sip is called */
};

enum sg_stream_end {
    SG_STREAM_OPEN,
    SG_STREAM_ENDED, /* in order: recv() returned 0 */
    SG_STREAM_RESET, /* ECONNRESET, EPIPE */
};

/* A segment that was sent: where in `out` it begins, how long it is, when it went. */
struct sg_segment {
    size_t start;
    size_t length;
    uint64_t at_ns; /* since the case began */
    bool taken;     /* the program has taken it out of its socket */
};

struct sg_connection {
    int fd;              /* -1: none, or closed by us */
    int number;          /* in the transcript: 1… */
    const char *peer;    /* who of ours it belongs to; borrowed */
    const char *program; /* who is at the other end ("server", "client"); borrowed */
    struct sg_transcript *transcript;
    union sg_address local, remote;
    int place;             /* local: the socket file that it connects to; 0: none */
    uint32_t other_inode;  /* local: of the program's socket, since that is known; 0: not yet */
    bool connecting;       /* the handshake is not done: the backlog is full, or nobody answers */
    size_t receive_buffer; /* as sg_connection_connect was told */
    size_t attempts;       /* handshakes begun */
    bool refused;

    size_t *said; /* bytes that we have sent on all connections; borrowed; NULL: this one's */
    size_t most_unasked; /* bytes that may come on top of four times those; 0: any number */
    bool answers;        /* the program is a server */
    size_t pieces;       /* how often something came */
    bool flooded;        /* more came than that, and nothing is read any more */

    struct sg_bytes in; /* everything that came */
    size_t taken;       /* how much of it expectations have used up */
    size_t answered;    /* how much of it was sent back before its message was whole */
    enum sg_stream_end end;
    uint64_t end_ns;   /* when `end` was seen, since the case began */
    uint64_t first_ns; /* when the first byte came; 0: none yet */
    enum sg_reading reading;
    size_t slow_bytes;

    struct sg_bytes out; /* everything that was to be sent, `unsent` bytes of it in vain */
    size_t sent;         /* how much of it the kernel has taken from us */
    struct sg_segment *segments;
    size_t segment_count;
    size_t unsent; /* bytes that could not be sent any more: the program had closed */
    bool ended;    /* our stream is ended: shutdown(), close(), reset */
    bool ending;   /* … will be, by shutdown(), when all is sent */
    bool closed;   /* … by close() or a reset of ours */
    bool we_reset;
    bool over;      /* both ends have let go of it: nothing about it can change any more */
    bool broken;    /* a send failed: the other side is gone */
    bool was_reset; /* as the kernel told another call than recv(), which then sees an end */
};

/* Gives a socket that is not connected yet a small receive buffer, and the segments that go with
 * it. */
int sg_socket_shrink(int fd, size_t receive_buffer, struct sg_error *err);

/* A zeroed struct with fd -1, `peer`, `program` and `transcript` set is ready to connect. Returns
 * -1 only where the machine fails; a refusal sets `refused`. `receive_buffer` 0: the system's
 * own. */
int sg_connection_connect(struct sg_connection *connection, const union sg_address *to,
                          size_t receive_buffer, int number, struct sg_error *err);
/* The same to the socket file `place`, opened with O_PATH, which it owns from here on (-1: there is
 * none). */
int sg_connection_connect_local(struct sg_connection *connection, int place, int number,
                                struct sg_error *err);
/* It is one between two local sockets. */
bool sg_connection_is_local(const struct sg_connection *connection);
/* Takes over an accepted socket. */
int sg_connection_adopt(struct sg_connection *connection, int fd, int number, struct sg_error *err);
/* Where the handshake is not done: gives it up and begins anew. A full backlog drops a SYN, and the
 * kernel would send the next one after a second. */
int sg_connection_reconnect(struct sg_connection *connection, struct sg_error *err);
/* Ends a handshake that poll() says is done; a local one, which says nothing, is tried again. */
void sg_connection_finish_connect(struct sg_connection *connection);

/* Queues a segment and sends what fits. */
void sg_connection_send(struct sg_connection *connection, struct sg_slice bytes);
bool sg_connection_flush(struct sg_connection *connection); /* true where something moved */
bool sg_connection_read(struct sg_connection *connection);  /* as its reading mode says; likewise */
bool sg_connection_sip(struct sg_connection *connection);   /* one slow read, or nothing */
/* Half-closes, at once or when what is queued is sent. */
void sg_connection_shutdown(struct sg_connection *connection);
void sg_connection_close(struct sg_connection *connection);
void sg_connection_reset(struct sg_connection *connection);

/* What poll() should watch for, 0 where nothing. */
short sg_connection_interest(const struct sg_connection *connection);
/* What came and no expectation has used yet. */
struct sg_slice sg_connection_rest(const struct sg_connection *connection);
bool sg_connection_all_sent(const struct sg_connection *connection);
void sg_connection_done(struct sg_connection *connection);

#endif
