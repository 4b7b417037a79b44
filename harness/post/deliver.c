/* SPDX-License-Identifier: MIT
 * Delivering, whatever the network does. A wait that the server asks for is kept or, where it is
 * longer than the time that is left, refused at once: to come back earlier is what it asked us not
 * to do. */
#include "post/deliver.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "post/cut.h"
#include "post/retry.h"
#include "post/url.h"

enum { MOST_ATTEMPTS = 20, MOST_WORDS = 500, MOST_SHOWN = 1000 };

/* One result on its way. */
struct delivery {
    struct sg_courier *courier;
    struct sg_post_job job;
    struct sg_random random;
    uint64_t begun_ns;
    unsigned attempts; /* at all requests together */
    unsigned again;    /* how many of them came to nothing */
    unsigned tries;    /* … since the last that was taken */
    enum sg_post_end end;
    size_t count; /* the target's own */
    char *place;  /* where the last request went, or NULL */
};

static uint64_t now_ns(const struct delivery *delivery)
{
    const struct sg_post_world *world = delivery->courier->world;
    return world->now_ns(world->state);
}

/* Two deliveries with one seed still wait differently: a class that is graded at once must not come
 * back at once. */
static void start_random(struct delivery *delivery)
{
    struct sg_slice result = delivery->job.result;
    char hash[32];
    (void)snprintf(hash, sizeof hash, "%016llx",
                   (unsigned long long)sg_hash(SG_HASH_START, result.data, result.length));
    const char *const names[] = {"post", delivery->courier->target->name, hash, NULL};
    sg_random_init(&delivery->random, delivery->courier->seed, names);
}

/* The server's own words: the first of them, on one line, with nothing in them that a terminal
 * obeys and none of our secrets. Redacted before they are cut: half a secret is not found any
 * more. */
static void add_words(const struct delivery *delivery, const struct sg_post_answer *answer,
                      struct sg_bytes *out)
{
    sg_autobytes struct sg_bytes body = {0}, shown = {0};
    sg_bytes_add(&body, answer->body.data, answer->body.length);
    sg_settings_redact(delivery->courier->settings, &body);
    struct sg_slice words = sg_bytes_slice(&body);
    sg_show(&shown, words.data, sg_cut_bytes(words, MOST_WORDS));
    size_t length = sg_cut_bytes(sg_bytes_slice(&shown), MOST_SHOWN);
    if (length)
        sg_bytes_printf(out, ": \"%.*s\"", (int)length, sg_bytes_text(&shown));
}

static const char *hint(const struct delivery *delivery, int status)
{
    const struct sg_post_hint *hints = delivery->courier->target->hints;
    for (; hints && hints->status; hints++) {
        if (hints->status == status)
            return hints->text;
    }
    return NULL;
}

static void describe(const struct delivery *delivery, const struct sg_post_answer *answer,
                     struct sg_bytes *out)
{
    const char *location = answer->headers[SG_ANSWER_LOCATION];
    const char *usual = hint(delivery, answer->status);
    if (answer->reason) {
        sg_bytes_add_text(out, answer->status ? "the answer broke off: " : "no answer: ");
        sg_bytes_add_text(out, answer->reason);
        return;
    }
    sg_bytes_printf(out, "it answered %d", answer->status);
    if (answer->status >= 300 && answer->status < 400 && location) {
        sg_bytes_add_text(out, " and pointed to '");
        sg_show(out, (const uint8_t *)location, strlen(location));
        sg_bytes_add_text(out, "' (redirects are not followed)");
        return;
    }
    if (usual && sg_retry_verdict(answer) != SG_VERDICT_AGAIN)
        sg_bytes_printf(out, " (%s)", usual);
    add_words(delivery, answer, out);
}

static enum sg_post_end end_of(enum sg_verdict verdict)
{
    static const enum sg_post_end ends[] = {
        [SG_VERDICT_TAKEN] = SG_POST_ARRIVED,
        [SG_VERDICT_AGAIN] = SG_POST_LATER,
        [SG_VERDICT_REFUSED] = SG_POST_REFUSED,
        [SG_VERDICT_STOPPED] = SG_POST_STOPPED,
    };
    return ends[verdict];
}

static double seconds(uint64_t ns)
{
    return (double)ns / (double)SG_NS_PER_S;
}

