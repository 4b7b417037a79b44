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

enum { MOST_LOOSE_BYTES = 4 << 20, MOST_KEPT_BYTES = 16 << 20 }; /* of one event */

static size_t most_kept(const struct sg_transcript *transcript)
{
    return transcript->keeps_bytes ? MOST_KEPT_BYTES : SG_EVENT_BYTES_KEPT;
}

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static void add_bytes(struct sg_event *event, struct sg_slice data, size_t most)
{
    event->bytes += data.length;
    struct sg_slice kept = sg_slice_first(data, most - event->data.length);
    sg_bytes_add(&event->data, kept.data, kept.length);
}

static bool on_same_way(const struct sg_event *event, const struct sg_event *other)
{
    return event->kind == other->kind && event->connection == other->connection &&
           same(event->from, other->from) && same(event->to, other->to);
}

static bool is_joined(const struct sg_loose_event *loose)
{
    enum sg_event_kind kind = loose->event.kind;
    return (kind == SG_EVENT_DATA && !loose->is_datagram) || kind == SG_EVENT_OUTPUT;
}

/* Returns `items` with room for one more of `size` bytes. */
static void *make_room(void *items, size_t count, size_t *capacity, size_t size)
{
    if (items && count < *capacity)
        return items;
    *capacity = *capacity ? *capacity * 2 : 16;
    return sg_realloc_array(items, *capacity, size);
}

static void leave_out(struct sg_transcript *transcript, struct sg_event *event)
{
    transcript->unkept++;
    sg_event_done(event);
}

/* ---- what stands in the transcript ---- */

static void write_event(struct sg_transcript *transcript, struct sg_event *event, bool join)
{
    struct sg_events *written = &transcript->written;
    struct sg_event *last = written->count ? &written->items[written->count - 1] : NULL;
    if (join && last && on_same_way(last, event)) {
        struct sg_slice data = sg_bytes_slice(&event->data);
        add_bytes(last, data, most_kept(transcript));
        last->bytes += event->bytes - data.length;
        sg_event_done(event);
        return;
    }
    if (written->count == SG_MOST_EVENTS) {
        leave_out(transcript, event);
        return;
    }
    if (last && event->at_ns < last->at_ns)
        event->at_ns = last->at_ns;
    if (event->data.length > most_kept(transcript))
        event->data.length = most_kept(transcript);
    written->items =
        make_room(written->items, written->count, &written->capacity, sizeof *written->items);
    written->items[written->count++] = *event;
}

/* ---- what programs did, until it is settled where it stands ---- */

static bool is_relay(const char *peer)
{
    return peer && strcmp(peer, SG_RELAY_NAME) == 0;
}

/* What is ours happens in the order of the play; that a program listens, we wait for. */
static bool has_its_place(enum sg_event_kind kind, const struct sg_event_about *about)
{
    return (strcmp(about->from, "harness") == 0 && !is_relay(about->peer)) ||
           kind == SG_EVENT_LISTEN || (kind == SG_EVENT_CONNECT && !is_relay(about->peer));
}

/* Bytes are joined to those before them on their way, whatever came on other ways meanwhile. */
static bool join_loose(struct sg_transcript *transcript, const struct sg_loose_event *added)
{
    struct sg_loose_events *loose = &transcript->loose;
    const struct sg_event *event = &added->event;
    for (size_t i = loose->count; is_joined(added) && i-- > 0;) {
        struct sg_event *other = &loose->items[i].event;
        if (on_same_way(other, event)) {
            add_bytes(other, sg_bytes_slice(&event->data), MOST_LOOSE_BYTES);
            return true;
        }
        bool ends = other->kind != SG_EVENT_DATA && other->kind != SG_EVENT_FAULT &&
                    other->kind != SG_EVENT_OUTPUT;
        if (ends && other->connection == event->connection)
            return false;
    }
    return false;
}

