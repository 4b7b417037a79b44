/* SPDX-License-Identifier: MIT
 * The word that a mistyped one meant. */
#include "base/table.h"

#include <string.h>

enum { LONGEST = 48 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
static size_t edit_distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t rows[3][LONGEST + 1];
    size_t *two_up = rows[0], *up = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b_length; j++)
        up[j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            size_t replace = up[j - 1] + (a[i - 1] != b[j - 1]);
            row[j] = least(replace, least(up[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], two_up[j - 2] + 1);
        }
        size_t *spare = two_up;
        two_up = up;
        up = row;
        row = spare;
    }
    return up[b_length];
}

void sg_nearest_offer(struct sg_nearest *nearest, const char *candidate)
{
    size_t typed = strlen(nearest->word), offered = strlen(candidate);
    if (typed > LONGEST || offered > LONGEST)
        return;
    size_t distance = edit_distance(nearest->word, typed, candidate, offered);
    size_t allowed = typed <= 3 ? 1 : typed <= 6 ? 2 : typed / 3;
    if (distance > allowed || (nearest->found && distance >= nearest->distance))
        return;
    nearest->found = candidate;
    nearest->distance = distance;
}
