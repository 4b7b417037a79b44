/* SPDX-License-Identifier: MIT
 * Calls that took only a part, or were interrupted: what the program did then. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "base/language.h"
#include "diagnose/rules.h"
#include "spec/data.h"

/* So few bytes may have been sent by a call that was not short, which is not in the list. */
enum { MOST_WHOLE = 8 };

void sg_add_fault(const struct sg_evidence *evidence, const struct sg_fault_seen *fault,
                  struct sg_diagnosis *ret)
{
    size_t index = (size_t)(fault - evidence->faults);
    if (evidence->faulted && index < SG_MOST_PLACES)
        sg_excerpt_at(evidence, &evidence->faulted[index], ret);
    sg_diagnosis_add(ret, fault->at_ns, "%s() took %zu of %zu bytes (made short by the examiner)",
                     fault->name, fault->took, fault->wanted);
}

bool sg_say_asked_again(const struct sg_fault_seen *fault, struct sg_diagnosis *ret)
{
    ret->advice = sg_strdup(
        _("Ask for what is left each time: send(fd, data + sent, length - sent, 0), not for the "
          "whole length again."));
    return sg_say(ret,
                  "After a short %s() it asked for all %zu bytes again, and what lies behind them "
                  "was sent, too.",
                  fault->name, fault->wanted);
}

/* A client may have sent before it was accepted and its connection had a number. */
static bool is_on_connection(const struct sg_evidence *evidence, const struct sg_fault_seen *fault)
{
    const struct sg_connection *connection = evidence->connection;
    /* A client may have sent before we had accepted it. */
    bool only_one = fault->connection == 0 &&
                    (evidence->connection_count == 1 || evidence->one->role == SG_ROLE_CLIENT);
    return connection && (fault->connection == connection->number || only_one) && fault->took > 0;
}

/* Between what came there is missing, call by call, what each short send left over. */
static bool leaves_out_each_rest(const struct sg_evidence *evidence)
{
    struct sg_slice got = evidence->got, expected = evidence->expected;
    size_t gaps = 0;
    bool goes_on = false;
    for (size_t i = 0; i < evidence->fault_count; i++) {
        const struct sg_fault_seen *fault = &evidence->faults[i];
        if (!is_on_connection(evidence, fault) || fault->took == fault->wanted)
            continue;
        size_t same = sg_slice_common(got, expected);
        got = sg_slice_skip(got, same);
        expected = sg_slice_skip(expected, same + fault->wanted - fault->took);
        gaps++;
        goes_on |= got.length > 0;
    }
    return gaps > 1 && goes_on && sg_slice_common(got, expected) == got.length;
}

/* It is the last short send, and less has come than would have with its rest, but all that was
 * taken: a reset throws away more. What came before it is at least what the short sends before it
 * took: a send of a single byte is never short, and not in the list. */
static bool is_last_word(const struct sg_evidence *evidence, size_t index)
{
    size_t before = 0, taken = 0;
    for (size_t i = 0; i < evidence->fault_count; i++) {
        const struct sg_fault_seen *fault = &evidence->faults[i];
        if (!is_on_connection(evidence, fault))
            continue;
        if (i > index)
            return false;
        before += i < index ? fault->took : fault->wanted;
        taken += fault->took;
    }
    return taken <= evidence->connection->in.length && evidence->connection->in.length < before;
}

/* The data goes on behind the bytes that a short send left over, or ends where it stopped. */
static bool short_send_ignored(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    enum { LEAST = 4 };
    size_t right = sg_right_bytes(evidence);
    struct sg_slice wrong = sg_slice_skip(evidence->got, right);
    if (evidence->chat.fault == SG_CHAT_OVERTAKEN)
        return false; /* it comes, too late */
    for (size_t i = 0; i < evidence->fault_count; i++) {
        const struct sg_fault_seen *fault = &evidence->faults[i];
        if (!is_on_connection(evidence, fault))
            continue;
        size_t lost = fault->wanted - fault->took;
        bool thrown_away = lost < MOST_WHOLE && evidence->connection->end == SG_STREAM_RESET;
        struct sg_slice behind = sg_slice_skip(evidence->expected, right + lost);
        bool goes_on =
            wrong.length && behind.length &&
            sg_slice_common(wrong, behind) >= (wrong.length < LEAST ? wrong.length : LEAST);
        /* What a member of a chat is to hear next is a line, and one send() may hold several. */
        bool fits = evidence->chat.from || right + lost <= evidence->expected.length;
        bool ends = !wrong.length && fits && !thrown_away && right < evidence->expected.length &&
                    is_last_word(evidence, i);
        if (!goes_on && !ends && !leaves_out_each_rest(evidence))
            continue;
        sg_add_fault(evidence, fault, ret);
        return sg_say(ret, "A %s() took %zu of %zu bytes, and the other %zu were never sent.",
                      fault->name, fault->took, fault->wanted, lost);
    }
    return false;
}

