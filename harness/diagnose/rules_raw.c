/* SPDX-License-Identifier: MIT
 * Programs that send echo requests through raw sockets: what they put on the wire, and what they
 * take for theirs. */
#include <arpa/inet.h>
#include <string.h>

#include "base/language.h"
#include "diagnose/rules.h"

/* The case is about echo requests: a host is there that answers some. */
static bool is_about_echoes(const struct sg_evidence *evidence)
{
    for (size_t i = 0; i < evidence->one->play.count; i++) {
        if (evidence->one->play.items[i].action == SG_ACT_ANSWER)
            return true;
    }
    return false;
}

static bool is_right(int answer)
{
    return answer == SG_ECHO_RIGHT || answer == SG_ECHO_OPTIONS || answer == SG_ECHO_OTHER_FIRST;
}

/* The first request that got this answer, from 1; 0: none did. */
static size_t first_with(const struct sg_evidence *evidence, int answer)
{
    for (size_t i = 0; i < evidence->echo.requests; i++) {
        if (evidence->echo.seen[i].answer == answer)
            return i + 1;
    }
    return 0;
}

static size_t count_with(const struct sg_evidence *evidence, int answer)
{
    size_t count = 0;
    for (size_t i = 0; i < evidence->echo.requests; i++)
        count += evidence->echo.seen[i].answer == answer;
    return count;
}

static bool wrong_checksum(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_echo_evidence *echo = &evidence->echo;
    if (!echo->bad_checksums)
        return false;
    if (echo->swapped_checksums == echo->bad_checksums)
        return sg_say(
            ret,
            "The host threw away %zu of %zu echo requests: in their checksum the two bytes "
            "stand the wrong way round.",
            echo->bad_checksums, echo->requests);
    return sg_say(ret, "The host threw away %zu of %zu echo requests: their checksum is wrong.",
                  echo->bad_checksums, echo->requests);
}

static bool sequence_repeated(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    size_t which = evidence->echo.repeated;
    return which && sg_say(ret,
                           "Echo request %zu has the id and the sequence number of one before it "
                           "(sequence %u): nobody can tell their replies apart.",
                           which, (unsigned)evidence->echo.seen[which - 1].sequence);
}

static bool other_host(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    char address[INET_ADDRSTRLEN];
    const struct sg_echo_evidence *echo = &evidence->echo;
    if (!is_about_echoes(evidence) || echo->requests || !echo->strays)
        return false;
    (void)inet_ntop(AF_INET, &echo->stray, address, sizeof address);
    return sg_say(ret, "The %s sent its packets to %s, which is not the host that it was given.",
                  evidence->program.name, address);
}

static bool nothing_sent(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_about_echoes(evidence) || evidence->echo.requests || sg_died_of_exception(evidence))
        return false;
    if (evidence->echo.others)
        (void)sg_say(ret, "What the %s sent to the host is no echo request (type 8, code 0).",
                     evidence->program.name);
    else
        (void)sg_say(ret, "No echo request came to the host that the %s was given.",
                     evidence->program.name);
    sg_add_last_words(evidence, ret);
    return true;
}

/* The number of requests is the argument; one that ends early ended at what it met. */
static bool other_count(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_echo_evidence *echo = &evidence->echo;
    return echo->wanted && echo->requests > echo->wanted &&
           sg_say(ret, "The %s sent %zu echo requests, and was asked for %zu.",
                  evidence->program.name, echo->requests, echo->wanted);
}

static bool stopped_early(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_echo_evidence *echo = &evidence->echo;
    if (!echo->wanted || !echo->requests || echo->requests >= echo->wanted ||
        sg_died_of_exception(evidence))
        return false;
    bool right = is_right(echo->seen[echo->requests - 1].answer);
    return sg_say(ret, "The %s sent %zu of %zu echo requests%s.", evidence->program.name,
                  echo->requests, echo->wanted,
                  right ? "" : _(", and none behind one that got no right reply"));
}

static bool fewer_than_asked(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_echo_evidence *echo = &evidence->echo;
    return echo->requests && is_right(echo->seen[echo->requests - 1].answer) &&
           stopped_early(evidence, ret);
}

/* More lines than replies, or fewer. */
static int reply_lines(const struct sg_evidence *evidence)
{
    const struct sg_printed_evidence *printed = &evidence->printed;
    if (printed->fault != SG_PRINTED_REPLIES || sg_died_of_exception(evidence))
        return 0;
    return printed->found > printed->results ? 1 : printed->found < printed->results ? -1 : 0;
}

