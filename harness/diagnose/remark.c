/* SPDX-License-Identifier: MIT
 * In what way bytes differ, as far as the bytes themselves show it: other line ends, a swapped
 * number, bytes that are missing, come twice or do not belong. */
#include <string.h>

#include "base/language.h"
#include "diagnose/rules.h"

enum {
    ENOUGH = 8, /* bytes that agree by more than chance */
    FARTHEST = 1 << 20,
};

static bool begins_with(struct sg_slice slice, const char *text)
{
    return slice.length >= strlen(text) && memcmp(slice.data, text, strlen(text)) == 0;
}

static const char *line_end_remark(struct sg_slice wanted, struct sg_slice came)
{
    if (wanted.data[0] == '\n' && begins_with(came, "\r\n"))
        return _("a line end came as \\r\\n, and \\n was due");
    if (begins_with(wanted, "\r\n") && came.data[0] == '\n')
        return _("a line end came as \\n, and \\r\\n was due");
    return NULL;
}

/* How many bytes came in the opposite order: a number of 8, 4 or 2; 0: none did. */
static size_t swapped_bytes(struct sg_slice wanted, struct sg_slice came)
{
    for (size_t size = 8; size >= 2; size /= 2) {
        size_t same = 0;
        while (wanted.length >= size && came.length >= size && same < size &&
               wanted.data[same] == came.data[size - 1 - same])
            same++;
        if (same == size)
            return size;
    }
    return 0;
}

/* How many bytes of `long_one` stand before what `short_one` begins with; SIZE_MAX: it does not
 * follow. */
static size_t bytes_before(struct sg_slice long_one, struct sg_slice short_one)
{
    struct sg_slice beginning = sg_slice_first(short_one, ENOUGH);
    if (beginning.length < ENOUGH)
        return SIZE_MAX;
    return sg_slice_find(sg_slice_first(long_one, FARTHEST), beginning);
}

static bool all_zero(struct sg_slice slice)
{
    size_t zeroes = 0;
    while (zeroes < slice.length && slice.data[zeroes] == 0)
        zeroes++;
    return zeroes == slice.length;
}

/* `came` has `count` bytes more than it should, at `at`. */
static char *describe_more(struct sg_slice right, struct sg_slice came, size_t count)
{
    struct sg_slice more = sg_slice_first(came, count);
    if (all_zero(more))
        return sg_printf(_("%zu zero bytes stand there that do not belong"), count);
    if (count <= right.length && memcmp(right.data + right.length - count, more.data, count) == 0)
        return sg_printf(_("the %zu bytes before it came twice"), count);
    return sg_printf(_("%zu bytes stand there that do not belong"), count);
}

char *sg_difference_remark(struct sg_slice expected, struct sg_slice got)
{
    size_t at = sg_slice_common(expected, got);
    struct sg_slice wanted = sg_slice_skip(expected, at), came = sg_slice_skip(got, at);
    if (!wanted.length || !came.length)
        return NULL;
    const char *line_end = line_end_remark(wanted, came);
    if (line_end)
        return sg_strdup(line_end);
    size_t missing = bytes_before(wanted, came), more = bytes_before(came, wanted);
    if (missing != SIZE_MAX && missing <= more)
        return sg_printf(_("%zu bytes are missing there"), missing);
    if (more != SIZE_MAX)
        return describe_more(sg_slice_first(expected, at), came, more);
    size_t swapped = swapped_bytes(wanted, came);
    if (swapped)
        return sg_printf(_("%zu bytes came in the opposite order"), swapped);
    return wanted.data[0] && !came.data[0] ? sg_strdup(_("a zero byte came there")) : NULL;
}
