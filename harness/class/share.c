/* SPDX-License-Identifier: MIT
 * Shares by their paths. An archive can hold hundreds of thousands, so they are hashed. */
#include "class/share.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/random.h"

char *sg_share_path(const char *path, size_t depth)
{
    const char *end = path;
    for (size_t i = 0; i < depth && *end; i++) {
        end += *end == '/';
        end += strcspn(end, "/");
    }
    return sg_printf("%.*s", (int)(end - path), path);
}

/* Where in the table `path` is, or goes. */
static size_t *place_of(const struct sg_shares *shares, const char *path)
{
    size_t at = (size_t)sg_hash(SG_HASH_START, path, strlen(path));
    for (;; at++) {
        size_t *place = &shares->places[at & (shares->place_count - 1)];
        if (!*place || strcmp(shares->items[*place - 1]->path, path) == 0)
            return place;
    }
}

static void grow(struct sg_shares *shares)
{
    if (shares->place_count > shares->count * 2)
        return;
    free(shares->places);
    shares->place_count = shares->place_count ? shares->place_count * 2 : 64;
    shares->places = sg_alloc(shares->place_count * sizeof *shares->places);
    for (size_t i = 0; i < shares->count; i++)
        *place_of(shares, shares->items[i]->path) = i + 1;
}

struct sg_share *sg_share_of(struct sg_shares *shares, const char *path, size_t depth)
{
    char *wanted = sg_share_path(path, depth);
    grow(shares);
    size_t *place = place_of(shares, wanted);
    if (*place) {
        free(wanted);
        return shares->items[*place - 1];
    }
    shares->items = sg_grow_array(shares->items, shares->count, sizeof *shares->items);
    struct sg_share *share = sg_alloc(sizeof *share);
    share->path = wanted;
    shares->items[shares->count++] = share;
    *place = shares->count;
    return share;
}

void sg_shares_done(struct sg_shares *shares)
{
    for (size_t i = 0; i < shares->count; i++) {
        free(shares->items[i]->path);
        free(shares->items[i]);
    }
    free(shares->items);
    free(shares->places);
    *shares = (struct sg_shares){0};
}