/* Every send that took a part was followed by one that began with the first byte of its buffer
 * again, which stands at `start` of what was expected. */
static bool begins_again_at(const struct sg_evidence *evidence, size_t start)
{
    struct sg_slice buffer = sg_slice_skip(evidence->expected, start);
    size_t at = start;
    for (size_t i = 0; i < evidence->fault_count && at < evidence->got.length; i++) {
        const struct sg_fault_seen *fault = &evidence->faults[i];
        bool earlier = start && at == start && fault->wanted != buffer.length;
        if (!is_on_connection(evidence, fault) || earlier)
            continue;
        struct sg_slice piece = sg_slice_first(buffer, fault->took);
        struct sg_slice came = sg_slice_first(sg_slice_skip(evidence->got, at), piece.length);
        if (sg_slice_common(piece, came) < came.length)
            return false;
        at += came.length;
    }
    return at > start + sg_slice_common(buffer, sg_slice_skip(evidence->got, start)) + 1;
}

/* The length of a frame may be sent by a call of its own. */
static bool begins_again_each_time(const struct sg_evidence *evidence)
{
    return begins_again_at(evidence, 0) ||
           (evidence->assignment->longest_frame && begins_again_at(evidence, SG_FRAME_HEADER));
}

/* The data begins again where the short send began, or somewhere before its end. */
static bool send_repeated(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    enum { LEAST = 3 };
    size_t right = sg_right_bytes(evidence);
    struct sg_slice wrong = sg_slice_skip(evidence->got, right);
    size_t least = wrong.length < LEAST ? wrong.length : LEAST;
    bool each_time = begins_again_each_time(evidence);
    for (size_t i = 0; i < evidence->fault_count && wrong.length; i++) {
        const struct sg_fault_seen *fault = &evidence->faults[i];
        if (!is_on_connection(evidence, fault) || (!each_time && fault->took > right))
            continue;
        if (!each_time &&
            sg_slice_common(wrong, sg_slice_skip(evidence->expected, right - fault->took)) < least)
            continue;
        sg_add_fault(evidence, fault, ret);
        return sg_say(ret,
                      "A %s() took %zu of %zu bytes, and then bytes that were already sent came "
                      "again.",
                      fault->name, fault->took, fault->wanted);
    }
    return false;
}

/* Where it was interrupted last. */
static void show_interrupted(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    size_t last = evidence->fault_count;
    while (last && evidence->faults[last - 1].error != EINTR)
        last--;
    if (evidence->faulted && last && last <= SG_MOST_PLACES)
        sg_excerpt_at(evidence, &evidence->faulted[last - 1], ret);
}

static bool was_interrupted(const struct sg_evidence *evidence)
{
    for (size_t i = 0; i < evidence->fault_count; i++) {
        if (evidence->faults[i].error == EINTR)
            return true;
    }
    return sg_stderr_has(evidence, "Interrupted system call");
}

/* The program ended, or ended the connection, on a call that was interrupted: by an injected EINTR;
 * or it reports one itself, after it was stopped and continued or after a signal that it handles;
 * or all is right where the calls that its signals interrupt are restarted. */
static bool eintr_fatal(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const unsigned ends = SG_KIND(DATA) | SG_KIND(NOT_ENDED) | SG_KIND(RESET) | SG_KIND(ENDED) |
                          SG_KIND(REFUSED) | SG_KIND(NOT_RUNNING);
    bool restarted = evidence->passes_with[SG_PROBE_RESTARTS] && ends & 1u << evidence->kind;
    bool reported =
        was_interrupted(evidence) &&
        (evidence->fault_count || evidence->program.was_frozen || evidence->program.interruptible);
    if (!restarted && !reported)
        return false;
    bool dead = sg_is_dead(evidence);
    bool closed = evidence->connection && evidence->connection->end != SG_STREAM_OPEN;
    if (!dead && !closed && !restarted)
        return false;
    show_interrupted(evidence, ret);
    if (restarted)
        sg_diagnosis_add(ret, 0,
                         "tried again with SA_RESTART set for its handlers: then it is right");
    return sg_say(ret, "A call was interrupted (EINTR), and the %s %s.", evidence->program.name,
                  dead     ? _("ended")
                  : closed ? _("closed the connection")
                           : _("did not go on as before"));
}

