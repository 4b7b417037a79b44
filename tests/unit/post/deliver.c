/* SPDX-License-Identifier: MIT
 * Deliveries, in a world where the clock and the server are the test's: every attempt and every wait is
 * written down, and no time passes. */
#include "post/deliver.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/table.h"

/* 2026-08-01 12:00:00 UTC */
#define NOON INT64_C(1785585600)

static const char result[] = "{\"schema\": \"sockgrade/result/1\", \"assignment\": \"echo\", "
                             "\"submission\": {\"id\": \"a\"},"
                             " \"score\": 1, \"max_score\": 2, \"cases\": []}";

static const struct sg_post_parcel parcel = {
    .result = {(const uint8_t *)result, sizeof result - 1}};

/* What the server does next. */
struct play {
    int status; /* 0: the connection breaks off */
    const char *retry_after, *location, *body;
    uint64_t takes_ns;
    bool never; /* the request cannot be made at all */
};

struct stage {
    const struct play *plays;
    size_t played;
    uint64_t now_ns;
    struct {
        uint64_t at_ns, most_ns;
        char *body, *url;
    } seen[32];
    bool alone; /* nobody waits for the result */
};

static uint64_t stage_now(void *state)
{
    return ((const struct stage *)state)->now_ns;
}

static int64_t stage_date(void *state)
{
    return NOON + (int64_t)(stage_now(state) / SG_NS_PER_S);
}

static int stage_wait(void *state, uint64_t until_ns, struct sg_error *err)
{
    struct stage *stage = state;
    cr_expect_gt(until_ns, stage->now_ns, "a wait for what has been");
    stage->now_ns = until_ns;
    return stage->alone ? sg_fail_machine(err, "nobody waits") : 0;
}

static int stage_exchange(void *state, const struct sg_post_request *request, uint64_t most_ns,
                          struct sg_post_answer *ret, struct sg_error *err)
{
    struct stage *stage = state;
    const struct play *play = &stage->plays[stage->played];
    cr_assert_lt(stage->played, SG_COUNT(stage->seen));
    stage->seen[stage->played].at_ns = stage->now_ns;
    stage->seen[stage->played].most_ns = most_ns;
    stage->seen[stage->played].url = sg_strdup(request->url);
    stage->seen[stage->played++].body =
        request->body.length ? strndup((const char *)request->body.data, request->body.length)
                             : sg_strdup("");
    stage->now_ns += play->takes_ns;
    if (play->never)
        return sg_fail_machine(err, "it cannot be done");
    *ret = (struct sg_post_answer){.status = play->status, .lost = !play->status};
    if (!play->status)
        ret->reason = sg_strdup("it broke off");
    if (play->retry_after)
        ret->headers[SG_ANSWER_RETRY_AFTER] = sg_strdup(play->retry_after);
    if (play->location)
        ret->headers[SG_ANSWER_LOCATION] = sg_strdup(play->location);
    sg_bytes_add_text(&ret->body, play->body ? play->body : "");
    return 0;
}

/* A target of two requests: it reads what is there, and writes only where that is not "same". */
static enum sg_post_next read_then_write(const struct sg_post_job *job, struct sg_post_request *ret,
                                         struct sg_error *err)
{
    (void)err;
    static const char *const urls[] = {"https://example.org/read", "https://example.org/write"};
    if (job->step == 2 ||
        (job->step == 1 && strcmp(sg_bytes_text(&job->answer->body), "same") == 0))
        return SG_POST_DONE;
    *ret = (struct sg_post_request){.method = job->step ? "POST" : "GET",
                                    .url = sg_strdup(urls[job->step])};
    if (job->step)
        ret->body = job->result;
    return SG_POST_REQUEST;
}

/* A target of one request, which takes no answer that says "error". */
static enum sg_post_next write_once(const struct sg_post_job *job, struct sg_post_request *ret,
                                    struct sg_error *err)
{
    (void)err;
    if (job->step)
        return SG_POST_DONE;
    *ret = (struct sg_post_request){
        .method = "POST", .url = sg_strdup("https://example.org/"), .body = job->result};
    return SG_POST_REQUEST;
}