/* The order in which loose events are written: by what they are, then by where. */
static const int ranks[] = {
    [SG_EVENT_CONNECT] = 0, [SG_EVENT_LISTEN] = 0, [SG_EVENT_START] = 0, [SG_EVENT_FAULT] = 1,
    [SG_EVENT_BLOCKED] = 1, [SG_EVENT_DATA] = 2,   [SG_EVENT_STDIN] = 2, [SG_EVENT_SIGNAL] = 2,
    [SG_EVENT_UNSENT] = 3,  [SG_EVENT_END] = 3,    [SG_EVENT_RESET] = 3, [SG_EVENT_CLOSE] = 3,
    [SG_EVENT_OUTPUT] = 4,  [SG_EVENT_EXIT] = 5,
};

static bool comes_before(const struct sg_event *one, const struct sg_event *other)
{
    int rank = ranks[one->kind];
    if (rank != ranks[other->kind])
        return rank < ranks[other->kind];
    /* Between two programs each byte follows from the one before: the order in which ways were
     * first taken is the same in every run. */
    if (is_relay(one->peer) && rank == ranks[SG_EVENT_DATA])
        return false;
    if (one->connection != other->connection)
        return one->connection < other->connection;
    int from = strcmp(one->from, other->from);
    if (from == 0 && one->kind == SG_EVENT_OUTPUT)
        return strcmp(one->to, other->to) > 0; /* stdout before stderr */
    return from < 0 && rank != ranks[SG_EVENT_DATA];
}

/* How many of a program's bytes on a connection are written. */
static size_t settled_bytes(const struct sg_transcript *transcript, int connection)
{
    return (size_t)connection < transcript->settled_count ? transcript->settled[connection] : 0;
}

static void note_settled(struct sg_transcript *transcript, const struct sg_event *event,
                         size_t bytes)
{
    size_t index = (size_t)event->connection;
    while (index >= transcript->settled_count) {
        transcript->settled = sg_realloc_array(transcript->settled, transcript->settled_count + 1,
                                               sizeof *transcript->settled);
        transcript->settled[transcript->settled_count++] = 0;
    }
    transcript->settled[index] += bytes;
}

/* Takes event `index` out of the loose ones and writes it. */
static void settle_one(struct sg_transcript *transcript, size_t index)
{
    struct sg_loose_events *loose = &transcript->loose;
    struct sg_loose_event settled = loose->items[index];
    loose->count--;
    memmove(&loose->items[index], &loose->items[index + 1],
            (loose->count - index) * sizeof loose->items[0]);
    write_event(transcript, &settled.event, is_joined(&settled));
}

void sg_transcript_settle(struct sg_transcript *transcript)
{
    const struct sg_loose_events *loose = &transcript->loose;
    while (loose->count) {
        size_t first = 0;
        for (size_t i = 1; i < loose->count; i++)
            first = comes_before(&loose->items[i].event, &loose->items[first].event) ? i : first;
        const struct sg_event *event = &loose->items[first].event;
        if (event->kind == SG_EVENT_DATA)
            note_settled(transcript, event, event->bytes);
        settle_one(transcript, first);
    }
}

/* Writes the first `bytes` of a loose event that has more. */
static void settle_part(struct sg_transcript *transcript, struct sg_event *event, size_t bytes)
{
    size_t kept = bytes < event->data.length ? bytes : event->data.length;
    struct sg_event part = *event;
    part.from = sg_strdup(event->from);
    part.to = event->to ? sg_strdup(event->to) : NULL;
    part.peer = event->peer ? sg_strdup(event->peer) : NULL;
    part.text = event->text ? sg_strdup(event->text) : NULL;
    part.bytes = bytes;
    part.data = (struct sg_bytes){0};
    sg_bytes_add(&part.data, event->data.data, kept);
    memmove(event->data.data, event->data.data + kept, event->data.length - kept);
    event->data.length -= kept;
    event->bytes -= bytes;
    write_event(transcript, &part, true);
}