/* A client whose message nobody knows (it is in its source) sent nothing more after a short send,
 * and what the sends took is all that came. */
static bool gives_up_on_short_send(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_fault_seen *last = NULL;
    size_t took = 0;
    for (size_t i = 0; i < evidence->fault_count; i++) {
        if (!is_on_connection(evidence, &evidence->faults[i]))
            continue;
        last = &evidence->faults[i];
        took += last->took;
    }
    const struct sg_way *way = evidence->program.way;
    bool dead = sg_is_dead(evidence), fixed = way && way->message == SG_MESSAGE_FIXED;
    if (!last || last->took >= last->wanted || took != evidence->connection->in.length ||
        (evidence->kind == SG_FAILURE_MESSAGE ? !fixed : !dead))
        return false;
    sg_add_fault(evidence, last, ret);
    if (!dead)
        return sg_say(ret, "A %s() took %zu of %zu bytes, and the other %zu were never sent.",
                      last->name, last->took, last->wanted, last->wanted - last->took);
    return sg_say(ret,
                  "A %s() took %zu of %zu bytes, and the %s gave up: the other %zu were never "
                  "sent.",
                  last->name, last->took, last->wanted, evidence->program.name,
                  last->wanted - last->took);
}

/* Its calls took more than has come, or may have, and one of them reached the end of the answer. */
static bool reset_throws_away(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_connection *connection = evidence->connection;
    size_t took = 0, left = 0;
    bool reached = false;
    for (size_t i = 0; i < evidence->fault_count; i++) {
        const struct sg_fault_seen *fault = &evidence->faults[i];
        if (!is_on_connection(evidence, fault))
            continue;
        reached |= took + fault->wanted >= evidence->expected.length;
        took += fault->took;
        left = fault->wanted - fault->took;
    }
    if (!sg_is_server(evidence) || !connection || connection->end != SG_STREAM_RESET || !reached ||
        sg_right_bytes(evidence) < evidence->got.length)
        return false;
    if (took <= connection->in.length && left >= MOST_WHOLE)
        return false;
    return sg_say(ret, "A reset ended the connection, and %zu bytes of the answer were lost.",
                  evidence->expected.length - evidence->got.length);
}

/* Sends behind a short one that asked for as many bytes as that had, and so for more than were
 * left: up to where it had to end all is right, and then comes what lies behind it in memory (a few
 * bytes of which may be the right ones). */
static bool asks_for_all_again(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_fault_seen *first = NULL, *last = NULL;
    const size_t right = sg_right_bytes(evidence);
    size_t taken = 0, end = 0, again = 0;
    for (size_t i = 0; i < evidence->fault_count; i++) {
        const struct sg_fault_seen *fault = &evidence->faults[i];
        if (!is_on_connection(evidence, fault))
            continue;
        if (first && fault->wanted == first->wanted && taken < end) {
            last = fault;
            again++;
        } else if (again && taken > end) {
            break;
        } else {
            first = fault;
            end = taken + fault->wanted;
            again = 0;
        }
        taken += fault->took;
    }
    bool whole = right == evidence->expected.length;
    if (!again || taken <= end || (!whole && (right < end || right > end + MOST_WHOLE)))
        return false;
    sg_add_fault(evidence, last, ret);
    return sg_say_asked_again(last, ret);
}

#define BYTES (SG_KIND(DATA) | SG_KIND(MESSAGE) | SG_KIND(EXTRA) | SG_KIND(NOT_ENDED))

static const struct sg_rule rows[] = {
    {SG_CODE_EINTR_FATAL, ~0u, eintr_fatal,
     "an interrupted call, and the end of the program or the connection"},
    {SG_CODE_SEND_REPEATED, BYTES, send_repeated,
     "after a short send, bytes before its end come again"},
    {SG_CODE_SHORT_SEND_IGNORED, BYTES, short_send_ignored,
     "after a short send, exactly the bytes that it left over are missing"},
    {SG_CODE_SHORT_SEND_IGNORED, SG_KIND(EXIT_STATUS) | SG_KIND(MESSAGE), gives_up_on_short_send,
     "an end after a short send, and nothing but what the sends took"},
    {SG_CODE_EXTRA_BYTES, BYTES, asks_for_all_again,
     "others behind the right bytes, and sends that asked for as many after a short one"},
    {SG_CODE_RESET_NOT_CLOSED, SG_KIND(DATA), reset_throws_away,
     "a reset, and less than what the sends took, or may have taken"},
};

const struct sg_rules sg_rules_fault = {rows, SG_COUNT(rows)};
