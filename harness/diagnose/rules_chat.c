/* SPDX-License-Identifier: MIT
 * A chat server: whose lines come to whom, whole or not. What ends the server is told by
 * rules_server.c. */
#include <stdio.h>
#include <string.h>

#include "base/language.h"
#include "diagnose/rules.h"

static bool is_heard_wrong(const struct sg_evidence *evidence, enum sg_chat_fault fault)
{
    return evidence->chat.fault == fault && !sg_is_dead(evidence) && sg_is_open(evidence);
}

/* It is proven that the line will not come. */
static bool is_missing(const struct sg_evidence *evidence)
{
    return is_heard_wrong(evidence, SG_CHAT_MISSING) && evidence->outcome == SG_OUTCOME_STILL;
}

static int listener(const struct sg_evidence *evidence)
{
    return evidence->connection->number;
}

static bool returns_own_lines(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_heard_wrong(evidence, SG_CHAT_OWN))
        return false;
    return sg_say(ret,
                  "Client %d got its own line back. Where that is meant, 'chat: [own-lines]' in "
                  "submission.yaml says so.",
                  listener(evidence));
}

static bool mixes_lines(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_heard_wrong(evidence, SG_CHAT_MIXED))
        return false;
    return sg_say(ret,
                  "Client %d got a line that begins as that of client %d and goes on as that of "
                  "client %d.",
                  listener(evidence), evidence->chat.from->number, evidence->chat.with->number);
}

static bool lets_lines_overtake(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_heard_wrong(evidence, SG_CHAT_OVERTAKEN))
        return false;
    return sg_say(ret,
                  "Client %d got the beginning of a line of client %d, and then a later line of "
                  "it: what still had to be sent was overtaken.",
                  listener(evidence), evidence->chat.from->number);
}

/* Where the segment begins in which this byte was sent, and where it ends. */
static const struct sg_segment *segment_of(const struct sg_connection *from, size_t at)
{
    const struct sg_segment *found = NULL;
    for (size_t i = 0; i < from->segment_count && from->segments[i].start <= at; i++)
        found = &from->segments[i];
    return found;
}

/* The line was cut where a carriage return stands, which ends lines for many a library. */
static bool cuts_at_return(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_heard_wrong(evidence, SG_CHAT_CUT))
        return false;
    size_t length = sg_slice_find(evidence->got, sg_slice_text("\n"));
    if (length >= evidence->expected.length || evidence->expected.data[length] != '\r')
        return false;
    return sg_say(ret,
                  "The server took the carriage return within a line of client %d for its end.",
                  evidence->chat.from->number);
}

/* The line was cut where a segment ended. */
static bool cuts_at_segment(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_heard_wrong(evidence, SG_CHAT_CUT))
        return false;
    size_t length = sg_slice_find(evidence->got, sg_slice_text("\n"));
    const struct sg_connection *from = evidence->chat.from;
    for (size_t i = 0; i < from->segment_count; i++) {
        if (from->segments[i].length != length)
            continue;
        return sg_say(ret,
                      "The server took a piece of %zu bytes for a line: the line of client %d went "
                      "on in the next segment.",
                      length, from->number);
    }
    return false;
}

static bool cuts_long_lines(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_heard_wrong(evidence, SG_CHAT_CUT))
        return false;
    return sg_say(ret, "A line of client %d was cut after %zu of %zu bytes.",
                  evidence->chat.from->number, sg_slice_find(evidence->got, sg_slice_text("\n")),
                  evidence->expected.length);
}

/* Before the line stands what one who has left did not finish. */
static bool begins_as_left(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_heard_wrong(evidence, SG_CHAT_PREFIXED))
        return false;
    size_t before = sg_slice_find(evidence->got, evidence->expected);
    for (size_t i = 0; before != SIZE_MAX && i < evidence->connection_count; i++) {
        const struct sg_connection *other = evidence->connections[i];
        if (!other->ended || before == 0 || other->out.length < before)
            continue;
        struct sg_slice tail =
            sg_slice_skip(sg_bytes_slice(&other->out), other->out.length - before);
        if (!sg_slice_equal(tail, sg_slice_first(evidence->got, before)) ||
            sg_slice_find(tail, sg_slice_text("\n")) != SIZE_MAX)
            continue;
        return sg_say(ret,
                      "The line of client %d begins with what client %d had not finished when it "
                      "left.",
                      evidence->chat.from->number, other->number);
    }
    return false;
}

static bool adds_to_lines(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_heard_wrong(evidence, SG_CHAT_PREFIXED))
        return false;
    return sg_say(ret,
                  "Before the line of client %d stands something else. Where this is its name, "
                  "'chat: [name]' in submission.yaml says so.",
                  evidence->chat.from->number);
}