static int give_up(struct delivery *delivery, const char *why, const struct sg_pause *pause,
                   struct sg_error *err)
{
    delivery->end = SG_POST_LATER;
    if (pause->asked_s > 0)
        return sg_fail_machine(err, "it asks for a wait of %lld s, and posting may take %g s; %s",
                               (long long)pause->asked_s, seconds(delivery->courier->deadline_ns),
                               why);
    return sg_fail_machine(err, "given up after %u attempt%s in %.1f s; %s", delivery->attempts,
                           delivery->attempts == 1 ? "" : "s",
                           seconds(now_ns(delivery) - delivery->begun_ns), why);
}

static int wait_until(const struct delivery *delivery, uint64_t until_ns, struct sg_error *err)
{
    const struct sg_post_world *world = delivery->courier->world;
    return world->wait(world->state, until_ns, err);
}

/* Holds back a request that writes until the target's pace allows it. */
static int keep_pace(const struct delivery *delivery, const struct sg_post_request *request,
                     struct sg_error *err)
{
    struct sg_courier *courier = delivery->courier;
    uint64_t pace_ns = courier->target->pace_ns;
    if (strcmp(request->method, "GET") == 0)
        return 0;
    if (courier->last_write_ns && now_ns(delivery) < courier->last_write_ns + pace_ns &&
        wait_until(delivery, courier->last_write_ns + pace_ns, err) < 0)
        return -1;
    courier->last_write_ns = now_ns(delivery);
    return 0;
}

static int attempt(struct delivery *delivery, const struct sg_post_request *request,
                   struct sg_post_answer *ret, struct sg_error *err)
{
    const struct sg_courier *courier = delivery->courier;
    if (keep_pace(delivery, request, err) < 0)
        return -1;
    delivery->attempts++;
    uint64_t end_ns = delivery->begun_ns + courier->deadline_ns, now = now_ns(delivery);
    /* A pace that was waited for may have used up the time: one attempt is made in any case. */
    uint64_t most_ns = end_ns > now ? end_ns - now : SG_NS_PER_S;
    return courier->world->exchange(courier->world->state, request, most_ns, ret, err);
}

/* What an answer means, the target's judgement included; where it is no success, `why` says so in
 * words. */
static enum sg_verdict judge(const struct delivery *delivery, const struct sg_post_answer *answer,
                             struct sg_bytes *why)
{
    const struct sg_post_target *target = delivery->courier->target;
    enum sg_verdict verdict = sg_retry_verdict(answer);
    struct sg_error err = {0};
    if (verdict == SG_VERDICT_TAKEN && target->judge) {
        verdict = target->judge(&delivery->job, answer, &err);
        sg_bytes_add_text(why, err.text);
    } else if (verdict != SG_VERDICT_TAKEN) {
        describe(delivery, answer, why);
    }
    return verdict;
}

/* Waits before the next attempt; gives up where that would be too late. */
static int pause_after(struct delivery *delivery, const struct sg_post_answer *answer,
                       const char *why, struct sg_error *err)
{
    const struct sg_courier *courier = delivery->courier;
    uint64_t end_ns = delivery->begun_ns + courier->deadline_ns;
    int64_t date = courier->world->date(courier->world->state);
    struct sg_pause pause =
        sg_retry_wait(answer, delivery->tries, date, courier->first_wait_ns, &delivery->random);
    uint64_t until_ns = now_ns(delivery) + pause.ns;
    delivery->again++;
    if (until_ns >= end_ns || ++delivery->tries == MOST_ATTEMPTS)
        return give_up(delivery, why, &pause, err);
    delivery->end = SG_POST_LATER; /* where nobody waits any more */
    if (wait_until(delivery, until_ns, err) < 0)
        return -1;
    delivery->end = SG_POST_STOPPED;
    return 0;
}

/* Repeats one request until it is taken: 1. 0 where the target wants to look again instead. */
static int carry(struct delivery *delivery, const struct sg_post_request *request,
                 struct sg_post_answer *ret, struct sg_error *err)
{
    const struct sg_post_target *target = delivery->courier->target;
    for (;;) {
        sg_autobytes struct sg_bytes why = {0};
        if (attempt(delivery, request, ret, err) < 0)
            return -1;
        enum sg_verdict verdict = judge(delivery, ret, &why);
        if (verdict == SG_VERDICT_TAKEN) {
            delivery->tries = target->starts_over ? delivery->tries : 0;
            return 1;
        }
        delivery->end = end_of(verdict);
        if (verdict != SG_VERDICT_AGAIN)
            return sg_fail_machine(err, "%s", sg_bytes_text(&why));
        if (pause_after(delivery, ret, sg_bytes_text(&why), err) < 0)
            return -1;
        if (target->starts_over)
            return 0;
        sg_answer_done(ret);
    }
}

