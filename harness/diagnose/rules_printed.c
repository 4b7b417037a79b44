/* SPDX-License-Identifier: MIT
 * What a program printed, where facts were looked for in it: bytes, streams, ports, results. */
#include <stdio.h>
#include <string.h>

#include "base/language.h"
#include "base/utf8.h"
#include "diagnose/rules.h"

/* A program that ended with an error of its runtime is another matter than what it printed. */
static const struct sg_printed_evidence *printed_of(const struct sg_evidence *evidence)
{
    bool judged = evidence->printed.fault && !sg_died_of_exception(evidence);
    return judged && evidence->got.length ? &evidence->printed : NULL;
}

/* What to do, where the usual advice is about an answer that a server gave. */
static bool advise(struct sg_diagnosis *ret, const char *advice)
{
    ret->advice = sg_strdup(advice);
    return true;
}

static const char *stream_words(enum sg_stream stream)
{
    return stream == SG_STREAM_STDERR ? _("standard error") : _("standard output");
}

static bool wrong_stream(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_printed_evidence *printed = &evidence->printed;
    enum sg_stream other =
        printed->stream == SG_STREAM_STDERR ? SG_STREAM_STDOUT : SG_STREAM_STDERR;
    sg_autobytes struct sg_bytes text = {0};
    sg_show(&text, evidence->expected.data, evidence->expected.length);
    if (printed->fault == SG_PRINTED_OTHER_STREAM)
        return sg_say(ret, "'%s' came on %s, and belongs on %s.", sg_bytes_text(&text),
                      stream_words(other), stream_words(printed->stream));
    if (printed->fault == SG_PRINTED_BOTH_STREAMS)
        return sg_say(ret, "'%s' came on both streams, and belongs on %s alone.",
                      sg_bytes_text(&text), stream_words(printed->stream));
    return false;
}

/* What is in the buffer of standard output when fork() is called is in the child's too. */
static bool printed_again(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (evidence->printed.fault != SG_PRINTED_AGAIN)
        return false;
    sg_autobytes struct sg_bytes text = {0};
    sg_show(&text, evidence->expected.data, evidence->expected.length);
    ret->advice = sg_strdup(_(
        "Print it once; what is in a buffer when fork() is called is printed by both processes."));
    return sg_say(ret, "'%s' came in %zu lines, and belongs in one.", sg_bytes_text(&text),
                  evidence->printed.lines);
}

/* A terminal does not show it. */
static bool printed_terminator(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_slice zero = {(const uint8_t *)"", 1};
    if (evidence->printed.fault != SG_PRINTED_ZERO)
        return false;
    ret->advice =
        sg_strdup(_("The zero byte at the end of a string is for C, and no part of the text: print "
                    "strlen() bytes, not sizeof."));
    return sg_say(ret, "What the %s printed holds a zero byte, at offset %zu.",
                  evidence->program.name, sg_slice_find(evidence->got, zero));
}

static bool nothing_there(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_printed_evidence *printed = &evidence->printed;
    if (!printed->fault || evidence->got.length || sg_died_of_exception(evidence) ||
        printed->fault == SG_PRINTED_PORTS) /* which ports are missing says more */
        return false;
    if (!printed->stream)
        return sg_say(ret, "The %s printed nothing.", evidence->program.name);
    return sg_say(ret, "The %s printed nothing on %s.", evidence->program.name,
                  stream_words(printed->stream));
}

static bool too_early(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_printed_evidence *printed = printed_of(evidence);
    return printed && printed->fault == SG_PRINTED_TOO_EARLY &&
           advise(ret, _("Print the parts in the order in which they are asked for.")) &&
           sg_say(ret, "What should come last was printed first.");
}

static bool swapped(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_printed_evidence *printed = printed_of(evidence);
    if (printed && printed->fault == SG_PRINTED_SWAPPED)
        return sg_say(ret, "The two forms are there, but the little-endian one comes first.");
    return printed && printed->fault == SG_PRINTED_ONE_ORDER &&
           sg_say(ret, "The %s form was printed twice: nothing swaps the bytes for the other.",
                  printed->little_endian ? "little-endian" : "big-endian");
}

enum { FIXED_NUMBER = 11111 }; /* the usual example */

static bool fixed_number(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_printed_evidence *printed = printed_of(evidence);
    return printed && printed->fault == SG_PRINTED_OTHER_NUMBER &&
           printed->number == FIXED_NUMBER &&
           sg_say(ret, "The %s printed the bytes of %d, whatever number it was given.",
                  evidence->program.name, FIXED_NUMBER);
}

