/* SPDX-License-Identifier: MIT
 * Building, starting, and ends that nobody can miss: crashes, sanitizers, uncaught exceptions. */
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "base/language.h"
#include "base/utf8.h"
#include "diagnose/rules.h"

static bool build_failed(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    return sg_say(ret, "The program was not started: %s.", evidence->found_message);
}

static bool no_such_program(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    return sg_say(ret, "There is nothing to start: %s.", evidence->found_message);
}

/* What a sanitizer's report, which begins so, says in a few words, without addresses:
 * "stack-buffer-overflow". */
static void read_report(const struct sg_evidence *evidence, const char *start, struct sg_bytes *out)
{
    enum { MOST = 100 };
    struct sg_slice text = sg_bytes_slice(&evidence->program.process->err.bytes);
    size_t begin = sg_slice_find(text, sg_slice_text(start)) + strlen(start);
    text = sg_slice_skip(text, begin);
    if (sg_slice_find(sg_slice_first(text, 2), sg_slice_text(": ")) == 0)
        text = sg_slice_skip(text, 2);
    static const char *const ends[] = {"\n", " on ", " ("};
    for (size_t i = 0; i < SG_COUNT(ends); i++)
        text = sg_slice_first(text, sg_slice_find(text, sg_slice_text(ends[i])));
    text = sg_slice_first(text, MOST);
    sg_show(out, text.data, text.length);
}

static bool memory_error(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    static const char *const reports[] = {"ERROR: AddressSanitizer",
                                          "runtime error: ", "ERROR: LeakSanitizer",
                                          "WARNING: MemorySanitizer", "WARNING: ThreadSanitizer"};
    if (sg_stderr_has(evidence, "panic: runtime error: ")) /* Go's own words */
        return false;
    for (size_t i = 0; i < SG_COUNT(reports); i++) {
        if (!sg_stderr_has(evidence, reports[i]))
            continue;
        sg_autobytes struct sg_bytes what = {0};
        read_report(evidence, reports[i], &what);
        struct sg_where where;
        if (sg_where_sanitizer(sg_bytes_slice(&evidence->program.process->err.bytes), &where))
            sg_excerpt_at(evidence, &where, ret);
        return sg_say(ret, "A sanitizer found an error of memory in the %s: %s.",
                      evidence->program.name, sg_bytes_text(&what));
    }
    return false;
}

static bool crashed(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    static const struct {
        int signal;
        const char *meaning;
    } crashes[] = {
        {SIGSEGV, N_("it touched memory that is not its own")},
        {SIGBUS, N_("it touched memory that is not there")},
        {SIGABRT, N_("it aborted itself")},
        {SIGFPE, N_("it divided by zero")},
        {SIGILL, N_("it ran into an illegal instruction")},
        {SIGTRAP, N_("it ran into a trap")},
        {SIGSYS, N_("it made a call that does not exist")},
    };
    int own = sg_death_signal(evidence), signal = own ? own : sg_child_death_signal(evidence);
    for (size_t i = 0; i < SG_COUNT(crashes); i++) {
        if (signal != crashes[i].signal)
            continue;
        sg_add_last_words(evidence, ret);
        return sg_say(ret, "%s %s crashed with SIG%s: %s.", own ? _("The") : _("A process of the"),
                      evidence->program.name, sigabbrev_np(signal), _(crashes[i].meaning));
    }
    return false;
}

static bool is_local(const struct sg_evidence *evidence)
{
    return evidence->assignment->transport == SG_TRANSPORT_UNIX;
}

/* What bind() finds at its name is not overwritten, be it a socket that nobody has open any
 * more. */
static bool stale_socket(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    char room[SG_ADDRESS_TEXT];
    if (evidence->program.bind_errno != EADDRINUSE || !is_local(evidence) || !evidence->step ||
        evidence->step->action != SG_ACT_RESTART)
        return false;
    sg_diagnosis_add(ret, evidence->program.ended_ns, "bind() returned EADDRINUSE");
    return sg_say(ret,
                  "Started again, the server could not bind '%s': the socket file of its last run "
                  "is still there.",
                  sg_address_print(evidence->program.bind_address, room));
}

