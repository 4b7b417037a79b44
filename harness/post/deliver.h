/* SPDX-License-Identifier: MIT
 * The way of one result to one target: request after request, each repeated until it is taken,
 * refused, or the time is up. It sees the outside through a small interface, so that a test can
 * play the server and the clock. */
#ifndef SG_POST_DELIVER_H
#define SG_POST_DELIVER_H

#include "base/random.h"
#include "post/message.h"
#include "post/target.h"

/* The outside. */
struct sg_post_world {
    void *state;
    uint64_t (*now_ns)(void *state); /* CLOCK_MONOTONIC */
    int64_t (*date)(void *state);    /* seconds since 1970 */
    /* Blocks until `until_ns`. Fails where nobody waits for the result any more. */
    int (*wait)(void *state, uint64_t until_ns, struct sg_error *err);
    /* Sends a request and receives the answer, for at most `most_ns`. An answer of any status, or
     * none (`lost`), is success; fails where the request could never be made. */
    int (*exchange)(void *state, const struct sg_post_request *request, uint64_t most_ns,
                    struct sg_post_answer *ret, struct sg_error *err);
};

/* Everything that lasts from one result to the next. */
struct sg_courier {
    const struct sg_post_target *target;
    struct sg_post_settings *settings;
    const struct sg_post_world *world;
    uint64_t deadline_ns; /* for one result, all attempts and waits */
    uint64_t first_wait_ns;
    uint64_t seed;
    uint64_t last_write_ns; /* 0: none */
};

/* Delivers a result file. Appends one line on how it went to `words`; *ret_end is set in either
 * case. Blames the input where it is no result file, else the machine. Texts may still hold
 * secrets: the caller redacts them. */
int sg_deliver(struct sg_courier *courier, const struct sg_post_parcel *parcel,
               enum sg_post_end *ret_end, struct sg_bytes *words, struct sg_error *err);

#endif
