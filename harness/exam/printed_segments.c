/* SPDX-License-Identifier: MIT
 * The segments that a sniffer tells of: the facts of each are looked for behind those of the one
 * before, in whatever words, on one line or on several. */
#include <arpa/inet.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "exam/printed.h"

enum { LENGTHS = 4 }; /* what a program may call the length */

/* The length of the data, of the segment with its header, of the packet, of the frame. */
static size_t length_of(const struct sg_segment_sent *segment, size_t which)
{
    size_t header = 20 + (segment->tcp_options ? 12 : 0);
    const size_t frame = segment->packet_length + 14;
    const size_t all[LENGTHS] = {segment->data_length, segment->data_length + header,
                                 segment->packet_length, frame < 60 ? 60 : frame};
    return all[which];
}

/* Where `word` stands in `text` with no digit on either side; SIZE_MAX: nowhere. `alone`: nor with
 * the dot of a fraction or an address. */
static size_t find_number(struct sg_slice text, const char *word, bool alone)
{
    size_t length = strlen(word);
    for (size_t at = 0; at + length <= text.length; at++) {
        if (memcmp(text.data + at, word, length) != 0)
            continue;
        int before = at ? text.data[at - 1] : ' ';
        int after = at + length < text.length ? text.data[at + length] : ' ';
        int behind = at + length + 1 < text.length ? text.data[at + length + 1] : ' ';
        bool part = isdigit(before) || isdigit(after);
        if (alone)
            part = part || isalnum(before) || before == '.' || (after == '.' && isdigit(behind));
        if (!part)
            return at;
    }
    return SIZE_MAX;
}

static size_t find_address(struct sg_slice text, struct in_addr address)
{
    char word[INET_ADDRSTRLEN];
    (void)inet_ntop(AF_INET, &address, word, sizeof word);
    return find_number(text, word, false);
}

static size_t find_value(struct sg_slice text, size_t value, bool alone)
{
    char word[24];
    (void)snprintf(word, sizeof word, "%zu", value);
    return find_number(text, word, alone);
}

/* Where one of the words stands last in `text`; SIZE_MAX: nowhere. */
static size_t find_last(struct sg_slice text, const char *const *words)
{
    size_t found = SIZE_MAX;
    for (; *words; words++) {
        size_t length = strlen(*words);
        for (size_t at = 0; at + length <= text.length; at++) {
            bool here = strncasecmp((const char *)text.data + at, *words, length) == 0;
            if (here && (found == SIZE_MAX || at > found))
                found = at;
        }
    }
    return found;
}

/* Whether the label before something says that it is the destination's; without one it is the
 * source's. */
static bool is_for_destination(struct sg_slice label)
{
    static const char *const destination[] = {"dst", "dest", "dport", "tujuan", NULL};
    static const char *const source[] = {"src", "sourc", "sport", "sumber", "asal", NULL};
    size_t to = find_last(label, destination), from = find_last(label, source);
    return to != SIZE_MAX && (from == SIZE_MAX || to > from);
}

/* Where the facts of a segment stand in its record. */
struct places {
    size_t from, to, from_port, to_port;
};

static bool addresses_are_in_order(struct sg_slice record, const struct places *at)
{
    size_t first = at->from < at->to ? at->from : at->to;
    return is_for_destination(sg_slice_first(record, first)) == (at->to < at->from);
}

/* The one of the two addresses that stands nearest before `place` is the source's. */
static bool is_behind_source(const struct places *at, size_t place)
{
    bool from = at->from < place, to = at->to < place;
    return from && (!to || at->from > at->to);
}

/* A port stands behind its address; or both behind both of these, the source's first where no label
 * says otherwise. */
static bool ports_are_in_order(struct sg_slice record, const struct places *at)
{
    bool source_first = at->from_port < at->to_port;
    size_t first = source_first ? at->from_port : at->to_port;
    size_t second = source_first ? at->to_port : at->from_port, label = 0;
    const size_t addresses[] = {at->from, at->to};
    for (size_t i = 0; i < 2; i++) {
        if (addresses[i] > first && addresses[i] < second)
            return is_behind_source(at, at->from_port) && !is_behind_source(at, at->to_port);
        if (addresses[i] < first && addresses[i] > label)
            label = addresses[i];
    }
    struct sg_slice words = sg_slice_skip(sg_slice_first(record, first), label);
    return is_for_destination(words) != source_first;
}

static uint16_t swap(uint16_t value)
{
    return (uint16_t)(value << 8 | value >> 8);
}

