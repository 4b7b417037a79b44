/* SPDX-License-Identifier: MIT
 * Sending what waits. Results that fail one after the other have something in common: after some of
 * them the rest waits, and nobody is bothered with a whole class. The least tried come first, so
 * that the next run begins with what was not reached. */
#include "post/outgoing.h"

#include <string.h>

#include "base/stop.h"
#include "result/json.h"

enum { MOST_IN_A_ROW = 5 };

struct sending {
    const struct sg_outgoing *outgoing;
    struct sg_outgoing_sum *sum;
    size_t in_a_row; /* failures */
};

static bool is_wanted(const struct sg_outgoing *outgoing, const struct sg_outbox_entry *entry)
{
    for (size_t i = 0; i < outgoing->only_count; i++) {
        if (strcmp(outgoing->only[i], entry->submission) == 0)
            return true;
    }
    return false;
}

static void tell(const struct sending *sending, const struct sg_outbox_entry *entry,
                 enum sg_post_end end, const char *words)
{
    const struct sg_outgoing *outgoing = sending->outgoing;
    outgoing->tell(outgoing->state, entry, end, words);
}

static void count(struct sending *sending, enum sg_post_end end)
{
    struct sg_outgoing_sum *sum = sending->sum;
    size_t *const counts[] = {
        [SG_POST_ARRIVED] = &sum->arrived, [SG_POST_REFUSED] = &sum->refused,
        [SG_POST_HELD] = &sum->held,       [SG_POST_LATER] = &sum->waiting,
        [SG_POST_STOPPED] = &sum->waiting, [SG_POST_UNKNOWN] = &sum->waiting,
    };
    ++*counts[end];
    sending->in_a_row = end == SG_POST_ARRIVED ? 0 : sending->in_a_row + 1;
    sum->stopped = end == SG_POST_STOPPED || end == SG_POST_UNKNOWN ||
                   sending->in_a_row == MOST_IN_A_ROW || sg_stop_asked();
}

static int settle(const struct sending *sending, const struct sg_outbox_entry *entry,
                  enum sg_post_end end, const char *words, struct sg_error *err)
{
    static const enum sg_outbox_state states[] = {
        [SG_POST_ARRIVED] = SG_OUTBOX_ARRIVED, [SG_POST_REFUSED] = SG_OUTBOX_REFUSED,
        [SG_POST_HELD] = SG_OUTBOX_HELD,       [SG_POST_LATER] = SG_OUTBOX_WAITING,
        [SG_POST_STOPPED] = SG_OUTBOX_WAITING, [SG_POST_UNKNOWN] = SG_OUTBOX_SENDING,
    };
    const char *reason = end == SG_POST_ARRIVED ? "" : words;
    return sg_outbox_settle(sending->outgoing->store, entry, states[end], reason, err);
}

static int send_run(struct sending *sending, const struct sg_outbox_entry *entry,
                    const struct sg_run *run, struct sg_error *err)
{
    sg_autobytes struct sg_bytes json = {0}, words = {0};
    struct sg_error problem = {0};
    enum sg_post_end end;
    sg_run_to_json(run, true, &json);
    const struct sg_post_parcel parcel = {
        .result = sg_bytes_slice(&json),
        .key = entry->key,
        .recipient = entry->recipient,
        .date_ms = entry->queued_ms,
        .in_doubt = entry->state == SG_OUTBOX_SENDING,
    };
    bool failed = sg_poster_post(sending->outgoing->poster, &parcel, &end, &words, &problem) < 0;
    const char *said = failed ? problem.text : sg_bytes_text(&words);
    count(sending, end);
    tell(sending, entry, end, said);
    return settle(sending, entry, end, said, err);
}

static int send_entry(struct sending *sending, const struct sg_outbox_entry *entry,
                      struct sg_error *err)
{
    struct sg_run run = {0};
    int taken = sg_outbox_take(sending->outgoing->store, entry, &run, err);
    if (taken > 0 && send_run(sending, entry, &run, err) < 0)
        taken = -1;
    sg_run_done(&run);
    return taken < 0 ? -1 : 0;
}

static int handle(struct sending *sending, const struct sg_outbox_entry *entry,
                  struct sg_error *err)
{
    struct sg_outgoing_sum *sum = sending->sum;
    switch (entry->state) {
    case SG_OUTBOX_ARRIVED:
        sum->before++;
        return 0;
    case SG_OUTBOX_HELD:
        sum->held++;
        tell(sending, entry, SG_POST_HELD, entry->reason);
        return 0;
    case SG_OUTBOX_REFUSED:
        if (sending->outgoing->again)
            break;
        sum->refused++;
        tell(sending, entry, SG_POST_REFUSED, entry->reason);
        return 0;
    case SG_OUTBOX_WAITING:
    case SG_OUTBOX_SENDING:
        break;
    }
    if (!sum->stopped)
        return send_entry(sending, entry, err);
    sum->waiting++;
    return 0;
}

int sg_outgoing_send(const struct sg_outgoing *outgoing, struct sg_outgoing_sum *ret,
                     struct sg_error *err)
{
    struct sg_outbox_entry *entries = NULL;
    size_t entry_count = 0;
    struct sending sending = {.outgoing = outgoing, .sum = ret};
    *ret = (struct sg_outgoing_sum){0};
    int failed = sg_outbox_list(outgoing->store, outgoing->way, &entries, &entry_count, err);
    for (size_t i = 0; i < entry_count && !failed; i++) {
        if (is_wanted(outgoing, &entries[i]))
            failed = handle(&sending, &entries[i], err);
    }
    sg_outbox_list_done(entries, entry_count);
    return failed;
}
