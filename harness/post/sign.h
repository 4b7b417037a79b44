/* SPDX-License-Identifier: MIT
 * What makes a delivery recognisable: its signature and its id. */
#ifndef SG_POST_SIGN_H
#define SG_POST_SIGN_H

#include <stddef.h>

#include "base/bytes.h"
#include "base/error.h"

/* "sha256=" and the HMAC-SHA256 of `body` in lower-case hexadecimal, as GitHub signs its webhooks.
 * The caller frees it. */
int sg_signature_make(const char *secret, struct sg_slice body, char **ret, struct sg_error *err);

/* A UUID (RFC 9562, version 8) that follows from where a delivery goes and what it holds, and from
 * nothing else: it is the same on every attempt. The caller frees it. */
int sg_delivery_id(const char *url, struct sg_slice body, char **ret, struct sg_error *err);

/* A SHA-256 of `body`, as 32 hexadecimal digits: what a result is known by that has no other key.
 * The caller frees it. */
int sg_result_key(struct sg_slice body, char **ret, struct sg_error *err);

#endif