static bool other_number(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_printed_evidence *printed = printed_of(evidence);
    return printed && printed->fault == SG_PRINTED_OTHER_NUMBER &&
           advise(ret, _("Print the bytes of the number that the program was given.")) &&
           sg_say(ret, "The %s printed the bytes of %d, which is another number than it was given.",
                  evidence->program.name, printed->number);
}

/* `%x` of a char that is negative fills four bytes. */
static bool sign_extended(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_printed_evidence *printed = printed_of(evidence);
    return printed && printed->fault == SG_PRINTED_LACKS &&
           sg_slice_find(evidence->got, sg_slice_text("ffffff")) != SIZE_MAX &&
           advise(ret,
                  _("Keep bytes in unsigned char, or take `byte & 0xff` before you print it.")) &&
           sg_say(ret,
                  "A byte above 0x7f was printed as a negative number (ffffff...): a char may be "
                  "signed, so bytes are unsigned char.");
}

/* "80, 443 and 5 more". */
static void tell_ports(const struct sg_port_list *list, struct sg_bytes *out)
{
    size_t shown = list->count < SG_MOST_PORTS_TOLD ? list->count : SG_MOST_PORTS_TOLD;
    for (size_t i = 0; i < shown; i++)
        sg_bytes_printf(out, "%s%u", i ? ", " : "", (unsigned)list->first[i]);
    if (shown < list->count)
        sg_bytes_printf(out, _(" and %zu more"), list->count - shown);
}

enum { DESCRIPTORS_LIMIT = 1024, DESCRIPTORS_OWN = 30, WELL_BEYOND = 100 };

static bool tell_to_close(struct sg_diagnosis *ret)
{
    return advise(ret, _("close() the socket of each port before you try the next: a program has "
                         "1024 descriptors."));
}

static bool out_of_descriptors(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    static const char *const words[] = {"Too many open files", "EMFILE", "too many open files"};
    for (size_t i = 0; i < SG_COUNT(words); i++) {
        if (!sg_stderr_has(evidence, words[i]))
            continue;
        sg_add_last_words(evidence, ret);
        return sg_say(
            ret,
            "The %s ran out of descriptors (%d are allowed): it does not close the socket "
            "of each port.",
            evidence->program.name, DESCRIPTORS_LIMIT);
    }
    return false;
}

/* All is right up to where a descriptor for each port has used them up, and nothing is found from
 * there. */
static bool leaks(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_printed_evidence *printed = &evidence->printed;
    const struct sg_port_list *missing = &printed->missing;
    uint64_t edge = printed->among.least + DESCRIPTORS_LIMIT - DESCRIPTORS_OWN;
    if (printed->among.most < edge + WELL_BEYOND) /* the end of the range is one of its own */
        return false;
    if (printed->fault != SG_PRINTED_PORTS || !missing->count || printed->closed.count ||
        missing->last != printed->open.last || missing->count >= printed->open.count ||
        missing->first[0] < edge)
        return false;
    size_t before = 0;
    for (size_t i = 0; i < printed->open.count && i < SG_MOST_PORTS_TOLD; i++)
        before += printed->open.first[i] < missing->first[0];
    if (before + missing->count != printed->open.count)
        return false;
    return tell_to_close(ret) &&
           sg_say(
               ret,
               "The %s found no port beyond descriptor number %d (from %u on): it does not close "
               "the socket of each port.",
               evidence->program.name, DESCRIPTORS_LIMIT, (unsigned)missing->first[0]);
}

static bool fixed_range(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    enum { USUAL_FIRST = 20, USUAL_LAST = 1024 };
    const struct sg_printed_evidence *printed = &evidence->printed;
    if (printed->fault != SG_PRINTED_PORTS || !printed->outside.count || printed->closed.count)
        return false;
    sg_autobytes struct sg_bytes ports = {0};
    tell_ports(&printed->outside, &ports);
    bool far = printed->outside.first[0] + 1u < printed->among.least ||
               printed->outside.last > printed->among.most + 1;
    return far && sg_say(ret,
                         "Asked for ports %u to %u, the %s printed %s: it looks at a range of its "
                         "own.",
                         (unsigned)printed->among.least, (unsigned)printed->among.most,
                         evidence->program.name, sg_bytes_text(&ports));
}