static bool accepts_wrong(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    static const struct {
        int answer;
        const char *text;
    } rows[] = {
        {SG_ECHO_WRONG_ID, N_("it was for another program: its id is another one")},
        {SG_ECHO_WRONG_SEQUENCE, N_("its sequence number was never sent")},
        {SG_ECHO_REQUEST, N_("it was an echo request (type 8) and no reply (type 0)")},
    };
    for (size_t i = 0; reply_lines(evidence) > 0 && i < SG_COUNT(rows); i++) {
        size_t which = first_with(evidence, rows[i].answer);
        if (which)
            return sg_say(ret, "What came for request %zu was printed as its reply, but %s.", which,
                          _(rows[i].text));
    }
    return false;
}

static bool invents_reply(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    size_t lost = first_with(evidence, SG_ECHO_LOST);
    if (reply_lines(evidence) <= 0)
        return false;
    ret->advice = sg_strdup(_("Print a line only where a reply came, and print one for each."));
    if (lost)
        return sg_say(ret,
                      "The reply to request %zu was lost, and a line was printed as for the "
                      "others.",
                      lost);
    return sg_say(ret, "%zu lines look like replies, and %zu replies came.",
                  evidence->printed.found, evidence->printed.results);
}

static bool fixed_header(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    size_t which = first_with(evidence, SG_ECHO_OPTIONS);
    const struct sg_printed_evidence *printed = &evidence->printed;
    bool those = printed->results - printed->found <= count_with(evidence, SG_ECHO_OPTIONS);
    return which && reply_lines(evidence) < 0 && those &&
           sg_say(ret,
                  "The reply to request %zu came in a packet whose IP header has 24 bytes, and was "
                  "not seen: the ICMP message does not always begin at byte 20.",
                  which);
}

static bool misses_replies(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_printed_evidence *printed = &evidence->printed;
    size_t which = first_with(evidence, SG_ECHO_OTHER_FIRST);
    if (reply_lines(evidence) >= 0 || !evidence->got.length)
        return false;
    if (which)
        return sg_say(ret,
                      "Before the reply to request %zu came one for another program, and the right "
                      "one behind it was missed.",
                      which);
    return sg_say(ret, "%zu replies came, and %zu lines tell of one.", printed->results,
                  printed->found);
}

static bool waits_for_lost(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_wait *wait = sg_main_wait(evidence);
    const struct sg_echo_evidence *echo = &evidence->echo;
    bool waits = wait && (wait->target == SG_TARGET_RAW || wait->target == SG_TARGET_DATAGRAM ||
                          wait->target == SG_TARGET_SEVERAL);
    if (!waits || !echo->requests || is_right(echo->seen[echo->requests - 1].answer) ||
        evidence->outcome != SG_OUTCOME_STILL)
        return false;
    return sg_say(ret,
                  "Request %zu gets no right reply, and the %s waits in %s() without a time limit.",
                  echo->requests, evidence->program.name, wait->call);
}

#define ANY_END (SG_KIND(EXIT_STATUS) | SG_KIND(STILL_RUNS) | SG_KIND(PRINTED) | SG_KIND(REQUESTS))

static const struct sg_rule rows[] = {
    {SG_CODE_WRONG_CHECKSUM, ANY_END, wrong_checksum, "the bytes of the request"},
    {SG_CODE_IGNORES_ARGUMENTS, ANY_END, other_host, "packets to another address"},
    {SG_CODE_MESSAGE_NOT_SENT, ANY_END, nothing_sent, "no request on the wire"},
    {SG_CODE_SEQUENCE_REPEATED, ANY_END, sequence_repeated, "two requests that are the same"},
    {SG_CODE_WAITS_FOREVER, SG_KIND(STILL_RUNS), waits_for_lost,
     "proven to wait for a reply that will not come"},
    {SG_CODE_IGNORES_ARGUMENTS, SG_KIND(REQUESTS), other_count, "more requests than asked for"},
    {SG_CODE_IGNORES_ARGUMENTS, SG_KIND(REQUESTS), fewer_than_asked,
     "fewer requests, all of them answered"},
    {SG_CODE_MESSAGE_NOT_SENT, SG_KIND(REQUESTS), stopped_early,
     "no request behind one that was not answered"},
    {SG_CODE_ACCEPTS_WRONG_REPLY, SG_KIND(PRINTED), accepts_wrong,
     "as many lines as packets came, right ones or not"},
    {SG_CODE_WRONG_OUTPUT, SG_KIND(PRINTED), invents_reply, "more lines than replies"},
    {SG_CODE_FIXED_HEADER_LENGTH, SG_KIND(PRINTED), fixed_header,
     "replies that are missing, all in packets with options"},
    {SG_CODE_MISSES_REPLIES, SG_KIND(PRINTED), misses_replies, "fewer lines than replies"},
};

const struct sg_rules sg_rules_raw = {rows, SG_COUNT(rows)};
