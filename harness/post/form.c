/* SPDX-License-Identifier: MIT
 * Bodies and addresses. */
#include "post/form.h"

#include <stdlib.h>
#include <string.h>

static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

int sg_post_json(json_t *value, struct sg_bytes *out, struct sg_error *err)
{
    char *text =
        value ? json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15)) : NULL;
    json_decref(value);
    if (!text)
        return sg_fail_machine(err, "a result cannot be written as JSON");
    sg_bytes_add_text(out, text);
    free(text);
    return 0;
}

json_t *sg_answer_json(const struct sg_post_answer *answer)
{
    return json_loadb((const char *)answer->body.data, answer->body.length, JSON_DECODE_ANY, NULL);
}

void sg_percent_add(struct sg_bytes *out, const char *text)
{
    for (const char *at = text; *at; at++) {
        if (strchr(plain, *at))
            sg_bytes_add_byte(out, (uint8_t)*at);
        else
            sg_bytes_printf(out, "%%%02X", (unsigned)(uint8_t)*at);
    }
}

void sg_form_add(struct sg_bytes *form, const char *name, const char *value)
{
    if (form->length)
        sg_bytes_add_byte(form, '&');
    sg_percent_add(form, name);
    sg_bytes_add_byte(form, '=');
    sg_percent_add(form, value);
}

void sg_form_add_secret(struct sg_bytes *form, const char *name, const char *value, bool preview)
{
    if (!preview) {
        sg_form_add(form, name, value);
        return;
    }
    sg_form_add(form, name, "");
    sg_bytes_add_text(form, "(secret)");
}