/* Carries a request; what came replaces *answer. As above. */
static int settle(struct delivery *delivery, const struct sg_post_request *request,
                  struct sg_post_answer *answer, struct sg_error *err)
{
    struct sg_url url;
    struct sg_post_answer fresh = {0};
    int taken = sg_url_parse(request->url, &url, err);
    free(delivery->place);
    delivery->place = url.place ? sg_strdup(url.place) : NULL;
    sg_url_done(&url);
    if (taken == 0)
        taken = carry(delivery, request, &fresh, err);
    sg_answer_done(answer);
    *answer = fresh;
    return taken;
}

static int run(struct delivery *delivery, struct sg_post_answer *answer, struct sg_error *err)
{
    for (;;) {
        struct sg_post_request request = {0};
        enum sg_post_next next = delivery->courier->target->next(&delivery->job, &request, err);
        int taken = next == SG_POST_REQUEST ? settle(delivery, &request, answer, err) : next;
        sg_request_done(&request);
        if (taken < 0 || next == SG_POST_DONE)
            return taken;
        delivery->job.step = taken ? delivery->job.step + 1 : 0;
        delivery->count = taken ? delivery->count : 0;
        delivery->job.answer = taken ? answer : NULL;
    }
}

/* One line for whoever waits: success in `words`, failure in `err`. */
static void tell(const struct delivery *delivery, int failed, struct sg_bytes *words,
                 struct sg_error *err)
{
    sg_autobytes struct sg_bytes to = {0};
    sg_bytes_add_text(&to, delivery->courier->target->name);
    if (delivery->place)
        sg_bytes_printf(&to, " at %s", delivery->place);
    if (failed) {
        (void)sg_error_add(err, "cannot post to %s", sg_bytes_text(&to));
        return;
    }
    sg_bytes_printf(words, "posted to %s", sg_bytes_text(&to));
    if (delivery->again)
        sg_bytes_printf(words, " (attempt %u)", delivery->again + 1);
}

/* What a dead process sent may still be on its way. */
static int let_settle(const struct delivery *delivery, const struct sg_post_parcel *parcel,
                      struct sg_error *err)
{
    uint64_t until_ns = now_ns(delivery) + delivery->courier->first_wait_ns;
    return parcel->in_doubt ? wait_until(delivery, until_ns, err) : 0;
}

/* A grade that is there stays where the harness is at fault. */
static int may_be_sent(struct delivery *delivery, struct sg_error *err)
{
    size_t errors = delivery->job.summary->errors;
    if (!delivery->courier->target->is_grade || !errors)
        return 0;
    delivery->end = SG_POST_HELD;
    return sg_fail_machine(err, "%zu case%s could not be graded, which is no grade", errors,
                           errors == 1 ? "" : "s");
}

static int deliver(struct delivery *delivery, const struct sg_post_parcel *parcel,
                   struct sg_error *err)
{
    struct sg_post_answer answer = {0};
    char *key = NULL;
    int failed = may_be_sent(delivery, err);
    if (!failed)
        failed = sg_post_job_fill(&delivery->job, parcel, &key, err);
    if (!failed)
        failed = let_settle(delivery, parcel, err);
    if (!failed)
        failed = run(delivery, &answer, err);
    sg_answer_done(&answer);
    free(key);
    return failed;
}

int sg_deliver(struct sg_courier *courier, const struct sg_post_parcel *parcel,
               enum sg_post_end *ret_end, struct sg_bytes *words, struct sg_error *err)
{
    struct sg_run_summary summary = {0};
    *ret_end = SG_POST_REFUSED;
    if (sg_run_summary_from_json(parcel->result, &summary, err) < 0)
        return -1;
    const struct sg_post_world *world = courier->world;
    struct delivery delivery = {
        .courier = courier,
        .job = {.settings = courier->settings, .result = parcel->result, .summary = &summary},
        .begun_ns = world->now_ns(world->state),
        .end = SG_POST_STOPPED,
    };
    delivery.job.count = &delivery.count;
    delivery.job.date_ms =
        parcel->date_ms ? parcel->date_ms : world->date(world->state) * INT64_C(1000);
    start_random(&delivery);
    int failed = deliver(&delivery, parcel, err);
    *ret_end = failed ? delivery.end : SG_POST_ARRIVED;
    tell(&delivery, failed, words, err);
    free(delivery.place);
    sg_run_summary_done(&summary);
    return failed ? -1 : 0;
}
