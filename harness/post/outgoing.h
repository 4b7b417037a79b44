/* SPDX-License-Identifier: MIT
 * Sends what waits in an outbox: one entry after the other, each marked before it is sent and
 * settled after. Killed at any point, it leaves an outbox that another goes on with: what was being
 * sent then is in doubt, and its key tells whoever receives it whether it had arrived. */
#ifndef SG_POST_OUTGOING_H
#define SG_POST_OUTGOING_H

#include "post/post.h"
#include "store/outbox.h"

struct sg_outgoing {
    struct sg_store *store;
    struct sg_poster *poster;
    const struct sg_outbox_way *way;
    char *const *only; /* of these submissions alone */
    size_t only_count;
    bool again; /* what was refused as well */
    /* Called for each entry that was sent, or is not to be; `words` say how that went, or why. */
    void (*tell)(void *state, const struct sg_outbox_entry *entry, enum sg_post_end end,
                 const char *words);
    void *state;
};

struct sg_outgoing_sum {
    size_t arrived, before; /* now, and earlier */
    size_t waiting, refused, held;
    bool stopped; /* it ended before its time: what is about all results was said of the last */
};

/* Blocks until all is sent, refused, or given up. Fails only where the outbox itself fails. */
int sg_outgoing_send(const struct sg_outgoing *outgoing, struct sg_outgoing_sum *ret,
                     struct sg_error *err);

#endif
