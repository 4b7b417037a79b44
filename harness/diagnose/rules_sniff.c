/* SPDX-License-Identifier: MIT
 * Programs that listen in with a packet socket: what they tell of what has passed by. */
#include "base/language.h"
#include "diagnose/rules.h"

static bool no_packet_socket(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (sg_died_of_exception(evidence))
        return false;
    if (evidence->echo.other_sockets)
        return sg_say(
            ret,
            "The %s has a raw socket of IPv4 and no packet socket (AF_PACKET): it gets what "
            "is for this machine alone, and not what others send each other.",
            evidence->program.name);
    (void)sg_say(ret, "The %s made no packet socket (AF_PACKET).", evidence->program.name);
    sg_add_last_words(evidence, ret);
    return true;
}

/* It waits for more, although all that it was to tell of has passed. One that has told of nothing
 * may have it all in a buffer still. */
static bool overlooks(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_wait *wait = sg_main_wait(evidence);
    size_t untold = evidence->echo.untold;
    return untold > 1 && wait && wait->target == SG_TARGET_RAW &&
           sg_say(ret,
                  "All segments have come, and the %s waits for more: it overlooked segment %zu.",
                  evidence->program.name, untold);
}

/* Where segments were to be told of, and something was printed. */
static const struct sg_printed_evidence *segments_of(const struct sg_evidence *evidence)
{
    const struct sg_printed_evidence *printed = &evidence->printed;
    bool judged = printed->fault == SG_PRINTED_SEGMENTS && !sg_died_of_exception(evidence);
    return judged && evidence->got.length ? printed : NULL;
}

static bool tells_of_others(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_printed_evidence *printed = segments_of(evidence);
    if (!printed || !printed->other)
        return false;
    if (printed->other->is_tcp)
        return sg_say(ret, "It told of more than %zu segments, which it was asked for.",
                      printed->results);
    return sg_say(ret, "It told of a packet that is no TCP: what it took for ports is %u and %u.",
                  (unsigned)printed->other->from_port, (unsigned)printed->other->to_port);
}

/* It has ended as if it had counted them all: something else was counted in their place. */
static bool counts_others(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_printed_evidence *printed = segments_of(evidence);
    size_t others = 0;
    for (size_t i = 0; i < evidence->echo.packet_count; i++)
        others += !evidence->echo.packets[i].is_tcp;
    return printed && printed->segment_fault == SG_SEGMENT_MISSING && others &&
           sg_say(ret,
                  "Segment %zu of %zu is not told of, and it ended: it counted frames that hold no "
                  "TCP.",
                  printed->wrong, printed->results);
}

static bool ports_swapped(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_printed_evidence *printed = segments_of(evidence);
    return printed && printed->segment_fault == SG_SEGMENT_PORT_ORDER &&
           sg_say(ret,
                  "The ports of segment %zu were printed with their bytes swapped: they are %u and "
                  "%u.",
                  printed->wrong, (unsigned)printed->segment->from_port,
                  (unsigned)printed->segment->to_port);
}

/* The first that has options is the first that is wrong. */
static bool fixed_offsets(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_printed_evidence *printed = segments_of(evidence);
    if (!printed || !printed->segment)
        return false;
    const struct sg_segment_sent *segment = printed->segment;
    if (segment->ip_options)
        return sg_say(ret,
                      "Segment %zu came in a packet whose IP header has 24 bytes, and what was "
                      "printed of it is not right: TCP does not always begin at byte 20.",
                      printed->wrong);
    return segment->tcp_options && printed->segment_fault == SG_SEGMENT_LENGTH &&
           sg_say(ret,
                  "The TCP header of segment %zu has 32 bytes, and its length was not printed: it "
                  "has %zu bytes of data.",
                  printed->wrong, segment->data_length);
}

static bool misses_segments(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_printed_evidence *printed = segments_of(evidence);
    return printed && printed->segment_fault == SG_SEGMENT_MISSING &&
           sg_say(ret, "Segment %zu of %zu is not told of.", printed->wrong, printed->results);
}

static bool wrong_length(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_printed_evidence *printed = segments_of(evidence);
    if (!printed || printed->segment_fault != SG_SEGMENT_LENGTH)
        return false;
    ret->advice = sg_strdup(_("Compute the length from the packet's own: its total length without "
                              "both headers. A short frame is filled up."));
    return sg_say(
        ret,
        "The length of segment %zu was not printed: it has %zu bytes of data, in a packet "
        "of %zu.",
        printed->wrong, printed->segment->data_length, printed->segment->packet_length);
}

static bool wrong_facts(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_printed_evidence *printed = segments_of(evidence);
    if (!printed || !printed->segment)
        return false;
    ret->advice = sg_strdup(_("Print source and destination of each segment, with their ports, and "
                              "its length."));
    if (printed->segment_fault == SG_SEGMENT_DIRECTION)
        return sg_say(ret, "The destination of segment %zu was printed as its source.",
                      printed->wrong);
    if (printed->segment_fault == SG_SEGMENT_PORTS)
        return sg_say(ret, "The ports of segment %zu were not printed: they are %u and %u.",
                      printed->wrong, (unsigned)printed->segment->from_port,
                      (unsigned)printed->segment->to_port);
    return sg_say(ret, "The addresses of segment %zu were not printed.", printed->wrong);
}

static const struct sg_rule rows[] = {
    {SG_CODE_NO_PACKET_SOCKET, SG_KIND(NO_SOCKET), no_packet_socket,
     "no row of it in the kernel's table of packet sockets"},
    {SG_CODE_MISSES_SEGMENTS, SG_KIND(STILL_RUNS), overlooks,
     "a segment that it has not told of, while it waits for the next"},
    {SG_CODE_REPORTS_OTHER_PACKETS, SG_KIND(PRINTED), tells_of_others,
     "ports that no segment has which was asked for"},
    {SG_CODE_REPORTS_OTHER_PACKETS, SG_KIND(PRINTED), counts_others,
     "segments missing at the end, where there were other packets"},
    {SG_CODE_WRONG_BYTE_ORDER, SG_KIND(PRINTED), ports_swapped, "the ports, bytes swapped"},
    {SG_CODE_FIXED_HEADER_LENGTH, SG_KIND(PRINTED), fixed_offsets,
     "the first segment with options is the first that is wrong"},
    {SG_CODE_MISSES_SEGMENTS, SG_KIND(PRINTED), misses_segments, "no trace of a segment"},
    {SG_CODE_WRONG_LENGTH, SG_KIND(PRINTED), wrong_length,
     "no number that is a length of the segment, as of those before it"},
    {SG_CODE_WRONG_OUTPUT, SG_KIND(PRINTED), wrong_facts, "facts that are missing"},
};

const struct sg_rules sg_rules_sniff = {rows, SG_COUNT(rows)};
