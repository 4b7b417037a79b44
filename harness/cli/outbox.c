/* SPDX-License-Identifier: MIT
 * The outbox of a database, on the command line. */
#include "cli/outbox.h"

#include <string.h>

#include "base/clock.h"
#include "base/stop.h"
#include "base/table.h"
#include "base/utf8.h"
#include "cli/output.h"
#include "post/outgoing.h"
#include "result/json.h"

/* "alice", or "group-3 for 4711"; the caller frees it. */
static char *name_of(const struct sg_outbox_entry *entry)
{
    bool same = !*entry->recipient || strcmp(entry->recipient, entry->submission) == 0;
    struct sg_bytes name = {0};
    sg_show(&name, (const uint8_t *)entry->submission, strlen(entry->submission));
    if (!same) {
        sg_bytes_add_text(&name, " for ");
        sg_show(&name, (const uint8_t *)entry->recipient, strlen(entry->recipient));
    }
    return sg_bytes_take_text(&name);
}

/* The words of a refusal were made fit to be shown as they came, and stand so in the database; what
 * else may stand in one is made fit now. */
static void add_words(struct sg_bytes *out, const char *words)
{
    struct sg_slice rest = sg_slice_text(words);
    uint32_t point = 0;
    size_t length = 1;
    while (rest.length && (length = sg_utf8_next(rest.data, rest.length, &point)) > 0 &&
           !sg_utf8_unsafe(point))
        rest = sg_slice_skip(rest, length);
    if (rest.length)
        sg_show(out, (const uint8_t *)words, strlen(words));
    else
        sg_bytes_add_text(out, words);
}

/* ---- sending ---- */

struct telling {
    const struct sg_call *call;
    bool brief;
    int status;
};

static void tell(void *state, const struct sg_outbox_entry *entry, enum sg_post_end end,
                 const char *words)
{
    struct telling *telling = state;
    sg_autofree char *name = name_of(entry);
    if (end == SG_POST_ARRIVED) {
        if (!telling->brief && !telling->call->options.quiet &&
            sg_tell("%s: %s\n", name, words) != 0)
            telling->status = SG_EXIT_MACHINE;
        return;
    }
    sg_autobytes struct sg_bytes shown = {0};
    add_words(&shown, words);
    telling->status = SG_EXIT_MACHINE;
    if (!sg_stop_asked())
        sg_remark("%s: %s%s", name, end == SG_POST_HELD ? "held back: " : "",
                  sg_bytes_text(&shown));
}

static void add_count(struct sg_bytes *out, size_t count, const char *what)
{
    if (count)
        sg_bytes_printf(out, "%s%zu %s", out->length ? ", " : "", count, what);
}

static int print_sum(const struct telling *telling, const struct sg_outbox_way *way,
                     const struct sg_outgoing_sum *sum, const char *path)
{
    sg_autobytes struct sg_bytes well = {0}, rest = {0};
    add_count(&well, telling->brief ? sum->arrived : 0, "arrived");
    add_count(&well, sum->before, "had arrived before");
    add_count(&rest, sum->waiting, "wait");
    add_count(&rest, sum->refused, "refused");
    add_count(&rest, sum->held, "held back");
    if (rest.length)
        sg_remark("%s: %s: 'sockgrade post --status %s' says why", way->target,
                  sg_bytes_text(&rest), path);
    if (!well.length || telling->call->options.quiet)
        return 0;
    return sg_tell("%s: %s\n", way->target, sg_bytes_text(&well));
}

/* The poster is there, and no other process sends. */
static int send_all(const struct sg_posting *posting, size_t index, const struct sg_call *call,
                    struct sg_store *store, const struct sg_meant *meant, bool brief)
{
    struct telling telling = {.call = call, .brief = brief};
    struct sg_poster poster = posting->posters[index];
    struct sg_outgoing_sum sum;
    struct sg_error err = {0};
    const struct sg_outgoing outgoing = {
        .store = store,
        .poster = &poster,
        .way = &posting->ways[index],
        .only = meant->ids,
        .only_count = meant->count,
        .again = call->options.again,
        .tell = tell,
        .state = &telling,
    };
    int64_t now_ms = (int64_t)(sg_date_ns() / SG_NS_PER_MS);
    if (sg_outbox_queue_all(store, outgoing.way, meant->ids, meant->count, now_ms, &err) < 0 ||
        sg_outgoing_send(&outgoing, &sum, &err) < 0)
        return sg_print_error(&err);
    if (sg_stop_asked())
        return SG_EXIT_MACHINE;
    int printed = print_sum(&telling, outgoing.way, &sum, sg_store_path(store));
    return printed ? printed : sum.waiting ? SG_EXIT_MACHINE : telling.status;
}

static int send_alone(const struct sg_posting *posting, const struct sg_call *call,
                      struct sg_store *store, const struct sg_meant *meant, bool brief)
{
    struct sg_error err = {0};
    int status = 0, lock = sg_outbox_lock(store, &err);
    if (lock < 0)
        return sg_print_error(&err);
    for (size_t i = 0; i < posting->count && !sg_stop_asked(); i++) {
        int one = send_all(posting, i, call, store, meant, brief);
        status = one > status ? one : status;
    }
    sg_outbox_unlock(store, lock);
    return status;
}

/* ---- what would be sent ---- */

