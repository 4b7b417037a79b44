/* SPDX-License-Identifier: MIT
 * Whether to try again, and when: as the answer says, or ever more slowly.
 *
 * Tried again are connections that fail or break off, 408, 425, 429, 500, 502, 503, 504, and a 403
 * that is about the rate of requests and not about rights. Everything else would fail again; a 401
 * or a redirect for every other result too. */
#ifndef SG_POST_RETRY_H
#define SG_POST_RETRY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/random.h"
#include "post/message.h"

enum sg_verdict {
    SG_VERDICT_TAKEN,   /* 2xx: what its body says is the target's to judge */
    SG_VERDICT_AGAIN,   /* it may be taken later */
    SG_VERDICT_REFUSED, /* it would be refused again */
    SG_VERDICT_STOPPED, /* so would every other result: it is about who we are, or where we ask */
};

enum sg_verdict sg_retry_verdict(const struct sg_post_answer *answer);

/* Reads Retry-After, a number of seconds or a date, as seconds from `now` (since 1970; at least 0).
 * False where it is neither. */
bool sg_retry_after_parse(const char *text, int64_t now, int64_t *ret_s);

struct sg_pause {
    uint64_t ns;
    int64_t asked_s; /* what the server asked for: shorter will not do; -1: nothing */
};

/* How long to wait after an answer. `attempt` counts from 0; `now` is our clock, in seconds since
 * 1970; no wait is shorter than half of `first_ns`. */
struct sg_pause sg_retry_wait(const struct sg_post_answer *answer, unsigned attempt, int64_t now,
                              uint64_t first_ns, struct sg_random *random);

#endif
