/* SPDX-License-Identifier: MIT
 * Which answers are tried again, and after how long. */
#include "post/retry.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/table.h"

/* 2026-08-01 12:00:00 UTC */
#define NOON INT64_C(1785585600)

static struct sg_random stream(uint64_t seed)
{
    struct sg_random random;
    sg_random_init(&random, seed, (const char *const[]){"test", NULL});
    return random;
}

static struct sg_post_answer answer_of(int status, enum sg_answer_header header, const char *value)
{
    struct sg_post_answer answer = {.status = status};
    if (value)
        answer.headers[header] = sg_strdup(value);
    return answer;
}

Test(retry_after, is_seconds_or_a_date)
{
    static const struct {
        const char *name, *text;
        bool right;
        int64_t seconds;
    } rows[] = {
        {"seconds", "120", true, 120},
        {"none", "0", true, 0},
        {"a date", "Sat, 01 Aug 2026 12:00:30 GMT", true, 30},
        {"a date of RFC 850", "Saturday, 01-Aug-26 12:01:00 GMT", true, 60},
        {"a date of asctime", "Sat Aug  1 12:00:05 2026", true, 5},
        {"a date that has passed", "Sat, 01 Aug 2026 11:00:00 GMT", true, 0},
        {"more than a lifetime", "99999999999999", true, INT64_C(1000000000)},
        {"less than nothing", "-5", false, 0},
        {"more than a number holds", "99999999999999999999", false, 0},
        {"words", "after lunch", false, 0},
        {"nothing", "", false, 0},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        int64_t seconds = -1;
        bool right = sg_retry_after_parse(rows[i].text, NOON, &seconds);
        cr_expect_eq(right, rows[i].right, "%s", rows[i].name);
        if (right && rows[i].right)
            cr_expect_eq(seconds, rows[i].seconds, "%s: %lld", rows[i].name, (long long)seconds);
    }
}

Test(retry, tries_again_what_may_pass)
{
    static const struct {
        int status;
        enum sg_verdict verdict;
    } rows[] = {
        {200, SG_VERDICT_TAKEN},   {201, SG_VERDICT_TAKEN},   {204, SG_VERDICT_TAKEN},
        {301, SG_VERDICT_STOPPED}, {302, SG_VERDICT_STOPPED}, {307, SG_VERDICT_STOPPED},
        {400, SG_VERDICT_REFUSED}, {401, SG_VERDICT_STOPPED}, {403, SG_VERDICT_REFUSED},
        {404, SG_VERDICT_REFUSED}, {408, SG_VERDICT_AGAIN},   {409, SG_VERDICT_REFUSED},
        {422, SG_VERDICT_REFUSED}, {425, SG_VERDICT_AGAIN},   {429, SG_VERDICT_AGAIN},
        {500, SG_VERDICT_AGAIN},   {501, SG_VERDICT_REFUSED}, {502, SG_VERDICT_AGAIN},
        {503, SG_VERDICT_AGAIN},   {504, SG_VERDICT_AGAIN},   {505, SG_VERDICT_REFUSED},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        struct sg_post_answer answer = {.status = rows[i].status};
        cr_expect_eq(sg_retry_verdict(&answer), rows[i].verdict, "%d", rows[i].status);
        answer.lost = true;
        cr_expect_eq(sg_retry_verdict(&answer), SG_VERDICT_AGAIN, "%d, lost", rows[i].status);
    }
}

Test(retry, tells_a_rate_limit_from_a_lack_of_rights)
{
    static const struct {
        const char *name;
        enum sg_answer_header header;
        const char *value, *body;
        enum sg_verdict verdict;
    } rows[] = {
        {"plain", SG_ANSWER_DATE, NULL, "Resource not accessible", SG_VERDICT_REFUSED},
        {"Retry-After", SG_ANSWER_RETRY_AFTER, "3", "", SG_VERDICT_AGAIN},
        {"nothing remains", SG_ANSWER_LIMIT_REMAINING, "0", "", SG_VERDICT_AGAIN},
        {"something remains", SG_ANSWER_LIMIT_REMAINING, "4999", "", SG_VERDICT_REFUSED},
        {"a secondary limit", SG_ANSWER_DATE, NULL,
         "You have exceeded a secondary rate limit. Please wait.", SG_VERDICT_AGAIN},
        {"abuse", SG_ANSWER_DATE, NULL, "You have triggered an Abuse Detection mechanism.",
         SG_VERDICT_AGAIN},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        struct sg_post_answer answer = answer_of(403, rows[i].header, rows[i].value);
        sg_bytes_add_text(&answer.body, rows[i].body);
        cr_expect_eq(sg_retry_verdict(&answer), rows[i].verdict, "%s", rows[i].name);
        sg_answer_done(&answer);
    }
}

