/* SPDX-License-Identifier: MIT
 * Retrying. What GitHub asks of its clients is the strictest, and right for the others too:
 * Retry-After first, then the time at which an exhausted limit is reset, then a minute and more for
 * its secondary limits, and exponential waits for whatever says nothing. */
#include "post/retry.h"

#include <string.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/table.h"
#include "post/library.h"

static const uint64_t longest_own_wait_ns = 30 * SG_NS_PER_S;
static const int64_t secondary_limit_s = 60, longest_asked_s = INT64_C(1000000000);

static bool is_passing(int status)
{
    static const int passing[] = {408, 425, 429, 500, 502, 503, 504};
    for (size_t i = 0; i < SG_COUNT(passing); i++) {
        if (passing[i] == status)
            return true;
    }
    return false;
}

static bool is_exhausted(const struct sg_post_answer *answer)
{
    const char *remaining = answer->headers[SG_ANSWER_LIMIT_REMAINING];
    return remaining && strcmp(remaining, "0") == 0;
}

static bool speaks_of_limit(const struct sg_post_answer *answer)
{
    static const char *const words[] = {"rate limit", "abuse detection"};
    for (size_t i = 0; i < SG_COUNT(words); i++) {
        if (strcasestr(sg_bytes_text(&answer->body), words[i]))
            return true;
    }
    return false;
}

enum sg_verdict sg_retry_verdict(const struct sg_post_answer *answer)
{
    if (answer->lost)
        return SG_VERDICT_AGAIN;
    if (answer->status >= 200 && answer->status < 300)
        return SG_VERDICT_TAKEN;
    if (is_passing(answer->status))
        return SG_VERDICT_AGAIN;
    bool limited =
        answer->headers[SG_ANSWER_RETRY_AFTER] || is_exhausted(answer) || speaks_of_limit(answer);
    if (answer->status == 403 && limited)
        return SG_VERDICT_AGAIN;
    bool is_redirect = answer->status >= 300 && answer->status < 400;
    return answer->status == 401 || is_redirect ? SG_VERDICT_STOPPED : SG_VERDICT_REFUSED;
}

static int64_t in_range(int64_t seconds)
{
    return seconds < 0 ? 0 : seconds > longest_asked_s ? longest_asked_s : seconds;
}

bool sg_retry_after_parse(const char *text, int64_t now, int64_t *ret_s)
{
    int64_t seconds;
    if (sg_number_parse(text, &seconds)) {
        if (seconds < 0)
            return false;
        *ret_s = in_range(seconds);
        return true;
    }
    time_t date = sg_curl()->getdate(text, NULL);
    if (date == (time_t)-1)
        return false;
    *ret_s = in_range((int64_t)date - now);
    return true;
}

/* Dates are told by the server's clock: where it says what time it is there, ours does not
 * matter. */
static int64_t server_time(const struct sg_post_answer *answer, int64_t now)
{
    const char *date = answer->headers[SG_ANSWER_DATE];
    time_t there = date ? sg_curl()->getdate(date, NULL) : (time_t)-1;
    return there == (time_t)-1 ? now : (int64_t)there;
}

/* What the server asks for, in seconds, or -1. */
static int64_t asked_seconds(const struct sg_post_answer *answer, int64_t now)
{
    int64_t seconds;
    const char *after = answer->headers[SG_ANSWER_RETRY_AFTER];
    const char *reset = answer->headers[SG_ANSWER_LIMIT_RESET];
    int64_t there = server_time(answer, now);
    if (after && sg_retry_after_parse(after, there, &seconds))
        return seconds;
    if (reset && is_exhausted(answer) && sg_number_parse(reset, &seconds))
        return in_range(seconds - there);
    return answer->status == 403 ? secondary_limit_s : -1;
}

/* Twice as long each time, and anything from half of that to all of it: those who failed together
 * do not come back together. */
static uint64_t own_wait(unsigned attempt, uint64_t first_ns, struct sg_random *random)
{
    uint64_t wait = first_ns;
    for (unsigned i = 0; i < attempt && wait < longest_own_wait_ns; i++)
        wait *= 2;
    wait = wait < longest_own_wait_ns ? wait : longest_own_wait_ns;
    return wait / 2 + sg_random_below(random, wait / 2 + 1);
}

struct sg_pause sg_retry_wait(const struct sg_post_answer *answer, unsigned attempt, int64_t now,
                              uint64_t first_ns, struct sg_random *random)
{
    uint64_t own_ns = own_wait(attempt, first_ns, random);
    int64_t asked = answer->lost ? -1 : asked_seconds(answer, now);
    if (asked < 0)
        return (struct sg_pause){.ns = own_ns, .asked_s = -1};
    /* A little more than what was asked for, for the same reason; and "0" is no leave to hammer. */
    return (struct sg_pause){
        .ns = (uint64_t)asked * SG_NS_PER_S + own_wait(0, first_ns, random),
        .asked_s = asked,
    };
}
