/* SPDX-License-Identifier: MIT
 * Building, starting, and ends that nobody can miss: crashes, sanitizers, uncaught exceptions. */
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

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

/* The last line of standard error that says something. */
static void last_words(const struct sg_evidence *evidence, struct sg_bytes *out)
{
    struct sg_slice text = sg_bytes_slice(&evidence->program.process->err.bytes);
    while (text.length && (text.data[text.length - 1] == '\n' || text.data[text.length - 1] == ' '))
        text.length--;
    size_t start = text.length;
    while (start && text.data[start - 1] != '\n')
        start--;
    text = sg_slice_first(sg_slice_skip(text, start), 160);
    sg_show(out, text.data, text.length);
}

static void add_last_words(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    sg_autobytes struct sg_bytes words = {0};
    last_words(evidence, &words);
    if (words.length)
        sg_diagnosis_add(ret, evidence->program.ended_ns, "standard error: %s",
                         sg_bytes_text(&words));
}

static bool memory_error(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    static const char *const reports[] = {"ERROR: AddressSanitizer",
                                          "runtime error: ", "ERROR: LeakSanitizer",
                                          "WARNING: MemorySanitizer", "WARNING: ThreadSanitizer"};
    for (size_t i = 0; i < SG_COUNT(reports); i++) {
        if (!sg_stderr_has(evidence, reports[i]))
            continue;
        add_last_words(evidence, ret);
        return sg_say(ret, "A sanitizer found an error of memory in the %s.",
                      evidence->program.name);
    }
    return false;
}

static bool crashed(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    static const struct {
        int signal;
        const char *meaning;
    } crashes[] = {
        {SIGSEGV, "it touched memory that is not its own"},
        {SIGBUS, "it touched memory that is not there"},
        {SIGABRT, "it aborted itself"},
        {SIGFPE, "it divided by zero"},
        {SIGILL, "it ran into an illegal instruction"},
        {SIGTRAP, "it ran into a trap"},
        {SIGSYS, "it made a call that does not exist"},
    };
    int signal = sg_death_signal(evidence);
    for (size_t i = 0; i < SG_COUNT(crashes); i++) {
        if (signal != crashes[i].signal)
            continue;
        add_last_words(evidence, ret);
        return sg_say(ret, "The %s crashed with SIG%s: %s.", evidence->program.name,
                      sigabbrev_np(signal), crashes[i].meaning);
    }
    return false;
}

static bool address_in_use(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (evidence->program.bind_errno != EADDRINUSE || !evidence->step ||
        evidence->step->action != SG_ACT_RESTART)
        return false;
    sg_diagnosis_add(ret, evidence->program.ended_ns, "bind() returned EADDRINUSE");
    return sg_say(ret,
                  "Started again, the server could not bind its port %u: an old connection "
                  "lingers on it.",
                  (unsigned)sg_address_port(evidence->program.bind_address));
}

static bool cannot_execute(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!evidence->program.exec_errno)
        return false;
    const char *shown = evidence->program.way ? evidence->program.way->shown : "";
    const char *why = evidence->program.exec_errno == ENOENT
                          ? "the file, or the interpreter that its first line names, is not there"
                      : evidence->program.exec_errno == ENOEXEC
                          ? "it is not a program for this machine"
                          : strerror(evidence->program.exec_errno);
    return sg_say(ret, "'%s' could not be executed: %s.", shown, why);
}

/* Python 2's print statement is a syntax error to Python 3; the line is named in the traceback. */
static bool is_python2(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!sg_stderr_has(evidence, "Missing parentheses in call to 'print'"))
        return false;
    const char *text = sg_bytes_text(&evidence->program.process->err.bytes);
    const char *line = strstr(text, "line ");
    return sg_say(ret,
                  "The %s is written for Python 2, which is no longer there: its print "
                  "statement in line %ld is an error in Python 3.",
                  evidence->program.name, line ? strtol(line + 5, NULL, 10) : 0L);
}

static bool hides_socket_module(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!sg_stderr_has(evidence, "has no attribute 'socket'") &&
        !sg_stderr_has(evidence, "partially initialized module 'socket'"))
        return false;
    return sg_say(ret, "A file of the submission is called socket.py and hides Python's own module "
                       "'socket'.");
}

