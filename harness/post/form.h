/* SPDX-License-Identifier: MIT
 * How bodies and addresses of requests are written: JSON, forms, parts of a path; and JSON read
 * from answers. */
#ifndef SG_POST_FORM_H
#define SG_POST_FORM_H

#include <jansson.h>

#include "base/error.h"
#include "post/message.h"

/* Appends a JSON value and lets go of it. Blames the machine where it cannot be written (NULL: it
 * could not even be made). */
int sg_post_json(json_t *value, struct sg_bytes *out, struct sg_error *err);
/* The JSON of an answer, whatever its kind; NULL where it is none. The caller lets go of it. */
json_t *sg_answer_json(const struct sg_post_answer *answer);

/* Appends text as one part of a path or of a form: all but letters, digits, '-', '.', '_' and '~'
 * as %XX. */
void sg_percent_add(struct sg_bytes *out, const char *text);
/* Appends NAME=VALUE, percent-encoded, to a form. */
void sg_form_add(struct sg_bytes *form, const char *name, const char *value);
/* The same without encoding, for a preview: what stands for a secret. */
void sg_form_add_secret(struct sg_bytes *form, const char *name, const char *value, bool preview);

#endif