static int preview(const struct sg_post_target *target, struct sg_store *store,
                   const struct sg_outbox_entry *entry)
{
    struct sg_run run = {0};
    struct sg_error err = {0};
    sg_autobytes struct sg_bytes json = {0}, text = {0};
    if (sg_store_load(store, entry->submission, &run, &err) < 0)
        return sg_print_error(&err);
    sg_run_to_json(&run, true, &json);
    sg_run_done(&run);
    const struct sg_post_parcel parcel = {
        .result = sg_bytes_slice(&json),
        .key = entry->key,
        .recipient = entry->recipient,
        .date_ms = entry->queued_ms,
    };
    if (sg_post_preview(target, &parcel, &text, &err) == 0)
        return sg_print(sg_bytes_slice(&text));
    (void)sg_error_add(&err, "%s", entry->submission);
    return sg_print_error(&err);
}

static bool is_to_be_sent(const struct sg_call *call, const struct sg_meant *meant,
                          const struct sg_outbox_entry *entry)
{
    bool open = entry->state == SG_OUTBOX_WAITING || entry->state == SG_OUTBOX_SENDING ||
                (entry->state == SG_OUTBOX_REFUSED && call->options.again);
    for (size_t i = 0; i < meant->count && open; i++) {
        if (strcmp(meant->ids[i], entry->submission) == 0)
            return true;
    }
    return false;
}

static int preview_all(const struct sg_posting *posting, size_t index, const struct sg_call *call,
                       struct sg_store *store, const struct sg_meant *meant)
{
    struct sg_error err = {0};
    struct sg_outbox_entry *entries = NULL;
    size_t count = 0;
    if (sg_outbox_plan(store, &posting->ways[index], meant->ids, meant->count, &entries, &count,
                       &err) < 0)
        return sg_print_error(&err);
    int status = 0;
    for (size_t i = 0; i < count && !status; i++) {
        if (is_to_be_sent(call, meant, &entries[i]))
            status = preview(posting->targets[index], store, &entries[i]);
    }
    sg_outbox_list_done(entries, count);
    return status;
}

int sg_outbox_post(const struct sg_posting *posting, const struct sg_call *call,
                   struct sg_store *store, const struct sg_meant *meant, bool brief)
{
    if (!call->options.dry_run)
        return send_alone(posting, call, store, meant, brief);
    int status = 0;
    for (size_t i = 0; i < posting->count && !status; i++)
        status = preview_all(posting, i, call, store, meant);
    return status;
}

/* ---- what has become of it ---- */

static bool is_way(const struct sg_outbox_entry *a, const struct sg_outbox_entry *b)
{
    return strcmp(a->target, b->target) == 0 && strcmp(a->place, b->place) == 0;
}

static void add_head(const struct sg_outbox_entry *entries, size_t count, struct sg_bytes *out)
{
    static const char *const words[] = {
        [SG_OUTBOX_WAITING] = "wait",    [SG_OUTBOX_SENDING] = "in doubt",
        [SG_OUTBOX_ARRIVED] = "arrived", [SG_OUTBOX_REFUSED] = "refused",
        [SG_OUTBOX_HELD] = "held back",
    };
    size_t counts[SG_COUNT(words)] = {0};
    sg_autobytes struct sg_bytes sum = {0};
    for (size_t i = 0; i < count; i++)
        counts[entries[i].state]++;
    for (size_t i = 0; i < SG_COUNT(words); i++)
        add_count(&sum, counts[i], words[i]);
    sg_bytes_printf(out, "%s to ", entries->target);
    sg_show(out, (const uint8_t *)entries->place, strlen(entries->place));
    sg_bytes_printf(out, ": %s\n", sg_bytes_text(&sum));
}

static void add_entry(const struct sg_outbox_entry *entry, struct sg_bytes *out)
{
    sg_autofree char *name = name_of(entry);
    sg_bytes_printf(out, "  %s: %s", name, sg_outbox_state_word(entry->state));
    if (entry->attempts)
        sg_bytes_printf(out, ", tried %lld time%s", (long long)entry->attempts,
                        entry->attempts == 1 ? "" : "s");
    if (entry->state == SG_OUTBOX_SENDING)
        sg_bytes_add_text(out, ": whoever sent it ended before there was an answer");
    else if (*entry->reason) {
        sg_bytes_add_text(out, ": ");
        add_words(out, entry->reason);
    }
    sg_bytes_add_byte(out, '\n');
}

static void add_status(const struct sg_outbox_entry *entries, size_t count, const char *target,
                       struct sg_bytes *out)
{
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i; end < count && is_way(&entries[i], &entries[end]);)
            end++;
        if (target && strcmp(target, entries[i].target) != 0)
            continue;
        add_head(&entries[i], end - i, out);
        for (size_t each = i; each < end; each++) {
            if (entries[each].state != SG_OUTBOX_ARRIVED)
                add_entry(&entries[each], out);
        }
    }
}

int sg_outbox_print_status(struct sg_call *call, size_t index, const char *target)
{
    const char *path = call->options.operands.items[index];
    struct sg_error err = {0};
    struct sg_store *store = NULL;
    struct sg_outbox_entry *entries = NULL;
    size_t count = 0;
    if (sg_store_open(path, SG_STORE_READ, &store, &err) < 0)
        return sg_print_error_at(call, sg_operand_word(call, index), &err);
    int failed = sg_outbox_list(store, NULL, &entries, &count, &err);
    sg_store_close(store);
    if (failed)
        return sg_print_error_at(call, sg_operand_word(call, index), &err);
    sg_autobytes struct sg_bytes text = {0};
    add_status(entries, count, target, &text);
    sg_outbox_list_done(entries, count);
    if (!text.length)
        sg_bytes_printf(&text, "nothing was ever queued in '%s'\n", path);
    return sg_print(sg_bytes_slice(&text));
}
