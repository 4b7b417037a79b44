/* SPDX-License-Identifier: MIT
 * Where a target's results go, in words: what an outbox tells one place from another by. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "base/utf8.h"
#include "post/post.h"
#include "post/target.h"

/* What stands behind a '?' is not shown, and tells places apart all the same. */
static void add_value(struct sg_bytes *out, const char *value)
{
    size_t shown = strcspn(value, "?");
    if (out->length)
        sg_bytes_add_byte(out, ' ');
    sg_show(out, (const uint8_t *)value, shown);
    if (value[shown])
        sg_bytes_printf(out, "?(%08" PRIx64 ")",
                        sg_hash(SG_HASH_START, value + shown, strlen(value + shown)) >> 32);
}

static char *place_of(const struct sg_post_settings *settings)
{
    struct sg_bytes text = {0};
    for (size_t i = 0; i < settings->count; i++) {
        if (settings->rows[i].is_place && settings->values[i])
            add_value(&text, settings->values[i]);
    }
    return sg_bytes_take_text(&text);
}

int sg_post_way(const struct sg_post_target *target, struct sg_outbox_way *ret, char **ret_place,
                struct sg_error *err)
{
    struct sg_post_settings settings = {0};
    int failed =
        sg_settings_read(target->settings, target->setting_count, false, &settings, err) < 0;
    if (!failed) {
        *ret_place = place_of(&settings);
        *ret = (struct sg_outbox_way){
            .target = target->name,
            .place = *ret_place,
            .person = target->person ? target->person(&settings) : SG_OUTBOX_NOBODY,
            .is_grade = target->is_grade,
        };
    }
    sg_settings_done(&settings);
    return failed ? -1 : 0;
}