static enum sg_verdict judge_body(const struct sg_post_job *job,
                                  const struct sg_post_answer *answer, struct sg_error *err)
{
    (void)job;
    if (!strstr(sg_bytes_text(&answer->body), "error"))
        return SG_VERDICT_TAKEN;
    (void)sg_fail_machine(err, "it said yes and meant no");
    return strstr(sg_bytes_text(&answer->body), "busy") ? SG_VERDICT_AGAIN : SG_VERDICT_REFUSED;
}

static const struct sg_post_hint hints[] = {{401, "the key is wrong"}, {0, NULL}};
static const struct sg_post_setting setting[] = {{{"TEST_KEY"}, .secret = true}};
static const struct sg_post_target once = {.name = "once",
                                           .settings = setting,
                                           .setting_count = 1,
                                           .pace_ns = SG_NS_PER_S,
                                           .hints = hints,
                                           .next = write_once,
                                           .judge = judge_body};
static const struct sg_post_target twice = {.name = "twice", .next = read_then_write};

static void leave(struct stage *stage)
{
    for (size_t i = 0; i < stage->played; i++) {
        free(stage->seen[i].url);
        free(stage->seen[i].body);
    }
}

static int deliver(const struct sg_post_target *target, struct stage *stage, size_t times,
                   struct sg_bytes *words, struct sg_error *err)
{
    const struct sg_post_world world = {.state = stage,
                                        .now_ns = stage_now,
                                        .date = stage_date,
                                        .wait = stage_wait,
                                        .exchange = stage_exchange};
    struct sg_post_settings settings = {.rows = setting, .count = 1};
    settings.values[0] = sg_strdup("correct horse battery staple");
    struct sg_courier courier = {.target = target,
                                 .settings = &settings,
                                 .world = &world,
                                 .deadline_ns = 120 * SG_NS_PER_S,
                                 .first_wait_ns = SG_NS_PER_S,
                                 .seed = 1};
    stage->now_ns += 1000 * SG_NS_PER_S;
    int failed = 0;
    enum sg_post_end end;
    for (; times && !failed; times--)
        failed = sg_deliver(&courier, &parcel, &end, words, err);
    sg_settings_done(&settings);
    return failed;
}

static double seconds_between(const struct stage *stage, size_t a, size_t b)
{
    return (double)(stage->seen[b].at_ns - stage->seen[a].at_ns) / (double)SG_NS_PER_S;
}

Test(deliver, repeats_the_same_bytes_until_they_are_taken)
{
    static const struct play plays[] = {{500}, {0}, {503}, {201}};
    struct stage stage = {.plays = plays};
    struct sg_error err = {0};
    sg_autobytes struct sg_bytes words = {0};
    cr_assert_eq(deliver(&once, &stage, 1, &words, &err), 0, "%s", err.text);
    cr_expect_eq(stage.played, 4);
    for (size_t i = 0; i < stage.played; i++)
        cr_expect_str_eq(stage.seen[i].body, result, "attempt %zu", i + 1);
    cr_expect_geq(seconds_between(&stage, 0, 1), 0.5);
    cr_expect_leq(seconds_between(&stage, 0, 1), 1.0);
    cr_expect_geq(seconds_between(&stage, 2, 3), 2.0);
    cr_expect_leq(seconds_between(&stage, 2, 3), 4.0);
    cr_expect_str_eq(sg_bytes_text(&words), "posted to once at example.org (attempt 4)");
    leave(&stage);
}