Test(retry, waits_as_long_as_the_server_asks)
{
    static const struct {
        const char *name;
        int status;
        const char *after, *remaining, *reset, *date;
        uint64_t least_s;
        bool asked;
    } rows[] = {
        {"Retry-After", 429, "7", NULL, NULL, NULL, 7, true},
        {"Retry-After before the reset", 429, "7", "0", "1785585699", NULL, 7, true},
        {"the reset", 403, NULL, "0", "1785585699", NULL, 99, true},
        {"a reset that is of no concern", 502, NULL, "4999", "1785585699", NULL, 0, false},
        {"by the server's clock", 429, "Sat, 01 Aug 2026 10:00:05 GMT", NULL, NULL,
         "Sat, 01 Aug 2026 10:00:00 GMT", 5, true},
        {"a reset by the server's clock", 429, NULL, "0", "1785585599",
         "Sat, 01 Aug 2026 11:59:00 GMT", 59, true},
        {"a secondary limit", 403, NULL, NULL, NULL, NULL, 60, true},
        {"what cannot be read", 503, "soon", NULL, NULL, NULL, 0, false},
        {"nothing", 500, NULL, NULL, NULL, NULL, 0, false},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        struct sg_random random = stream(1);
        struct sg_post_answer answer =
            answer_of(rows[i].status, SG_ANSWER_RETRY_AFTER, rows[i].after);
        answer.headers[SG_ANSWER_LIMIT_REMAINING] = (char *)(uintptr_t)rows[i].remaining;
        answer.headers[SG_ANSWER_LIMIT_RESET] = (char *)(uintptr_t)rows[i].reset;
        answer.headers[SG_ANSWER_DATE] = (char *)(uintptr_t)rows[i].date;
        struct sg_pause pause = sg_retry_wait(&answer, 0, NOON, SG_NS_PER_S, &random);
        uint64_t least_ns = rows[i].least_s * SG_NS_PER_S;
        cr_expect_eq(pause.asked_s, rows[i].asked ? (int64_t)rows[i].least_s : -1, "%s",
                     rows[i].name);
        cr_expect_geq(pause.ns, least_ns + SG_NS_PER_S / 2, "%s", rows[i].name);
        cr_expect_leq(pause.ns, least_ns + SG_NS_PER_S, "%s", rows[i].name);
        free(answer.headers[SG_ANSWER_RETRY_AFTER]);
    }
}

Test(retry, waits_ever_longer_and_never_more_than_half_a_minute)
{
    static const uint64_t full_s[] = {1, 2, 4, 8, 16, 30, 30, 30};
    struct sg_random random = stream(1);
    const struct sg_post_answer answer = {.lost = true};
    for (unsigned i = 0; i < SG_COUNT(full_s); i++) {
        struct sg_pause pause = sg_retry_wait(&answer, i, NOON, SG_NS_PER_S, &random);
        cr_expect_eq(pause.asked_s, -1);
        cr_expect_geq(pause.ns, full_s[i] * SG_NS_PER_S / 2, "attempt %u", i);
        cr_expect_leq(pause.ns, full_s[i] * SG_NS_PER_S, "attempt %u", i);
    }
}

Test(retry, waits_alike_for_one_seed_and_differently_for_two)
{
    const struct sg_post_answer answer = {.status = 500};
    struct sg_random one = stream(1), same = stream(1), other = stream(2);
    uint64_t first = sg_retry_wait(&answer, 3, NOON, SG_NS_PER_S, &one).ns;
    cr_expect_eq(sg_retry_wait(&answer, 3, NOON, SG_NS_PER_S, &same).ns, first);
    cr_expect_neq(sg_retry_wait(&answer, 3, NOON, SG_NS_PER_S, &other).ns, first);
}