static bool address_in_use(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (evidence->program.bind_errno != EADDRINUSE || is_local(evidence) || !evidence->step ||
        evidence->step->action != SG_ACT_RESTART)
        return false;
    sg_diagnosis_add(ret, evidence->program.ended_ns, "bind() returned EADDRINUSE");
    return sg_say(ret,
                  "Started again, the server could not bind its port %u: an old connection "
                  "lingers on it.",
                  (unsigned)sg_address_port(evidence->program.bind_address));
}

/* Started over IPv4 it did its part; given ::1 it does not. */
static bool no_ipv6(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_way *way = evidence->program.way;
    if (evidence->one->family != AF_INET6 || !way || !way->found_port)
        return false;
    if (sg_is_dead(evidence))
        sg_add_last_words(evidence, ret);
    if (sg_is_server(evidence))
        return sg_say(ret,
                      "Given the address ::1, the server did not listen; with 127.0.0.1 it does.");
    return sg_say(ret,
                  "Given the address ::1, the client did not connect; with 127.0.0.1 it does.");
}

static bool exited_early(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (evidence->program.exec_errno)
        return sg_say_not_executed(evidence, ret);
    bool has_sent = evidence->socket && evidence->socket->received_count;
    if (!sg_is_dead(evidence) || has_sent)
        return false;
    sg_add_last_words(evidence, ret);
    if (sg_say_known_refusal(evidence, ret))
        return true;
    bool udp = evidence->assignment->transport == SG_TRANSPORT_UDP;
    const char *before = sg_is_server(evidence) ? _("listened")
                         : udp                  ? _("sent a datagram")
                                                : _("connected");
    const char *name = evidence->program.name;
    const struct sg_way *way = evidence->program.way;
    int status = evidence->program.process->status;
    sg_autobytes struct sg_bytes words = {0};
    sg_last_words(evidence, &words);
    if (WIFSIGNALED(status))
        return sg_say(ret, "The %s was ended by SIG%s before it %s.", name,
                      sigabbrev_np(WTERMSIG(status)), before);
    sg_autofree char *said =
        words.length ? sg_printf(" (%s)", sg_bytes_text(&words)) : sg_strdup("");
    bool is_parsed = !sg_stderr_has(evidence, "SyntaxError") &&
                     !sg_stderr_has(evidence, "TabError") &&
                     !sg_stderr_has(evidence, "IndentationError");
    bool in_vain = is_parsed && way && way->form != SG_WAY_MANIFEST && !way->found_port;
    if (!in_vain)
        return sg_say(ret, "The %s ended with status %d before it %s%s.", name, WEXITSTATUS(status),
                      before, said);
    bool server = sg_is_server(evidence);
    return sg_say(ret,
                  "The %s ended with status %d before it %s%s, with all its arguments, %s and with "
                  "none; a line '%s: …' in submission.yaml says how it is started.",
                  name, WEXITSTATUS(status), before, said,
                  server && !is_local(evidence) ? _("with the port alone") : _("with some of them"),
                  name);
}

static bool refuses_text(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!sg_is_dead(evidence) || !sg_reports_encoding(evidence))
        return false;
    sg_add_last_words(evidence, ret);
    return sg_say(ret, "The %s could not encode its message, which holds more than ASCII.",
                  evidence->program.name);
}

static bool starts_with_exception(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!sg_died_of_exception(evidence) || sg_is_known_refusal(evidence))
        return false;
    sg_add_last_words(evidence, ret);
    sg_autobytes struct sg_bytes words = {0};
    sg_last_words(evidence, &words);
    return sg_say(ret, "The %s ended with an error that nothing caught: %s.",
                  evidence->program.name, sg_bytes_text(&words));
}