Test(deliver, stops_at_once_and_gives_the_servers_words)
{
    static const struct {
        const char *name;
        struct play play;
        const char *said;
    } rows[] = {
        {"words",
         {400, .body = "no such course\n"},
         "cannot post to once at example.org: it answered 400: \"no such course\\n\""},
        {"no words", {410}, "cannot post to once at example.org: it answered 410"},
        {"a hint",
         {401, .body = "bad"},
         "cannot post to once at example.org: it answered 401 (the key is wrong): \"bad\""},
        {"a terminal's commands",
         {400, .body = "\x1b[2J\xe2\x80\xaeoops"},
         "cannot post to once at example.org: it answered 400: \"\\x1b[2J\\xe2\\x80\\xaeoops\""},
        {"our secret",
         {400, .body = "who is correct horse battery staple?"},
         "cannot post to once at example.org: it answered 400: \"who is (secret)?\""},
        {"a redirect",
         {302, .location = "https://elsewhere.example/"},
         "cannot post to once at example.org: it answered 302 and pointed to "
         "'https://elsewhere.example/' (redirects are not followed)"},
        {"a yes that means no",
         {200, .body = "{\"error\": 1}"},
         "cannot post to once at example.org: it said yes and meant no"},
        {"what cannot be done",
         {.never = true},
         "cannot post to once at example.org: it cannot be done"},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        struct stage stage = {.plays = &rows[i].play};
        struct sg_error err = {0};
        sg_autobytes struct sg_bytes words = {0};
        cr_expect_eq(deliver(&once, &stage, 1, &words, &err), -1, "%s", rows[i].name);
        cr_expect_eq(stage.played, 1, "%s", rows[i].name);
        cr_expect_eq(err.blame, SG_BLAME_MACHINE, "%s", rows[i].name);
        cr_expect_str_eq(err.text, rows[i].said, "%s", rows[i].name);
        leave(&stage);
    }
}

Test(deliver, shows_the_first_500_bytes_and_no_half_character)
{
    char body[1200] = "";
    memset(body, 'a', 499);
    strcpy(body + 499, "\xc3\xa4 and more");
    const struct play play = {400, .body = body};
    struct stage stage = {.plays = &play};
    struct sg_error err = {0};
    sg_autobytes struct sg_bytes words = {0};
    cr_assert_eq(deliver(&once, &stage, 1, &words, &err), -1);
    const char *shown = strchr(err.text, '"');
    cr_assert_not_null(shown);
    cr_expect_eq(strspn(shown + 1, "a"), 499);
    cr_expect_str_eq(shown + 500, "\"");
    leave(&stage);
}

Test(deliver, keeps_a_wait_that_it_is_asked_for)
{
    static const struct play plays[] = {
        {429, .retry_after = "90"}, {429, .retry_after = "Sat, 01 Aug 2026 12:18:30 GMT"}, {201}};
    struct stage stage = {.plays = plays};
    struct sg_error err = {0};
    sg_autobytes struct sg_bytes words = {0};
    cr_assert_eq(deliver(&once, &stage, 1, &words, &err), 0, "%s", err.text);
    cr_expect_geq(seconds_between(&stage, 0, 1), 90);
    cr_expect_leq(seconds_between(&stage, 0, 1), 91);
    /* The clock of the stage began at 12:16:40. */
    cr_expect_geq(stage.seen[2].at_ns, 1110 * SG_NS_PER_S);
    cr_expect_leq(stage.seen[2].at_ns, 1112 * SG_NS_PER_S);
    leave(&stage);
}

Test(deliver, does_not_come_back_earlier_than_it_is_asked_to)
{
    static const struct play plays[] = {{503, .retry_after = "3600", .body = "closed"}};
    struct stage stage = {.plays = plays};
    struct sg_error err = {0};
    sg_autobytes struct sg_bytes words = {0};
    cr_assert_eq(deliver(&once, &stage, 1, &words, &err), -1);
    cr_expect_eq(stage.played, 1);
    cr_expect_str_eq(err.text,
                     "cannot post to once at example.org: it asks for a wait of 3600 s, and "
                     "posting may take 120 s; it answered 503: \"closed\"");
    leave(&stage);
}

Test(deliver, ends_at_the_deadline)
{
    struct play plays[32] = {0};
    struct stage stage = {.plays = plays};
    struct sg_error err = {0};
    sg_autobytes struct sg_bytes words = {0};
    for (size_t i = 0; i < SG_COUNT(plays); i++)
        plays[i].takes_ns = SG_NS_PER_S;
    cr_assert_eq(deliver(&once, &stage, 1, &words, &err), -1);
    cr_expect_geq(stage.played, 6);
    cr_expect_leq(stage.now_ns, 1120 * SG_NS_PER_S);
    for (size_t i = 0; i < stage.played; i++)
        cr_expect_leq(stage.seen[i].at_ns + stage.seen[i].most_ns, 1120 * SG_NS_PER_S);
    sg_autofree char *begins =
        sg_printf("cannot post to once at example.org: given up after %zu attempts", stage.played);
    cr_expect_eq(strncmp(err.text, begins, strlen(begins)), 0, "%s", err.text);
    cr_expect_not_null(strstr(err.text, "; no answer: it broke off"), "%s", err.text);
    leave(&stage);
}

