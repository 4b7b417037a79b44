/* SPDX-License-Identifier: MIT
 * The path of datagrams between two programs: it loses, doubles and delays them.
 *
 * What becomes of the n-th datagram of a direction follows from the seed and from n. One thing is
 * added, so that no program needs more than a few attempts: of both directions together never more
 * than three in a row do not arrive. What is delayed waits for the next one, however long that
 * takes; no clock is involved. */
#include "base/language.h"
#include "exam/relay.h"

enum { MOST_LOST_IN_A_ROW = 3 };

enum fate { PASSES, IS_LOST, COMES_TWICE, COMES_LATE };

void sg_exam_open_path(struct sg_exam *exam)
{
    static const char *const directions[] = {"to server", "to client"};
    for (size_t i = 0; i < SG_COUNT(directions); i++) {
        const char *names[] = {"path",          exam->assignment->id, exam->request->submission->id,
                               exam->one->name, directions[i],        NULL};
        sg_random_init(&exam->relay.lanes[i].random, exam->request->seed, names);
    }
}

void sg_exam_close_path(struct sg_exam *exam)
{
    for (size_t i = 0; i < SG_COUNT(exam->relay.lanes); i++)
        sg_bytes_done(&exam->relay.lanes[i].held);
}

/* Each datagram draws as many numbers as any other, so that its fate is no matter of theirs. */
static enum fate draw(const struct sg_path *path, struct sg_lane *lane, bool *ret_copy_waits)
{
    int64_t drawn = (int64_t)sg_random_below(&lane->random, 100);
    *ret_copy_waits = sg_random_below(&lane->random, 2);
    if (drawn < path->lose)
        return IS_LOST;
    if (drawn < path->lose + path->duplicate)
        return COMES_TWICE;
    return drawn < path->lose + path->duplicate + path->reorder ? COMES_LATE : PASSES;
}

static void tell(struct sg_exam *exam, const struct sg_travel *travel, const char *what)
{
    struct sg_event_about about = {
        .from = travel->to_client ? "server" : "client",
        .to = travel->to_client ? "client" : "server",
        .peer = SG_RELAY_NAME,
        .connection = travel->from->number,
    };
    sg_transcript_add(&exam->transcript, SG_EVENT_FAULT, &about, false,
                      _("a datagram of %zu bytes %s (made by the examiner)"), travel->bytes.length,
                      what);
}

static void hold(struct sg_lane *lane, const struct sg_travel *travel)
{
    sg_bytes_clear(&lane->held);
    sg_bytes_add(&lane->held, travel->bytes.data, travel->bytes.length);
    lane->holds = true;
    lane->held_by = travel->from;
    lane->held_to = travel->to;
}

static void release(struct sg_lane *lane)
{
    if (!lane->holds)
        return;
    lane->holds = false;
    sg_datagram_send(lane->held_by, &lane->held_to, sg_bytes_slice(&lane->held));
}

void sg_exam_travel(struct sg_exam *exam, const struct sg_travel *travel)
{
    struct sg_relay *relay = &exam->relay;
    struct sg_lane *lane = &relay->lanes[travel->to_client];
    bool copy_waits;
    if (travel->certain) {
        sg_datagram_send(travel->from, &travel->to, travel->bytes);
        release(lane);
        return;
    }
    enum fate fate = draw(&exam->one->path, lane, &copy_waits);
    bool stays_away = fate == IS_LOST || (fate == COMES_LATE && !lane->holds);
    relay->lost_last = stays_away && relay->lost_in_a_row < MOST_LOST_IN_A_ROW;
    if (relay->lost_last) {
        relay->lost_in_a_row++;
        relay->lost_count++;
        if (fate == COMES_LATE)
            hold(lane, travel);
        tell(exam, travel, fate == COMES_LATE ? _("is delayed") : _("is lost"));
        return;
    }
    if (travel->to_client)
        relay->lost_in_a_row = 0;
    sg_datagram_send(travel->from, &travel->to, travel->bytes);
    release(lane);
    if (fate != COMES_TWICE)
        return;
    tell(exam, travel, copy_waits ? _("is copied, and the copy delayed") : _("comes twice"));
    if (copy_waits)
        hold(lane, travel);
    else
        sg_datagram_send(travel->from, &travel->to, travel->bytes);
}
