/* SPDX-License-Identifier: MIT
 * JSON under construction: the formats that are JSON are written with it, so that commas, quotes
 * and points are right in all of them. Zeroed but for `out`, it is ready. */
#ifndef SG_REPORT_JSON_OUT_H
#define SG_REPORT_JSON_OUT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"

struct sg_json_out {
    struct sg_bytes *out; /* borrowed */
    int tall;             /* values that lie no deeper than this have a line of their own */
    size_t most;          /* bytes that are kept of one text; 0: SG_TOLD_MOST */
    /* Appends a text with its quotes; NULL: sg_add_quoted. */
    void (*quote)(struct sg_bytes *out, const char *text);
    int depth;
    bool filled; /* a value stands before this one */
};

/* `bracket` is '{' or '['. `key` is NULL in lists and at the top. */
void sg_json_open(struct sg_json_out *json, const char *key, char bracket);
void sg_json_close(struct sg_json_out *json, char bracket); /* '}' or ']' */
void sg_json_text(struct sg_json_out *json, const char *key, const char *text);
/* The same where there is a text, else nothing. */
void sg_json_text_if(struct sg_json_out *json, const char *key, const char *text);
void sg_json_points(struct sg_json_out *json, const char *key, int64_t thousandths);
void sg_json_number(struct sg_json_out *json, const char *key, int64_t number);
void sg_json_seconds(struct sg_json_out *json, const char *key, uint64_t ns);
/* A value that is JSON already. */
void sg_json_raw(struct sg_json_out *json, const char *key, const char *value);
void sg_json_flag(struct sg_json_out *json, const char *key, bool flag);

#endif
