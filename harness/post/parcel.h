/* SPDX-License-Identifier: MIT
 * One result as it is handed to a poster, and how its way ended. */
#ifndef SG_POST_PARCEL_H
#define SG_POST_PARCEL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"

enum { SG_MOST_KEY = 72, SG_MOST_RECIPIENT = 256 };

struct sg_post_parcel {
    struct sg_slice result; /* the result file, byte by byte */
    const char
        *key; /* what it is known by, the same on every attempt; NULL: made from the result */
    const char *recipient; /* as the target knows the person; NULL: the submission's id */
    int64_t date_ms;       /* since 1970, the same on every attempt; 0: now */
    bool in_doubt;         /* whoever was at it died: it may be on its way yet */
};

enum sg_post_end {
    SG_POST_ARRIVED,
    SG_POST_REFUSED, /* this result, for good */
    SG_POST_HELD,    /* it is none to be sent */
    SG_POST_LATER,   /* it may be taken another time */
    SG_POST_STOPPED, /* no result will be taken before settings, or the receiver, have changed */
    SG_POST_UNKNOWN, /* whoever was at it died, or was told to stop */
};

#endif