/* Where the record of a segment ends at the latest: where one of the next begins to be told of. */
static size_t end_of_record(struct sg_slice text, const struct sg_segment_sent *next)
{
    if (!next)
        return text.length;
    const uint16_t ports[] = {next->from_port, next->to_port, swap(next->from_port),
                              swap(next->to_port)};
    size_t end = text.length;
    for (size_t i = 0; i < sizeof ports / sizeof *ports; i++) {
        size_t at = find_value(text, ports[i], false);
        end = at < end ? at : end;
    }
    return end;
}

/* What of the record is missing or wrong; NONE: nothing. Narrows `lengths` down to those that
 * fit. */
static enum sg_segment_fault judge(struct sg_slice record, const struct sg_segment_sent *segment,
                                   unsigned *lengths)
{
    const struct places at = {
        .from = find_address(record, segment->from),
        .to = find_address(record, segment->to),
        .from_port = find_value(record, segment->from_port, false),
        .to_port = find_value(record, segment->to_port, false),
    };
    bool any = at.from_port != SIZE_MAX || at.to_port != SIZE_MAX;
    if (!any && (find_value(record, swap(segment->from_port), false) != SIZE_MAX ||
                 find_value(record, swap(segment->to_port), false) != SIZE_MAX))
        return SG_SEGMENT_PORT_ORDER;
    if (!any && (at.from == SIZE_MAX || at.to == SIZE_MAX))
        return SG_SEGMENT_MISSING;
    if (at.from_port == SIZE_MAX || at.to_port == SIZE_MAX)
        return SG_SEGMENT_PORTS;
    if (at.from == SIZE_MAX || at.to == SIZE_MAX)
        return SG_SEGMENT_ADDRESSES;
    if (!addresses_are_in_order(record, &at) || !ports_are_in_order(record, &at))
        return SG_SEGMENT_DIRECTION;
    unsigned fitting = 0;
    for (size_t i = 0; i < LENGTHS; i++) {
        if (find_value(record, length_of(segment, i), true) != SIZE_MAX)
            fitting |= 1u << i;
    }
    *lengths &= fitting;
    return *lengths ? SG_SEGMENT_NONE : SG_SEGMENT_LENGTH;
}

/* Behind what was told of the segment: all that was printed for it, up to the end of the line. */
static size_t behind(struct sg_slice text, const struct sg_segment_sent *segment, size_t end)
{
    size_t last = 0;
    const uint16_t ports[] = {segment->from_port, segment->to_port};
    for (size_t i = 0; i < 2; i++) {
        size_t at = find_value(sg_slice_first(text, end), ports[i], false);
        last = at != SIZE_MAX && at > last ? at : last;
    }
    while (last < end && text.data[last] != '\n')
        last++;
    return last;
}

static const struct sg_segment_sent *next_tcp(const struct sg_segment_sent *segments, size_t count,
                                              size_t *at)
{
    while (*at < count && !segments[*at].is_tcp)
        (*at)++;
    return *at < count ? &segments[(*at)++] : NULL;
}

/* One that is not to be told of: no TCP, or behind the last that was asked for. */
static const struct sg_segment_sent *find_other(struct sg_slice output,
                                                const struct sg_segment_sent *segments,
                                                size_t count, size_t wanted)
{
    size_t tcp = 0;
    for (size_t i = 0; i < count; i++) {
        tcp += segments[i].is_tcp;
        if ((!segments[i].is_tcp || tcp > wanted) &&
            (find_value(output, segments[i].from_port, false) != SIZE_MAX ||
             find_value(output, segments[i].to_port, false) != SIZE_MAX))
            return &segments[i];
    }
    return NULL;
}

bool sg_printed_segments(struct sg_slice output, const struct sg_segment_sent *segments,
                         size_t count, size_t wanted, struct sg_printed_evidence *ret)
{
    unsigned lengths = (1u << LENGTHS) - 1;
    size_t at = 0;
    *ret = (struct sg_printed_evidence){.fault = SG_PRINTED_SEGMENTS, .results = wanted};
    ret->other = find_other(output, segments, count, wanted);
    const struct sg_segment_sent *segment = next_tcp(segments, count, &at);
    for (size_t i = 0; i < wanted && segment; i++) {
        const struct sg_segment_sent *next = i + 1 < wanted ? next_tcp(segments, count, &at) : NULL;
        size_t end = end_of_record(output, next);
        ret->segment_fault = judge(sg_slice_first(output, end), segment, &lengths);
        if (ret->segment_fault) {
            ret->segment = segment;
            ret->wrong = i + 1;
            return false;
        }
        output = sg_slice_skip(output, behind(output, segment, end));
        segment = next;
    }
    return !ret->other;
}
