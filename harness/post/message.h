/* SPDX-License-Identifier: MIT
 * A request to a target, and what came back. Targets make requests and judge answers; only http.c
 * knows how they travel. */
#ifndef SG_POST_MESSAGE_H
#define SG_POST_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"

enum { SG_MOST_REQUEST_HEADERS = 8 };

struct sg_post_request_header {
    const char *name; /* static */
    char *value;
    bool secret; /* never shown, and wiped */
};

struct sg_post_request {
    const char *method; /* static: "POST" */
    char *url;
    struct sg_post_request_header headers[SG_MOST_REQUEST_HEADERS];
    size_t header_count;
    struct sg_slice body; /* borrowed from the job, or from `made` */
    struct sg_bytes made; /* a body that was made for this request */
};

/* Takes `value` over. */
void sg_request_header(struct sg_post_request *request, const char *name, char *value);
void sg_request_secret_header(struct sg_post_request *request, const char *name, char *value);
void sg_request_done(struct sg_post_request *request); /* wipes secrets; takes a zeroed one */
/* Appends the request as it travels, without what is secret: header values, and all of the URL
 * behind a '?'. Text is made safe for a terminal. */
void sg_request_show(const struct sg_post_request *request, struct sg_bytes *out);

/* The headers of answers that posting looks at. */
enum sg_answer_header {
    SG_ANSWER_RETRY_AFTER,
    SG_ANSWER_LIMIT_REMAINING,
    SG_ANSWER_LIMIT_RESET,
    SG_ANSWER_DATE,
    SG_ANSWER_LOCATION,
    SG_ANSWER_HEADERS, /* how many there are */
};
extern const char *const sg_answer_header_names[SG_ANSWER_HEADERS];

enum { SG_MOST_ANSWER_KEPT = 4 << 20 };

struct sg_post_answer {
    int status;                       /* of HTTP; 0: none came */
    bool lost;                        /* no whole answer came, for a reason that may pass */
    char *reason;                     /* where `lost`, or where status is 0: why */
    char *headers[SG_ANSWER_HEADERS]; /* NULL: not there */
    struct sg_bytes body;             /* its first SG_MOST_ANSWER_KEPT bytes */
};

void sg_answer_done(struct sg_post_answer *answer); /* takes a zeroed one */

#endif