Test(deliver, leaves_a_server_alone_that_wants_no_wait_at_all)
{
    struct play plays[32];
    struct stage stage = {.plays = plays};
    struct sg_error err = {0};
    sg_autobytes struct sg_bytes words = {0};
    for (size_t i = 0; i < SG_COUNT(plays); i++)
        plays[i] = (struct play){429, .retry_after = "0"};
    cr_assert_eq(deliver(&once, &stage, 1, &words, &err), -1);
    cr_expect_eq(stage.played, 20);
    for (size_t i = 1; i < stage.played; i++)
        cr_expect_geq(seconds_between(&stage, i - 1, i), 0.5);
    leave(&stage);
}

Test(deliver, stops_when_nobody_waits_any_more)
{
    static const struct play plays[] = {{500}, {201}};
    struct stage stage = {.plays = plays, .alone = true};
    struct sg_error err = {0};
    sg_autobytes struct sg_bytes words = {0};
    cr_assert_eq(deliver(&once, &stage, 1, &words, &err), -1);
    cr_expect_eq(stage.played, 1);
    leave(&stage);
}

Test(deliver, keeps_the_pace_of_the_target)
{
    static const struct play plays[] = {{201}, {201}, {201}};
    struct stage stage = {.plays = plays};
    struct sg_error err = {0};
    sg_autobytes struct sg_bytes words = {0};
    cr_assert_eq(deliver(&once, &stage, 3, &words, &err), 0, "%s", err.text);
    cr_expect_float_eq(seconds_between(&stage, 0, 1), 1, 1e-6);
    cr_expect_float_eq(seconds_between(&stage, 1, 2), 1, 1e-6);
    leave(&stage);
}

Test(deliver, makes_several_requests_each_from_the_answer_before)
{
    static const struct {
        const char *name;
        struct play plays[4];
        size_t played;
    } rows[] = {
        {"nothing is there", {{200, .body = "none"}, {201}}, 2},
        {"it is there already", {{200, .body = "same"}}, 1},
        {"both are repeated", {{502}, {200, .body = "none"}, {0}, {201}}, 4},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        struct stage stage = {.plays = rows[i].plays};
        struct sg_error err = {0};
        sg_autobytes struct sg_bytes words = {0};
        cr_expect_eq(deliver(&twice, &stage, 1, &words, &err), 0, "%s: %s", rows[i].name, err.text);
        cr_assert_eq(stage.played, rows[i].played, "%s", rows[i].name);
        cr_expect_str_eq(stage.seen[0].url, "https://example.org/read", "%s", rows[i].name);
        if (stage.played > 1)
            cr_expect_str_eq(stage.seen[stage.played - 1].url, "https://example.org/write", "%s",
                             rows[i].name);
        leave(&stage);
    }
}

/* The same, which looks again whenever it does not know what became of a request. */
static const struct sg_post_target careful = {
    .name = "careful", .starts_over = true, .next = read_then_write, .judge = judge_body};

Test(deliver, looks_again_where_nobody_knows_what_became_of_a_request)
{
    static const struct {
        const char *name;
        struct play plays[6];
        size_t played;
        const char *last;
    } rows[] = {
        {"it had come",
         {{200, .body = "none"}, {0}, {200, .body = "same"}},
         3,
         "https://example.org/read"},
        {"it had not",
         {{200, .body = "none"}, {503}, {200, .body = "none"}, {201}},
         4,
         "https://example.org/write"},
        {"nor can be looked at once",
         {{200, .body = "none"}, {0}, {500}, {200, .body = "same"}},
         4,
         "https://example.org/read"},
        {"the target is busy, and says yes",
         {{200, .body = "none"}, {200, .body = "error: busy"}, {200, .body = "none"}, {201}},
         4,
         "https://example.org/write"},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        struct stage stage = {.plays = rows[i].plays};
        struct sg_error err = {0};
        sg_autobytes struct sg_bytes words = {0};
        cr_expect_eq(deliver(&careful, &stage, 1, &words, &err), 0, "%s: %s", rows[i].name,
                     err.text);
        cr_assert_eq(stage.played, rows[i].played, "%s", rows[i].name);
        cr_expect_str_eq(stage.seen[stage.played - 1].url, rows[i].last, "%s", rows[i].name);
        leave(&stage);
    }
}

