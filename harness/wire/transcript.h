/* SPDX-License-Identifier: MIT
 * What happened in a case, event by event, on one clock.
 *
 * The transcript of a case is the same in every run, its times apart. But a program does its part
 * while we do ours: whether an answer is seen before or after our next step, and in how many
 * pieces, is chance. So what a program did stays loose until it is settled that it was done by
 * then: because it was waited for, or because everything came to rest. Then it is written, in an
 * order that does not depend on the clock. */
#ifndef SG_WIRE_TRANSCRIPT_H
#define SG_WIRE_TRANSCRIPT_H

#include "result/result.h"

enum { SG_MOST_EVENTS = 2000 };

/* What peers are called that connect two programs: both sides of those connections are loose. */
#define SG_RELAY_NAME "relay"

struct sg_events {
    struct sg_event *items;
    size_t count;
    size_t capacity;
};

struct sg_loose_events {
    struct sg_loose_event {
        struct sg_event event;
        bool is_datagram; /* of data: it is never joined to other */
    } * items;
    size_t count;
    size_t capacity;
};

/* Keeps the first SG_MOST_EVENTS; a zeroed struct but for `started_ns` is empty. */
struct sg_transcript {
    uint64_t started_ns; /* sg_now_ns() when the case began */
    bool keeps_bytes;    /* all of them, and not the first SG_EVENT_BYTES_KEPT of an event */
    struct sg_events written;
    size_t unkept;
    struct sg_loose_events loose;
    size_t *settled; /* by connection: how many bytes of the program are written */
    size_t settled_count;
};

/* What an event is about; the pointers are borrowed for the call. */
struct sg_event_about {
    const char *from, *to, *peer; /* `to` and `peer` may be NULL */
    int connection;
    bool is_datagram; /* the data is never joined to other */
    struct sg_slice data;
};

/* Adds an event that happens now; the text is optional (NULL) printf. Bytes that follow others on
 * the same way with nothing between are joined to them where `kind` is SG_EVENT_DATA or _OUTPUT and
 * `join` is true. */
void sg_transcript_add(struct sg_transcript *transcript, enum sg_event_kind kind,
                       const struct sg_event_about *about, bool join, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* Settles all that is loose: everything is at rest. */
void sg_transcript_settle(struct sg_transcript *transcript);
/* Settles the first `bytes` that the program has sent on a connection: they were waited for. */
void sg_transcript_settle_data(struct sg_transcript *transcript, int connection, size_t bytes);
/* Settles what the program did on a connection: its end was waited for. */
void sg_transcript_settle_connection(struct sg_transcript *transcript, int connection);
/* Leaves out what the program did on a connection and nobody waited for: we close it now, and
 * whether it was seen before is chance. */
void sg_transcript_forget(struct sg_transcript *transcript, int connection);
uint64_t sg_transcript_now(const struct sg_transcript *transcript); /* ns since the case began */
/* Settles the rest and hands the events over to `result`. */
void sg_transcript_take(struct sg_transcript *transcript, struct sg_case_result *result);
void sg_transcript_done(struct sg_transcript *transcript);

#endif
