/* SPDX-License-Identifier: MIT
 * What a program said before it ended, and what is known to lie behind some such words. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/language.h"
#include "base/utf8.h"
#include "diagnose/rules.h"

static struct sg_slice without_blank_end(struct sg_slice text)
{
    while (text.length && strchr("\n\r ", text.data[text.length - 1]))
        text.length--;
    return text;
}

/* What Node.js writes ends with its version; before that come an error's message and, indented,
 * where it happened. */
static struct sg_slice without_node_end(struct sg_slice text)
{
    size_t version = sg_slice_find(text, sg_slice_text("\n\nNode.js v"));
    if (version == SIZE_MAX)
        return text;
    text = sg_slice_first(text, version);
    size_t trace = sg_slice_find(text, sg_slice_text("\n    at "));
    return without_blank_end(trace == SIZE_MAX ? text : sg_slice_first(text, trace));
}

/* Where the line that says most begins: one with which a runtime reports an error, else the
 * last. */
static size_t find_telling_line(struct sg_slice text)
{
    static const char *const reports[] = {"Exception in thread ", "panicked at ", "panic: "};
    size_t start = text.length;
    for (size_t i = 0; i < SG_COUNT(reports); i++) {
        size_t at = sg_slice_find(text, sg_slice_text(reports[i]));
        if (at != SIZE_MAX)
            return at;
    }
    while (start && text.data[start - 1] != '\n')
        start--;
    return start;
}

void sg_last_words(const struct sg_evidence *evidence, struct sg_bytes *out)
{
    enum { MOST = 160 };
    if (!evidence->program.process)
        return;
    struct sg_slice text = without_blank_end(sg_bytes_slice(&evidence->program.process->err.bytes));
    text = without_node_end(text);
    text = sg_slice_skip(text, find_telling_line(text));
    size_t end = sg_slice_find(text, sg_slice_text("\n"));
    text = sg_slice_first(text, end < MOST ? end : MOST);
    text = without_blank_end(text);
    sg_show(out, text.data, text.length);
}

void sg_add_last_words(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    sg_autobytes struct sg_bytes words = {0};
    sg_last_words(evidence, &words);
    if (words.length)
        sg_diagnosis_add(ret, evidence->program.ended_ns, "standard error: %s",
                         sg_bytes_text(&words));
}

/* What Python 3 says to a program for Python 2. */
static const struct {
    const char *report, *what;
} python2[] = {
    {"Missing parentheses in call to 'print'", N_("its print statement")},
    {"Missing parentheses in call to 'exec'", N_("its exec statement")},
    {"multiple exception types must be parenthesized", N_("its except with a comma")},
    {"name 'raw_input' is not defined", N_("raw_input()")},
    {"name 'unicode' is not defined", N_("unicode()")},
    {"name 'xrange' is not defined", N_("xrange()")},
    {"No module named 'SocketServer'", N_("the module SocketServer (now socketserver)")},
    {"No module named 'Queue'", N_("the module Queue (now queue)")},
    {"No module named 'thread'", N_("the module thread (now threading)")},
    {"No module named 'urllib2'", N_("the module urllib2 (now urllib.request)")},
    {"No module named 'ConfigParser'", N_("the module ConfigParser (now configparser)")},
};

/* The line that Python names last: the innermost, where the error is. */
static long last_line_number(const struct sg_evidence *evidence)
{
    const char *line = sg_bytes_text(&evidence->program.process->err.bytes);
    long number = 0;
    while ((line = strstr(line, ", line "))) {
        line += strlen(", line ");
        number = strtol(line, NULL, 10);
    }
    return number;
}

static bool hides_socket_module(const struct sg_evidence *evidence)
{
    return sg_stderr_has(evidence, "partially initialized module 'socket'") ||
           sg_stderr_has(evidence, "module 'socket' has no attribute");
}

static const char *python2_words(const struct sg_evidence *evidence)
{
    for (size_t i = 0; i < SG_COUNT(python2); i++) {
        if (sg_stderr_has(evidence, python2[i].report))
            return python2[i].what;
    }
    return NULL;
}

bool sg_is_known_refusal(const struct sg_evidence *evidence)
{
    return python2_words(evidence) || hides_socket_module(evidence);
}

bool sg_say_known_refusal(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const char *what = python2_words(evidence);
    if (what)
        return sg_say(ret,
                      "The %s is written for Python 2, which is no longer there: %s in line %ld is "
                      "an error in Python 3.",
                      evidence->program.name, _(what), last_line_number(evidence));
    return hides_socket_module(evidence) &&
           sg_say(ret, "A file of the submission is called socket.py and hides Python's own module "
                       "'socket': give it another name.");
}

/* The first line of the file that was to be started, without its "#!"; false where it has none. */
static bool read_interpreter(const struct sg_evidence *evidence, struct sg_bytes *ret)
{
    const char *shown = evidence->program.way ? evidence->program.way->shown : "";
    if (strncmp(shown, "./", 2) != 0 || !evidence->program.folder)
        return false;
    enum { MOST_SCRIPT_BYTES = 1 << 20 };
    sg_autofree char *name = sg_printf("%.*s", (int)strcspn(shown + 2, " "), shown + 2);
    sg_autobytes struct sg_bytes head = {0};
    struct sg_error ignored;
    if (sg_file_read_below(evidence->program.folder, name, MOST_SCRIPT_BYTES, &head, &ignored) <
            0 ||
        head.length < 2 || memcmp(head.data, "#!", 2) != 0)
        return false;
    sg_bytes_add(ret, head.data + 2, strcspn(sg_bytes_text(&head) + 2, "\n"));
    return true;
}

bool sg_say_not_executed(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    int error = evidence->program.exec_errno;
    const char *shown = evidence->program.way ? evidence->program.way->shown : "";
    sg_autobytes struct sg_bytes line = {0}, visible = {0};
    bool script = error == ENOENT && read_interpreter(evidence, &line);
    struct sg_slice name = sg_bytes_slice(&line);
    bool crlf = name.length && name.data[name.length - 1] == '\r';
    name.length -= crlf;
    sg_show(&visible, name.data, name.length);
    const char *role = evidence->program.name;
    if (crlf)
        return sg_say(
            ret,
            "'%s' could not be executed: its lines end as on Windows (CRLF), and so its "
            "first one names an interpreter '%s\\r', which is not there; save it with LF, "
            "or start it by its interpreter with a line '%s: …' in submission.yaml.",
            shown, sg_bytes_text(&visible), role);
    if (script)
        return sg_say(ret,
                      "'%s' could not be executed: the interpreter that its first line names, "
                      "'%s', is not there; a line '%s: …' in submission.yaml can name another.",
                      shown, sg_bytes_text(&visible), role);
    if (error == ENOENT)
        return sg_say(ret, "'%s' could not be executed: there is no '%.*s' on this machine.", shown,
                      (int)strcspn(shown, " "), shown);
    return sg_say(ret, "'%s' could not be executed: %s.", shown,
                  error == ENOEXEC ? _("it is not a program for this machine")
                                   : sg_errno_text(error));
}