/* In what way a line that came is not the one that was said. */
enum lack {
    LACKS_BLANKS,     /* those at its ends */
    LACKS_BEGINNING,  /* which had come behind the line before it in one segment */
    LACKS_CHARACTERS, /* U+FFFD stands for some that are not ASCII */
};

/* What came is a line of another client, but for that. */
static bool comes_with(enum lack lack, const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_slice feed = sg_slice_text("\n");
    size_t length = sg_slice_find(evidence->got, feed);
    if (!is_heard_wrong(evidence, SG_CHAT_STRANGE) || evidence->expected.length ||
        length == SIZE_MAX)
        return false;
    const struct sg_slice heard = sg_slice_first(evidence->got, length);
    for (size_t i = 0; i < evidence->connection_count; i++) {
        const struct sg_connection *from = evidence->connections[i];
        struct sg_slice rest = sg_bytes_slice(&from->out);
        for (size_t end; (end = sg_slice_find(rest, feed)) != SIZE_MAX;
             rest = sg_slice_skip(rest, end + 1)) {
            const struct sg_slice line = sg_slice_first(rest, end);
            const size_t start = from->out.length - rest.length;
            const struct sg_segment *segment = segment_of(from, start);
            bool stripped = sg_slice_equal(sg_without_blanks(line), sg_without_blanks(heard));
            bool tail = heard.length < end && segment && segment->start < start &&
                        sg_slice_equal(sg_slice_skip(line, end - heard.length), heard);
            bool unknown = sg_is_but_for_unknown(line, heard);
            const bool lacks[] = {stripped, tail, unknown};
            if (from == evidence->connection || !lacks[lack])
                continue;
            if (lack == LACKS_CHARACTERS)
                return sg_say(ret,
                              "A line of client %d came with U+FFFD in the place of characters of "
                              "several bytes: parts of them were decoded by themselves.",
                              from->number);
            if (lack == LACKS_BLANKS)
                return sg_say(ret, "A line of client %d came without the blanks at its ends.",
                              from->number);
            return sg_say(ret,
                          "A line of client %d came without its first %zu bytes: they had stood "
                          "behind the line before it in one segment.",
                          from->number, end - heard.length);
        }
    }
    return false;
}

static bool strips_lines(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_heard_wrong(evidence, SG_CHAT_CUT))
        return comes_with(LACKS_BLANKS, evidence, ret);
    size_t length = sg_slice_find(evidence->got, sg_slice_text("\n"));
    if (sg_without_blanks(sg_slice_skip(evidence->expected, length)).length)
        return false;
    return sg_say(ret, "A line of client %d came without the blanks at its ends.",
                  evidence->chat.from->number);
}

static bool loses_beginning(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    return comes_with(LACKS_BEGINNING, evidence, ret);
}

static bool decodes_parts(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    return comes_with(LACKS_CHARACTERS, evidence, ret);
}

static bool says_lines_of_its_own(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_heard_wrong(evidence, SG_CHAT_STRANGE) || evidence->expected.length)
        return false;
    return sg_say(ret,
                  "Client %d got a line that no other client has said. Where the server is to say "
                  "things of its own, 'chat: [notices]' in submission.yaml says so.",
                  listener(evidence));
}

static bool repeats_lines(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_heard_wrong(evidence, SG_CHAT_AGAIN))
        return false;
    return sg_say(ret, "Client %d got a line of client %d a second time.", listener(evidence),
                  evidence->chat.from->number);
}

/* Behind another line in one segment. */
static bool merges_lines(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_missing(evidence) || evidence->chat.unread || evidence->one->small_buffers)
        return false; /* where buffers are full, that may be why */
    const struct sg_segment *segment = segment_of(evidence->chat.from, evidence->chat.start);
    if (!segment || segment->start >= evidence->chat.start || evidence->chat.heard)
        return false;
    sg_add_wait(evidence, ret);
    return sg_say(ret,
                  "Several lines of client %d came in one segment, and the server passed on the "
                  "first of them.",
                  evidence->chat.from->number);
}

static bool skips_lines(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_heard_wrong(evidence, SG_CHAT_SKIPPED))
        return false;
    return sg_say(ret, "A line of client %d came to client %d before one that it had said earlier.",
                  evidence->chat.from->number, listener(evidence));
}

/* The only connection that threads of the server wait to read from; NULL: none, or there are
 * several. */
static const struct sg_connection *only_waited_on(const struct sg_evidence *evidence)
{
    struct sg_evidence looking = *evidence;
    size_t count;
    looking.connection = NULL;
    const struct sg_connection *first = sg_waits_on_other(&looking, &count);
    return count == 1 ? first : NULL;
}