void sg_transcript_settle_data(struct sg_transcript *transcript, int connection, size_t bytes)
{
    for (size_t i = 0; i < transcript->loose.count; i++) {
        struct sg_event *event = &transcript->loose.items[i].event;
        size_t before = settled_bytes(transcript, connection);
        if (event->kind != SG_EVENT_DATA || event->connection != connection || before >= bytes)
            continue;
        size_t part = bytes - before < event->bytes ? bytes - before : event->bytes;
        note_settled(transcript, event, part);
        if (part < event->bytes)
            settle_part(transcript, event, part);
        else
            settle_one(transcript, i--);
    }
}

void sg_transcript_settle_connection(struct sg_transcript *transcript, int connection)
{
    sg_transcript_settle_data(transcript, connection, SIZE_MAX);
    for (size_t i = 0; i < transcript->loose.count; i++) {
        const struct sg_event *event = &transcript->loose.items[i].event;
        if (event->connection == connection && event->kind != SG_EVENT_FAULT)
            settle_one(transcript, i--);
    }
}

void sg_transcript_forget(struct sg_transcript *transcript, int connection)
{
    struct sg_loose_events *loose = &transcript->loose;
    size_t kept = 0;
    for (size_t i = 0; i < loose->count; i++) {
        struct sg_event *event = &loose->items[i].event;
        if (event->connection == connection && event->kind != SG_EVENT_FAULT &&
            !is_relay(event->peer))
            sg_event_done(event);
        else
            loose->items[kept++] = loose->items[i];
    }
    loose->count = kept;
}

static void add_loose(struct sg_transcript *transcript, struct sg_event *event, bool is_datagram,
                      bool join)
{
    struct sg_loose_events *loose = &transcript->loose;
    const struct sg_loose_event added = {.event = *event, .is_datagram = is_datagram};
    if (join && join_loose(transcript, &added)) {
        sg_event_done(event);
        return;
    }
    if (event->kind == SG_EVENT_FAULT && loose->count >= SG_MOST_EVENTS) {
        leave_out(transcript, event);
        return;
    }
    loose->items = make_room(loose->items, loose->count, &loose->capacity, sizeof *loose->items);
    loose->items[loose->count++] = added;
}

void sg_transcript_add(struct sg_transcript *transcript, enum sg_event_kind kind,
                       const struct sg_event_about *about, bool join, const char *format, ...)
{
    struct sg_event event = {
        .at_ns = sg_transcript_now(transcript),
        .kind = kind,
        .from = sg_strdup(about->from),
        .to = about->to ? sg_strdup(about->to) : NULL,
        .peer = about->peer ? sg_strdup(about->peer) : NULL,
        .connection = about->connection,
    };
    add_bytes(&event, about->data, MOST_LOOSE_BYTES);
    if (format) {
        struct sg_bytes text = {0};
        va_list args;
        va_start(args, format);
        sg_bytes_vprintf(&text, format, args);
        va_end(args);
        event.text = sg_bytes_take_text(&text);
    }
    if (has_its_place(kind, about))
        write_event(transcript, &event, join);
    else
        add_loose(transcript, &event, about->is_datagram, join || is_relay(about->peer));
}

void sg_transcript_take(struct sg_transcript *transcript, struct sg_case_result *result)
{
    sg_transcript_settle(transcript);
    result->transcript = transcript->written.items;
    result->event_count = transcript->written.count;
    transcript->written = (struct sg_events){0};
}

void sg_transcript_done(struct sg_transcript *transcript)
{
    for (size_t i = 0; i < transcript->written.count; i++)
        sg_event_done(&transcript->written.items[i]);
    for (size_t i = 0; i < transcript->loose.count; i++)
        sg_event_done(&transcript->loose.items[i].event);
    free(transcript->written.items);
    free(transcript->loose.items);
    free(transcript->settled);
    *transcript = (struct sg_transcript){0};
}