/* Started over IPv4 it did its part; given ::1 it does not. */
static bool no_ipv6(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_way *way = evidence->program.way;
    if (evidence->one->family != AF_INET6 || !way || !way->found_port)
        return false;
    if (sg_is_dead(evidence))
        add_last_words(evidence, ret);
    if (evidence->one->role == SG_ROLE_SERVER)
        return sg_say(ret,
                      "Given the address ::1, the server did not listen; with 127.0.0.1 it does.");
    return sg_say(ret,
                  "Given the address ::1, the client did not connect; with 127.0.0.1 it does.");
}

static bool exited_early(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (cannot_execute(evidence, ret))
        return true;
    if (!sg_is_dead(evidence))
        return false;
    add_last_words(evidence, ret);
    if (is_python2(evidence, ret) || hides_socket_module(evidence, ret))
        return true;
    bool udp = evidence->assignment->transport == SG_TRANSPORT_UDP;
    const char *before = evidence->one->role == SG_ROLE_SERVER ? "listened"
                         : udp                                 ? "sent a datagram"
                                                               : "connected";
    int status = evidence->program.process->status;
    if (WIFSIGNALED(status))
        return sg_say(ret, "The %s was ended by SIG%s before it %s.", evidence->program.name,
                      sigabbrev_np(WTERMSIG(status)), before);
    return sg_say(ret, "The %s ended with status %d before it %s.", evidence->program.name,
                  WEXITSTATUS(status), before);
}

static bool starts_with_exception(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!sg_died_of_exception(evidence))
        return false;
    if (is_python2(evidence, ret) || hides_socket_module(evidence, ret))
        return false;
    add_last_words(evidence, ret);
    return sg_say(ret, "The %s ended with an error that nothing caught.", evidence->program.name);
}

static bool never_listened(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_wait *wait = sg_main_wait(evidence);
    char room[128];
    if (evidence->program.bind_errno)
        sg_diagnosis_add(ret, 0, "bind() failed: %s", strerror(evidence->program.bind_errno));
    if (evidence->program.listens_to_streams)
        return sg_say(ret, "The server listens for connections (SOCK_STREAM), and datagrams are "
                           "sent to it: it needs a socket of type SOCK_DGRAM.");
    if (wait && evidence->outcome == SG_OUTCOME_STILL)
        return sg_say(ret, "The server never listened: it waits in %s.",
                      sg_describe_wait(evidence, wait, room, sizeof room));
    return sg_say(ret, "The server ran, but listened nowhere.");
}

static bool port_byte_order(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_way *way = evidence->program.way;
    if (!way || !way->swapped_port)
        return false;
    bool server = evidence->one->role == SG_ROLE_SERVER;
    return sg_say(ret, "Given port %u, the %s %s port %u: the same two bytes in the other order.",
                  (unsigned)way->given_port, evidence->program.name,
                  server ? "listened on" : "connected to", (unsigned)way->found_port);
}

static bool ignores_arguments(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_way *way = evidence->program.way;
    if (!way)
        return false;
    bool server = evidence->one->role == SG_ROLE_SERVER;
    if (way->honours_address && way->form == SG_WAY_PORT)
        return sg_say(ret, "The %s took the port alone ('%s') and not all of its arguments.",
                      evidence->program.name, way->shown);
    if (way->honours_address && way->message == SG_MESSAGE_FED)
        return sg_say(ret,
                      "The client asked for its message on its standard input and did not take "
                      "it from its arguments.");
    if (way->honours_address)
        return sg_say(ret, "The client sent a message of its own, whatever it was given.");
    return sg_say(ret, "Given port %u, the %s %s port %u.", (unsigned)way->given_port,
                  evidence->program.name, server ? "listened on" : "connected to",
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
    {SG_CODE_NO_IPV6, STARTING | SG_KIND(NOT_ACCEPTED), no_ipv6,
     "with an IPv4 address it listened or connected"},
    {SG_CODE_UNCAUGHT_EXCEPTION, SG_KIND(START), starts_with_exception,
     "a runtime's report and a status other than 0"},
    {SG_CODE_EXITED_EARLY, STARTING | SG_KIND(NOT_ACCEPTED), exited_early,
     "its end before it listened or connected"},
    {SG_CODE_NEVER_LISTENED, SG_KIND(NOT_LISTENING), never_listened,
     "no listening socket, and it is still, or its time is over"},
    {SG_CODE_PORT_BYTE_ORDER, SG_KIND(ARGUMENTS), port_byte_order,
     "the port it used is the given one with its bytes swapped"},
    {SG_CODE_IGNORES_ARGUMENTS, SG_KIND(ARGUMENTS), ignores_arguments,
     "the way that it had to be started in, and where it listened or connected"},
};

const struct sg_rules sg_rules_start = {rows, SG_COUNT(rows)};
