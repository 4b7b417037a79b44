/* SPDX-License-Identifier: MIT
 * What happened in a case, event by event, on one clock. */
#ifndef SG_WIRE_TRANSCRIPT_H
#define SG_WIRE_TRANSCRIPT_H

#include "result/result.h"

enum { SG_MOST_EVENTS = 2000 };

/* Keeps the first SG_MOST_EVENTS; a zeroed struct but for `started_ns` is empty. */
struct sg_transcript {
    uint64_t started_ns; /* sg_now_ns() when the case began */
    struct sg_event *events;
    size_t count;
    size_t unkept;
};

/* What an event is about; the pointers are borrowed for the call. */
struct sg_event_about {
    const char *from, *to, *peer; /* `to` and `peer` may be NULL */
    int connection;
    struct sg_slice data;
};

/* Adds an event that happens now; the text is optional (NULL) printf. Bytes that follow others on the
 * same way with nothing between are joined to them where `kind` is SG_EVENT_DATA or _OUTPUT and
 * `join` is true. */
void sg_transcript_add(struct sg_transcript *transcript, enum sg_event_kind kind,
                       const struct sg_event_about *about, bool join, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
uint64_t sg_transcript_now(const struct sg_transcript *transcript); /* ns since the case began */
/* Hands the events over to `result`. */
void sg_transcript_take(struct sg_transcript *transcript, struct sg_case_result *result);
void sg_transcript_done(struct sg_transcript *transcript);

#endif
