/* SPDX-License-Identifier: MIT
 * A statement of who we are (a JWT, RFC 7523), signed with an RSA key by OpenSSL. */
#ifndef SG_POST_STATEMENT_H
#define SG_POST_STATEMENT_H

#include <time.h>

#include "base/error.h"

struct sg_statement {
    const char *client;   /* who says it, and of whom */
    const char *audience; /* to whom */
    const char *key;      /* private, in PEM */
    const char *key_id;   /* NULL: it has no name */
};

/* Whether it is a private RSA key in PEM, without a passphrase. Blames the input. */
int sg_statement_check_key(const char *key, struct sg_error *err);
/* Makes one that was never made before, good for five minutes from `now` on. The caller frees
 * it. */
int sg_statement_make(const struct sg_statement *about, time_t now, char **ret,
                      struct sg_error *err);

#endif