Test(deliver, tells_how_it_ended)
{
    static const struct {
        const char *name;
        struct play plays[2];
        const char *result;
        enum sg_post_end end;
    } rows[] = {
        {"arrived", {{201}}, result, SG_POST_ARRIVED},
        {"refused", {{422}}, result, SG_POST_REFUSED},
        {"refused with a yes", {{200, .body = "error"}}, result, SG_POST_REFUSED},
        {"who we are", {{401}}, result, SG_POST_STOPPED},
        {"where we ask",
         {{302, .location = "https://elsewhere.example/"}},
         result,
         SG_POST_STOPPED},
        {"it cannot be asked", {{.never = true}}, result, SG_POST_STOPPED},
        {"later", {{503, .retry_after = "1000"}}, result, SG_POST_LATER},
        {"no result", {{201}}, "{}", SG_POST_REFUSED},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        struct stage stage = {.plays = rows[i].plays, .now_ns = 1000 * SG_NS_PER_S};
        const struct sg_post_world world = {.state = &stage,
                                            .now_ns = stage_now,
                                            .date = stage_date,
                                            .wait = stage_wait,
                                            .exchange = stage_exchange};
        struct sg_post_settings settings = {0};
        struct sg_courier courier = {.target = &once,
                                     .settings = &settings,
                                     .world = &world,
                                     .deadline_ns = 120 * SG_NS_PER_S,
                                     .first_wait_ns = SG_NS_PER_S};
        const struct sg_post_parcel given = {.result = sg_slice_text(rows[i].result)};
        struct sg_error err = {0};
        enum sg_post_end end = SG_POST_UNKNOWN;
        sg_autobytes struct sg_bytes words = {0};
        (void)sg_deliver(&courier, &given, &end, &words, &err);
        cr_expect_eq(end, rows[i].end, "%s: %d", rows[i].name, (int)end);
        leave(&stage);
    }
}

Test(deliver, waits_before_it_looks_at_what_is_in_doubt)
{
    static const struct play plays[] = {{201}};
    struct stage stage = {.plays = plays, .now_ns = 1000 * SG_NS_PER_S};
    const struct sg_post_world world = {.state = &stage,
                                        .now_ns = stage_now,
                                        .date = stage_date,
                                        .wait = stage_wait,
                                        .exchange = stage_exchange};
    struct sg_post_settings settings = {0};
    struct sg_courier courier = {.target = &once,
                                 .settings = &settings,
                                 .world = &world,
                                 .deadline_ns = 120 * SG_NS_PER_S,
                                 .first_wait_ns = 2 * SG_NS_PER_S};
    struct sg_post_parcel given = parcel;
    struct sg_error err = {0};
    enum sg_post_end end;
    sg_autobytes struct sg_bytes words = {0};
    given.in_doubt = true;
    cr_expect_eq(sg_deliver(&courier, &given, &end, &words, &err), 0, "%s", err.text);
    cr_expect_eq(stage.seen[0].at_ns, 1002 * SG_NS_PER_S);
    leave(&stage);
}

Test(deliver, takes_result_files_only)
{
    struct stage stage = {0};
    struct sg_error err = {0};
    const struct sg_post_world world = {.state = &stage, .now_ns = stage_now, .date = stage_date};
    struct sg_courier courier = {.target = &once, .world = &world};
    const struct sg_post_parcel no_result = {.result = sg_slice_text("{}")};
    enum sg_post_end end;
    sg_autobytes struct sg_bytes words = {0};
    cr_expect_eq(sg_deliver(&courier, &no_result, &end, &words, &err), -1);
    cr_expect_eq(err.blame, SG_BLAME_INPUT);
}