static bool waits_for_one(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_connection *one = only_waited_on(evidence);
    if (!is_missing(evidence) || !evidence->chat.unread || !one || one == evidence->chat.from)
        return false;
    return sg_say(ret,
                  "The server waits for client %d, which is silent, and leaves the line of client "
                  "%d unread.",
                  one->number, evidence->chat.from->number);
}

/* It took a part of what had come at once, and waits to be told that there is more. */
static bool leaves_the_rest(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_connection *from = evidence->chat.from;
    const struct sg_wait *wait = sg_main_wait(evidence);
    if (!is_missing(evidence) || !evidence->chat.unread || !from->segment_count || !wait ||
        wait->target != SG_TARGET_SEVERAL)
        return false;
    size_t last = from->segments[from->segment_count - 1].length;
    if (evidence->chat.unread >= last)
        return false;
    sg_add_wait(evidence, ret);
    return sg_say(
        ret,
        "Of the %zu bytes that client %d sent at once the server took %zu, reads no more of "
        "them, and waits to be told of more.",
        last, from->number, last - evidence->chat.unread);
}

/* What it has for one member does not go out, and meanwhile it does not look at the others, or keeps
 * back what it has for them. */
static bool waits_for_a_reader(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_connection *stuck = evidence->chat.stuck;
    if (!is_missing(evidence) || !stuck)
        return false;
    if (!evidence->chat.unread && evidence->passes_with[SG_PROBE_RESUMES]) {
        sg_add_wait(evidence, ret);
        sg_diagnosis_add(ret, 0, "tried again: the line comes as soon as client %d reads",
                         stuck->number);
        return sg_say(ret,
                      "While client %d does not read what it is sent, client %d does not get what "
                      "client %d says.",
                      stuck->number, listener(evidence), evidence->chat.from->number);
    }
    if (!evidence->chat.unread)
        return false;
    sg_add_wait(evidence, ret);
    return sg_say(ret,
                  "While client %d does not read what it is sent, the server leaves what client %d "
                  "says unread.",
                  stuck->number, evidence->chat.from->number);
}

static bool leaves_one_unheard(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_missing(evidence) || !evidence->chat.unread || sg_waits_to_send(evidence))
        return false;
    sg_add_wait(evidence, ret);
    return sg_say(ret, "The line of client %d was left unread.", evidence->chat.from->number);
}

/* The server waits, has taken the line, and has passed it on to some or to nobody. */
static bool misses_listeners(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_missing(evidence) || evidence->chat.unread || sg_waits_to_send(evidence))
        return false;
    sg_add_wait(evidence, ret);
    if (!evidence->chat.others)
        return sg_say(ret, "The line of client %d did not come to client %d.",
                      evidence->chat.from->number, listener(evidence));
    return sg_say(ret,
                  "The line of client %d did not come to client %d; of the %zu others %zu got it.",
                  evidence->chat.from->number, listener(evidence), evidence->chat.others,
                  evidence->chat.heard);
}

/* The one of ours that ended its connection last; NULL: none has. */
static const struct sg_connection *last_to_leave(const struct sg_evidence *evidence)
{
    const struct sg_connection *last = NULL;
    for (size_t i = 0; i < evidence->connection_count; i++) {
        if (evidence->connections[i]->ended && evidence->connections[i] != evidence->connection)
            last = evidence->connections[i];
    }
    return last;
}

static bool is_joining(const struct sg_evidence *evidence)
{
    int action = evidence->step ? evidence->step->action : 0;
    return action == SG_ACT_JOIN || action == SG_ACT_JOIN_IN_PIECES;
}

/* The server has ended since one of its members left it. */
static bool ends_with_a_member(const struct sg_evidence *evidence, struct sg_diagnosis *ret,
                               bool lost)
{
    const struct sg_connection *gone = last_to_leave(evidence);
    bool chat = evidence->chat.fault || is_joining(evidence);
    if (!chat || !gone || !sg_is_dead(evidence) || sg_death_signal(evidence))
        return false;
    /* To close with bytes unread is to reset. */
    bool reset = gone->we_reset || gone->reading == SG_READING_NOTHING;
    if (reset != lost)
        return false;
    sg_add_last_words(evidence, ret);
    if (lost)
        return sg_say(ret, "The server ended when client %d was lost.", gone->number);
    return sg_say(ret, "The server ended when client %d left.", gone->number);
}

static bool dies_on_loss(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    return ends_with_a_member(evidence, ret, true);
}

static bool dies_on_leaving(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    return ends_with_a_member(evidence, ret, false);
}

