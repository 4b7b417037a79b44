/* SPDX-License-Identifier: MIT
 * The transcript of a case. */
#include "wire/transcript.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

uint64_t sg_transcript_now(const struct sg_transcript *transcript)
{
    return sg_now_ns() - transcript->started_ns;
}

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static void add_bytes(struct sg_event *event, struct sg_slice data)
{
    event->bytes += data.length;
    struct sg_slice kept = sg_slice_first(data, SG_EVENT_BYTES_KEPT - event->data.length);
    sg_bytes_add(&event->data, kept.data, kept.length);
}

static bool join_last(struct sg_transcript *transcript, enum sg_event_kind kind,
                      const struct sg_event_about *about)
{
    if (!transcript->count)
        return false;
    struct sg_event *last = &transcript->events[transcript->count - 1];
    if (last->kind != kind || last->connection != about->connection ||
        !same(last->from, about->from) || !same(last->to, about->to))
        return false;
    add_bytes(last, about->data);
    return true;
}

void sg_transcript_add(struct sg_transcript *transcript, enum sg_event_kind kind,
                       const struct sg_event_about *about, bool join, const char *format, ...)
{
    if (join && join_last(transcript, kind, about))
        return;
    if (transcript->count == SG_MOST_EVENTS) {
        transcript->unkept++;
        return;
    }
    if ((transcript->count & (transcript->count - 1)) == 0)
        transcript->events =
            sg_realloc_array(transcript->events, transcript->count ? transcript->count * 2 : 1,
                             sizeof *transcript->events);
    struct sg_event *event = &transcript->events[transcript->count++];
    *event = (struct sg_event){
        .at_ns = sg_transcript_now(transcript),
        .kind = kind,
        .from = sg_strdup(about->from),
        .to = about->to ? sg_strdup(about->to) : NULL,
        .peer = about->peer ? sg_strdup(about->peer) : NULL,
        .connection = about->connection,
    };
    add_bytes(event, about->data);
    if (!format)
        return;
    struct sg_bytes text = {0};
    va_list args;
    va_start(args, format);
    sg_bytes_vprintf(&text, format, args);
    va_end(args);
    event->text = sg_bytes_take_text(&text);
}

void sg_transcript_take(struct sg_transcript *transcript, struct sg_case_result *result)
{
    result->transcript = transcript->events;
    result->event_count = transcript->count;
    transcript->events = NULL;
    transcript->count = 0;
}

void sg_transcript_done(struct sg_transcript *transcript)
{
    for (size_t i = 0; i < transcript->count; i++)
        sg_event_done(&transcript->events[i]);
    free(transcript->events);
    *transcript = (struct sg_transcript){0};
}
