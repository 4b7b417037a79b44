/* SPDX-License-Identifier: MIT
 * Requests over HTTP, by libcurl: one at a time, TLS always verified, no redirect followed, nothing
 * of the user's own configuration read. */
#ifndef SG_POST_HTTP_H
#define SG_POST_HTTP_H

#include <stdint.h>

#include "base/error.h"
#include "post/message.h"

struct sg_http;

/* `ca_file`: certificates to trust instead of the system's; NULL: the system's. It must stay.
 * Everything that the library frees is wiped first, so the process must not use it for anything
 * else before. */
int sg_http_open(const char *ca_file, struct sg_http **ret, struct sg_error *err);
void sg_http_close(struct sg_http *http); /* takes NULL */

/* Sends a request and receives the answer; blocks, for at most `most_ns`. Returns 0 with whatever
 * came of it (sg_answer_done), -1 where the request cannot be made at all. */
int sg_http_exchange(struct sg_http *http, const struct sg_post_request *request, uint64_t most_ns,
                     struct sg_post_answer *ret, struct sg_error *err);

#endif
