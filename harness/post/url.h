/* SPDX-License-Identifier: MIT
 * Which URLs anything is posted to: https, or http to this machine itself, and no password in
 * it. */
#ifndef SG_POST_URL_H
#define SG_POST_URL_H

#include <curl/curl.h>
#include <stdbool.h>

#include "base/error.h"

struct sg_url {
    CURLU *handle; /* what is requested is this, as it was judged: it is parsed once */
    char *place;   /* "host" or "host:port", safe to show */
    bool loopback;
};

/* Reads `text`, or blames the input and says what is not allowed (without the text: it may hold
 * what is not to be shown). _done in either case. */
int sg_url_parse(const char *text, struct sg_url *ret, struct sg_error *err);
void sg_url_done(struct sg_url *url); /* takes a zeroed one */

#endif