static bool never_listened(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_wait *wait = sg_main_wait(evidence);
    char room[128];
    if (evidence->program.bind_errno)
        sg_diagnosis_add(ret, 0, "bind() failed: %s", sg_errno_text(evidence->program.bind_errno));
    if (evidence->program.listens_to_streams)
        return sg_say(ret, "The server listens for connections (SOCK_STREAM), and datagrams are "
                           "sent to it: it needs a socket of type SOCK_DGRAM.");
    if (wait && evidence->outcome == SG_OUTCOME_STILL && wait->target == SG_TARGET_INPUT)
        return sg_say(ret,
                      "The server never listened: it waits in %s; lines under 'stdin:' in "
                      "submission.yaml would be given to it.",
                      sg_describe_wait(evidence, wait, room, sizeof room));
    if (wait && evidence->outcome == SG_OUTCOME_STILL)
        return sg_say(ret, "The server never listened: it waits in %s.",
                      sg_describe_wait(evidence, wait, room, sizeof room));
    return sg_say(ret, "The server ran, but listened nowhere.");
}

static bool port_byte_order(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_way *way = evidence->program.way;
    if (!way || !way->swapped_port || is_local(evidence))
        return false;
    bool server = sg_is_server(evidence);
    return sg_say(ret, "Given port %u, the %s %s port %u: the same two bytes in the other order.",
                  (unsigned)way->given_port, evidence->program.name,
                  server ? _("listened on") : _("connected to"), (unsigned)way->found_port);
}

static bool wrong_port(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_way *way = evidence->program.way;
    if (!way || !way->wrong_port || is_local(evidence))
        return false;
    return sg_say(ret, "Given port %u, the %s %s port %u, and with another one it is another.",
                  (unsigned)way->given_port, evidence->program.name,
                  sg_is_server(evidence) ? _("listened on") : _("connected to"),
                  (unsigned)way->found_port);
}

/* bind() or connect() was told that the address is shorter than it is. */
static bool cuts_path(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_way *way = evidence->program.way;
    size_t used = way ? strlen(way->found_host) : 0;
    if (!way || !is_local(evidence) || !used || used >= strlen(way->given_host) ||
        strncmp(way->found_host, way->given_host, used) != 0)
        return false;
    ret->advice = sg_strdup(
        _("The length of the address is sizeof(struct sockaddr_un), which is more than that "
          "of a struct sockaddr."));
    return sg_say(ret, "Given the path '%s', the %s %s '%s': its first %zu characters.",
                  way->given_host, evidence->program.name,
                  sg_is_server(evidence) ? _("listened on") : _("connected to"), way->found_host,
                  used);
}

static bool is_swapped(const union sg_address *given, const union sg_address *used)
{
    const union sg_address one = sg_address_unmapped(given), other = sg_address_unmapped(used);
    return one.any.sa_family == AF_INET && other.any.sa_family == AF_INET &&
           one.v4.sin_addr.s_addr == __builtin_bswap32(other.v4.sin_addr.s_addr);
}

static bool listens_elsewhere(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    char given[SG_ADDRESS_TEXT], used[SG_ADDRESS_TEXT];
    if (is_swapped(evidence->program.given_host, evidence->program.address)) {
        ret->advice = sg_strdup(
            _("inet_pton(), gethostbyname() and getaddrinfo() give an address as it goes over the "
              "wire: no htonl() around it. INADDR_LOOPBACK and INADDR_ANY need one."));
        return sg_say(ret,
                      "Given the host %s, the server listened on %s: the same four bytes in the "
                      "other order.",
                      sg_address_print_host(evidence->program.given_host, given),
                      sg_address_print_host(evidence->program.address, used));
    }
    return sg_say(ret, "Given the host %s, the server listened on %s alone.",
                  sg_address_print_host(evidence->program.given_host, given),
                  sg_address_print_host(evidence->program.address, used));
}