static bool reports_closed(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_printed_evidence *printed = printed_of(evidence);
    if (!printed || printed->fault != SG_PRINTED_PORTS)
        return false;
    sg_autobytes struct sg_bytes ports = {0};
    const struct sg_port_list *list = printed->closed.count ? &printed->closed : &printed->outside;
    if (!list->count)
        return false;
    tell_ports(list, &ports);
    if (list == &printed->outside)
        return sg_say(ret, "Asked for ports %u to %u, the %s printed %s as well.",
                      (unsigned)printed->among.least, (unsigned)printed->among.most,
                      evidence->program.name, sg_bytes_text(&ports));
    return sg_say(ret, "The %s printed ports on which nobody listens: %s.", evidence->program.name,
                  sg_bytes_text(&ports));
}

static const char *missing_words(const struct sg_printed_evidence *printed)
{
    const struct sg_port_list *missing = &printed->missing;
    if (printed->crowded)
        return _(": a line of its own is due to each");
    if (missing->count == printed->open.count)
        return missing->count > 1 ? _(": none of those that are open") : "";
    if (missing->count == 1 && missing->first[0] == printed->among.most)
        return _(", the last of its range");
    if (missing->count == 1 && missing->first[0] == printed->among.least)
        return _(", the first of its range");
    if (missing->count == printed->hung_up.count)
        return _(", where connections are accepted and closed at once");
    return "";
}

static bool misses_ports(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_printed_evidence *printed = &evidence->printed;
    if (printed->fault != SG_PRINTED_PORTS || !printed->missing.count ||
        sg_died_of_exception(evidence))
        return false;
    sg_autobytes struct sg_bytes ports = {0};
    tell_ports(&printed->missing, &ports);
    return sg_say(ret, "Open ports: %zu. Not among those that the %s printed: %s%s.",
                  printed->open.count, evidence->program.name, sg_bytes_text(&ports),
                  missing_words(printed));
}

static bool only_ipv4(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_printed_evidence *printed = printed_of(evidence);
    return printed && printed->fault == SG_PRINTED_RESULTS && printed->only_ipv4 &&
           sg_say(ret, "The name has addresses of IPv6 as well, and only those of IPv4 were "
                       "printed.");
}

static bool misses_results(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_printed_evidence *printed = printed_of(evidence);
    if (!printed || printed->fault != SG_PRINTED_RESULTS || printed->found >= printed->results ||
        printed->found == 0 || printed->wrong)
        return false;
    return sg_say(ret, "getaddrinfo() has %zu results, and the program printed %zu%s.",
                  printed->results, printed->found,
                  printed->found == 1 ? _(": the list goes on behind the first, in ai_next") : "");
}

static bool wrong_results(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_printed_evidence *printed = printed_of(evidence);
    if (!printed || printed->fault != SG_PRINTED_RESULTS)
        return false;
    (void)advise(ret, _("Print each part of each result as getaddrinfo() gives it."));
    if (printed->unordered)
        return sg_say(ret, "The results are not in the order in which getaddrinfo() gives them.");
    if (printed->wrong)
        return sg_say(ret, "Of result %zu of %zu the %s is not there: it is %s.", printed->wrong,
                      printed->results, _(printed->part), printed->wanted);
    if (!printed->found)
        return sg_say(ret, "No socket address stands in what was printed.");
    return sg_say(ret, "getaddrinfo() has %zu results, and the program printed %zu%s.",
                  printed->results, printed->found, "");
}

static bool wrong_facts(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    return printed_of(evidence) &&
           advise(ret, _("Compare what was printed with what is asked for, part by part.")) &&
           sg_say(ret, "What the %s printed is not what was asked for.", evidence->program.name);
}

/* It waits for an answer to its connect(), which will not come. */
static bool waits_in_connect(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_wait *wait = sg_main_wait(evidence);
    if (!wait || !wait->call || strcmp(wait->call, "connect") != 0)
        return false;
    return sg_say(
        ret,
        "The %s waits in connect() for a port that does not answer, and has no time limit "
        "of its own.",
        evidence->program.name);
}

static bool is_judged_by_output(const struct sg_evidence *evidence)
{
    const struct sg_program *program =
        sg_assignment_program(evidence->assignment, sg_is_server(evidence) ? "server" : "client");
    return program && !sg_program_has_port(program);
}

/* It is under way: neither at rest nor at its end. */
static bool takes_too_long(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_wait *wait = sg_main_wait(evidence);
    bool rests = evidence->outcome == SG_OUTCOME_STILL ||
                 (wait && wait->target == SG_TARGET_INPUT && evidence->outcome != SG_OUTCOME_BUSY);
    if (!is_judged_by_output(evidence) || rests)
        return false;
    if (evidence->outcome == SG_OUTCOME_BUSY)
        return sg_say(ret,
                      "The %s did not come to an end in its time, and used the processor all "
                      "along.",
                      evidence->program.name);
    return sg_say(ret,
                  "The %s did not come to an end in its time: it waits too long, or too "
                  "often.",
                  evidence->program.name);
}