/* It was connected, and the server closed its connection. */
static bool turned_away(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_connection *own = evidence->connection;
    if (!is_joining(evidence) || sg_is_dead(evidence) || !own || own->end == SG_STREAM_OPEN ||
        evidence->connection_count < 2)
        return false;
    return sg_say(ret, "With %zu other clients connected, client %d was turned away.",
                  evidence->connection_count - 1, own->number);
}

/* Where a name comes in one piece all is as it should be: other cases need that one. */
static bool takes_a_piece_for_the_name(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_connection *named = evidence->chat.named_in_pieces;
    if (!named ||
        (evidence->chat.fault != SG_CHAT_STRANGE && evidence->chat.fault != SG_CHAT_PREFIXED))
        return false;
    return sg_say(ret,
                  "The name of client %d came in pieces, and the server took the first of them for "
                  "all of it, and the others for lines.",
                  named->number);
}

static const struct sg_rule rows[] = {
    {SG_CODE_SINGLE_RECV, SG_KIND(DATA), takes_a_piece_for_the_name,
     "a line that nobody has said, after a name that came byte by byte"},
    {SG_CODE_DIES_ON_RESET, SG_KIND(DATA) | SG_KIND(REFUSED) | SG_KIND(ENDED), dies_on_loss,
     "its end, behind that of a connection that was reset"},
    {SG_CODE_DIES_ON_EARLY_END, SG_KIND(DATA) | SG_KIND(REFUSED) | SG_KIND(ENDED), dies_on_leaving,
     "its end, behind that of a connection"},
    {SG_CODE_STOPS_ACCEPTING, SG_KIND(ENDED), turned_away, "the end of a connection just made"},
    {SG_CODE_RETURNS_OWN_LINES, SG_KIND(DATA), returns_own_lines, "the sender's own line"},
    {SG_CODE_MIXES_LINES, SG_KIND(DATA), mixes_lines, "the bytes of two senders in one line"},
    {SG_CODE_MIXES_LINES, SG_KIND(DATA), lets_lines_overtake,
     "the beginning of a line, and then later ones of its sender"},
    {SG_CODE_TEXT_ONLY, SG_KIND(DATA), strips_lines, "a line without the blanks at its ends"},
    {SG_CODE_TEXT_ONLY, SG_KIND(DATA), cuts_at_return,
     "a line that ends where a carriage return was"},
    {SG_CODE_SINGLE_RECV, SG_KIND(DATA), cuts_at_segment, "a line that ends where a segment did"},
    {SG_CODE_BUFFER_LIMIT, SG_KIND(DATA), cuts_long_lines, "the beginning of a line, and its end"},
    {SG_CODE_CARRIES_OVER, SG_KIND(DATA), begins_as_left,
     "a line with the unfinished one of a client that has left before it"},
    {SG_CODE_EXTRA_BYTES, SG_KIND(DATA), adds_to_lines, "a line with something before it"},
    {SG_CODE_TEXT_ONLY, SG_KIND(DATA), decodes_parts, "a line that was said but for U+FFFD in it"},
    {SG_CODE_FRAMES_MERGED, SG_KIND(DATA), loses_beginning,
     "a line without what stood behind the one before it in one segment"},
    {SG_CODE_EXTRA_BYTES, SG_KIND(DATA), says_lines_of_its_own, "a line that nobody has said"},
    {SG_CODE_EXTRA_BYTES, SG_KIND(DATA), repeats_lines, "a line that had come before"},
    {SG_CODE_WRONG_DATA, SG_KIND(DATA), skips_lines, "a line before one that was said earlier"},
    {SG_CODE_FRAMES_MERGED, SG_KIND(DATA), merges_lines,
     "a line that stood behind another in its segment, and nobody got it"},
    {SG_CODE_BLOCKED_BY_CLIENT, SG_KIND(DATA), waits_for_one,
     "it waits to read from one client, and a line of another lies unread"},
    {SG_CODE_BLOCKED_BY_CLIENT, SG_KIND(DATA), waits_for_a_reader,
     "what it sends to one is stuck, and a line of another lies unread, or comes when that one "
     "reads"},
    {SG_CODE_BUFFER_LIMIT, SG_KIND(DATA), leaves_the_rest,
     "a part of a line lies unread while it waits for several descriptors"},
    {SG_CODE_STOPS_ACCEPTING, SG_KIND(DATA), leaves_one_unheard, "a line that lies unread"},
    {SG_CODE_MISSES_LISTENERS, SG_KIND(DATA), misses_listeners,
     "still, with a line taken that did not come to this one"},
};

const struct sg_rules sg_rules_chat = {rows, SG_COUNT(rows)};