static bool ignores_arguments(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_way *way = evidence->program.way;
    if (!way || !way->given_port)
        return false;
    bool server = sg_is_server(evidence);
    if (way->honours_address && server && way->form == SG_WAY_ALL && !is_local(evidence))
        return listens_elsewhere(evidence, ret);
    if (way->form == SG_WAY_MESSAGE || (way->honours_address && way->form == SG_WAY_PORT))
        return sg_say(ret, "The %s took the %s alone ('%s') and not all of its arguments.",
                      evidence->program.name, way->form == SG_WAY_PORT ? _("port") : _("message"),
                      way->shown);
    if (way->honours_address && way->message == SG_MESSAGE_FED)
        return sg_say(ret,
                      "The client asked for its message on its standard input and did not take "
                      "it from its arguments.");
    if (way->honours_address)
        return sg_say(ret, "The client sent a message of its own, whatever it was given.");
    if (is_local(evidence))
        return sg_say(ret, "Given the path '%s', the %s %s '%s'.", way->given_host,
                      evidence->program.name, server ? _("listened on") : _("connected to"),
                      way->found_host);
    if (way->given_port == way->found_port)
        return sg_say(ret, "Given the host %s, the client connected to %s.", way->given_host,
                      way->found_host);
    return sg_say(ret, "Given port %u, the %s %s port %u.", (unsigned)way->given_port,
                  evidence->program.name, server ? _("listened on") : _("connected to"),
                  (unsigned)way->found_port);
}

#define STARTING         (SG_KIND(START) | SG_KIND(NOT_LISTENING))
#define ANY_WITH_PROGRAM (~(SG_KIND(NO_PROGRAM) | SG_KIND(BUILD)))

static const struct sg_rule rows[] = {
    {SG_CODE_BUILD_FAILED, SG_KIND(BUILD), build_failed, "the status of the build command"},
    {SG_CODE_NO_SUCH_PROGRAM, SG_KIND(NO_PROGRAM), no_such_program, "nothing was found to start"},
    {SG_CODE_MEMORY_ERROR, ANY_WITH_PROGRAM, memory_error, "a sanitizer's report"},
    {SG_CODE_CRASHED, ANY_WITH_PROGRAM, crashed, "its end by a signal that only a fault sends"},
    {SG_CODE_ADDRESS_IN_USE, STARTING, address_in_use, "bind() returned EADDRINUSE on a restart"},
    {SG_CODE_BUFFER_LIMIT, STARTING | SG_KIND(ARGUMENTS), cuts_path,
     "a path that begins as the one that was given"},
    {SG_CODE_STALE_SOCKET, STARTING, stale_socket,
     "bind() found the file of the last run on a restart"},
    {SG_CODE_NO_IPV6, STARTING | SG_KIND(NOT_ACCEPTED), no_ipv6,
     "with an IPv4 address it listened or connected"},
    {SG_CODE_TEXT_ONLY, STARTING | SG_KIND(NOT_ACCEPTED), refuses_text,
     "the runtime's report that it could not encode or decode"},
    {SG_CODE_UNCAUGHT_EXCEPTION, SG_KIND(START) | SG_KIND(NOT_ACCEPTED), starts_with_exception,
     "a runtime's report and a status other than 0"},
    {SG_CODE_EXITED_EARLY, STARTING | SG_KIND(NOT_ACCEPTED), exited_early,
     "its end before it listened or connected"},
    {SG_CODE_NEVER_LISTENED, SG_KIND(NOT_LISTENING), never_listened,
     "no listening socket, and it is still, or its time is over"},
    {SG_CODE_PORT_BYTE_ORDER, SG_KIND(ARGUMENTS), port_byte_order,
     "the port it used is the given one with its bytes swapped"},
    {SG_CODE_WRONG_PORT, SG_KIND(ARGUMENTS), wrong_port,
     "another port than it was given, and another again when it was given another"},
    {SG_CODE_IGNORES_ARGUMENTS, SG_KIND(ARGUMENTS), ignores_arguments,
     "the way that it had to be started in, and where it listened or connected"},
};

const struct sg_rules sg_rules_start = {rows, SG_COUNT(rows)};