static bool never_ends(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_wait *wait = sg_main_wait(evidence);
    char room[128];
    if (!is_judged_by_output(evidence))
        return false;
    if (wait)
        return sg_say(ret, "The %s did not end: it waits in %s.", evidence->program.name,
                      sg_describe_wait(evidence, wait, room, sizeof room));
    return sg_say(ret, "The %s did not end.", evidence->program.name);
}

static bool takes_no_arguments(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_way *way = evidence->program.way;
    if (!is_judged_by_output(evidence))
        return false;
    if (way && way->form != SG_WAY_ALL && way->form != SG_WAY_MANIFEST)
        return sg_say(ret, "The %s works when it is started as '%s', without all its arguments.",
                      evidence->program.name, way->shown);
    return sg_say(ret, "The %s asked on its standard input for what it was given as an argument.",
                  evidence->program.name);
}

static const struct sg_rule rows[] = {
    {SG_CODE_LEAKS_DESCRIPTORS, SG_KIND(EXIT_STATUS) | SG_KIND(PRINTED) | SG_KIND(STILL_RUNS),
     out_of_descriptors, "its own report that it has too many open files"},
    {SG_CODE_LEAKS_DESCRIPTORS, SG_KIND(PRINTED), leaks,
     "all ports right up to the limit of descriptors, none beyond"},
    {SG_CODE_WRONG_STREAM, SG_KIND(PRINTED), wrong_stream, "the text on the other stream"},
    {SG_CODE_WRONG_OUTPUT, SG_KIND(PRINTED), printed_again, "the text in more lines than one"},
    {SG_CODE_EXTRA_BYTES, SG_KIND(PRINTED), printed_terminator, "a zero byte in the text"},
    {SG_CODE_NO_OUTPUT, SG_KIND(PRINTED), nothing_there, "an empty stream"},
    {SG_CODE_WRONG_BYTE_ORDER, SG_KIND(PRINTED), swapped,
     "the bytes in the other order, or in one"},
    {SG_CODE_IGNORES_ARGUMENTS, SG_KIND(PRINTED), fixed_number, "the bytes of the usual example"},
    {SG_CODE_WRONG_OUTPUT, SG_KIND(PRINTED), other_number, "the bytes of another number"},
    {SG_CODE_WRONG_OUTPUT, SG_KIND(PRINTED), sign_extended, "a byte that was printed as ffffff…"},
    {SG_CODE_WRONG_OUTPUT, SG_KIND(PRINTED), too_early, "the last thing before the others"},
    {SG_CODE_IGNORES_ARGUMENTS, SG_KIND(PRINTED), fixed_range,
     "ports far from those that it was asked for"},
    {SG_CODE_REPORTS_CLOSED_PORTS, SG_KIND(PRINTED), reports_closed,
     "the number of a port on which nobody listens"},
    {SG_CODE_MISSES_PORTS, SG_KIND(PRINTED), misses_ports, "no line for a port that is open"},
    {SG_CODE_NO_IPV6, SG_KIND(PRINTED), only_ipv4, "all results of IPv4 and none of IPv6"},
    {SG_CODE_MISSES_RESULTS, SG_KIND(PRINTED), misses_results,
     "fewer results than the reference has, the first ones right"},
    {SG_CODE_WRONG_OUTPUT, SG_KIND(PRINTED), wrong_results, "a result that lacks a part"},
    {SG_CODE_WAITS_FOREVER, SG_KIND(STILL_RUNS), waits_in_connect,
     "a thread in connect() that nobody answers"},
    {SG_CODE_TIMED_OUT, SG_KIND(STILL_RUNS), takes_too_long, "its time was over while it went on"},
    {SG_CODE_NEVER_EXITS, SG_KIND(STILL_RUNS), never_ends, "it rests, and has not ended"},
    {SG_CODE_IGNORES_ARGUMENTS, SG_KIND(ARGUMENTS), takes_no_arguments,
     "it was fed on standard input, or started without arguments"},
    {SG_CODE_WRONG_OUTPUT, SG_KIND(PRINTED), wrong_facts, "its output"},
};

const struct sg_rules sg_rules_printed = {rows, SG_COUNT(rows)};
