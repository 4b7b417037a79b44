/* SPDX-License-Identifier: MIT
 * A target, as a row: what it must be told, how it makes its requests, how it judges the answers.
 *
 * Posting one result is a row of requests, of which each may depend on the answer to the one
 * before: a target that must not write twice begins with a request that reads what is there, and is
 * done where that is what it would have written. Retrying is not the target's business (deliver.c):
 * its `next` is called again when its last request has been answered with 2xx and that answer has
 * been judged; and from the beginning, where nobody knows what became of a request and it
 * `starts_over`. */
#ifndef SG_POST_TARGET_H
#define SG_POST_TARGET_H

#include "post/message.h"
#include "post/parcel.h"
#include "post/retry.h"
#include "post/settings.h"
#include "result/json.h"
#include "store/outbox.h"

/* One result on its way to one target. */
struct sg_post_job {
    struct sg_post_settings *settings; /* a target may change what it has learned (settings.h) */
    struct sg_slice result;            /* the result file, byte by byte */
    const struct sg_run_summary *summary;
    const char *key;       /* the same on every attempt, and for no other result */
    bool key_is_of_result; /* it follows from the result and nothing else */
    const char *recipient;
    int64_t date_ms; /* when it was queued, since 1970: the same on every attempt */
    bool preview;    /* secret settings were not read: what is made is only shown */
    size_t step;     /* how many requests were answered */
    size_t *count;   /* the target's own, from step to step; 0 at the first */
    const struct sg_post_answer *answer; /* to the last of them; in a preview an empty one */
};

enum sg_post_next {
    SG_POST_FAILED = -1, /* `err` says why */
    SG_POST_DONE = 0,
    SG_POST_REQUEST = 1, /* *ret is to be sent next */
};

struct sg_post_hint {
    int status;
    const char *text;
};

struct sg_post_target {
    const char *name;
    const char *help;
    const struct sg_post_setting *settings;
    size_t setting_count;
    uint64_t pace_ns; /* at least so long between two requests that write */
    bool is_grade;    /* what a harness error has spoilt is not posted */
    bool starts_over; /* after a request of which nobody knows what became, the first comes next */
    const struct sg_post_hint *hints; /* what a refusal usually means here; ended by status 0 */

    /* Whether the settings can be right, beyond being there. Blames the input. */
    int (*check)(const struct sg_post_settings *settings, struct sg_error *err);
    /* Fills *ret, which is empty, with the request of this step. */
    enum sg_post_next (*next)(const struct sg_post_job *job, struct sg_post_request *ret,
                              struct sg_error *err);
    /* Whether an answer of 2xx means what it says; else `err` has its words. NULL: it does. */
    enum sg_verdict (*judge)(const struct sg_post_job *job, const struct sg_post_answer *answer,
                             struct sg_error *err);
    /* To whom results go; NULL: to nobody in particular. */
    enum sg_outbox_person (*person)(const struct sg_post_settings *settings);
};

extern const struct sg_post_target sg_post_webhook, sg_post_github_status, sg_post_github_check,
    sg_post_canvas, sg_post_moodle, sg_post_lti;

/* All targets, and the settings that all of them have. */
extern const struct sg_post_target *const sg_post_targets[];
extern const size_t sg_post_target_count;

enum sg_post_common {
    SG_POST_DEADLINE,
    SG_POST_FIRST_WAIT,
    SG_POST_CA_FILE,
    SG_POST_COMMON, /* how many there are */
};
extern const struct sg_post_setting sg_post_common[SG_POST_COMMON];

/* Fills what a job is known by and goes to: from the parcel, or where that does not say, from the
 * result (which the job has). *ret_key is the caller's to free. */
int sg_post_job_fill(struct sg_post_job *job, const struct sg_post_parcel *parcel, char **ret_key,
                     struct sg_error *err);

/* For a setting that holds a URL to post to: names the variable where it is not one. */
int sg_post_check_url(const struct sg_post_settings *settings, size_t row, struct sg_error *err);

#endif
