/* SPDX-License-Identifier: MIT
 * Questions to the evidence. */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "base/language.h"
#include "diagnose/rules.h"

bool sg_say(struct sg_diagnosis *ret, const char *format, ...)
{
    struct sg_bytes text = {0};
    va_list args;
    va_start(args, format);
    sg_bytes_vprintf(&text, _(format), args);
    va_end(args);
    ret->message = sg_bytes_take_text(&text);
    return true;
}

/* Whether a wait is on our connection: its far end is our near one, and the other way round. Of
 * local sockets only one has a name. */
static bool is_on(const struct sg_wait *wait, const struct sg_connection *connection)
{
    if (!connection || wait->target != SG_TARGET_CONNECTION)
        return false;
    if (sg_connection_is_local(connection))
        return connection->other_inode && connection->other_inode == wait->inode;
    return sg_address_port(&wait->remote) == sg_address_port(&connection->local) &&
           sg_address_port(&wait->local) == sg_address_port(&connection->remote);
}

bool sg_waits_on_connection(const struct sg_evidence *evidence)
{
    const struct sg_still *still = evidence->program.still;
    for (size_t i = 0; still && i < still->count; i++) {
        if (is_on(&still->waits[i], evidence->connection) && !still->waits[i].writes)
            return true;
    }
    return false;
}

bool sg_waits_in_accept(const struct sg_evidence *evidence)
{
    const struct sg_still *still = evidence->program.still;
    for (size_t i = 0; still && i < still->count; i++) {
        if (still->waits[i].target == SG_TARGET_LISTENER)
            return true;
    }
    return false;
}

const struct sg_wait *sg_main_wait(const struct sg_evidence *evidence)
{
    const struct sg_still *still = evidence->program.still;
    const struct sg_wait *found = NULL;
    for (size_t i = 0; still && i < still->count; i++) {
        const struct sg_wait *wait = &still->waits[i];
        if (!wait->call || wait->service)
            continue;
        if (is_on(wait, evidence->connection))
            return wait;
        bool idle = wait->target == SG_TARGET_LOCK || wait->target == SG_TARGET_CHILD;
        bool stuck = wait->writes && !(found && found->writes);
        if (!found || stuck || (!idle && found->target == SG_TARGET_LOCK))
            found = wait;
    }
    return found;
}

const char *sg_describe_wait(const struct sg_evidence *evidence, const struct sg_wait *wait,
                             char *room, size_t size)
{
    const char *what = "";
    int number = 0;
    for (size_t i = 0; i < evidence->connection_count; i++) {
        if (is_on(wait, evidence->connections[i]))
            number = evidence->connections[i]->number;
    }
    if (wait->target == SG_TARGET_LISTENER)
        what = _(" for the next client");
    else if (wait->target == SG_TARGET_INPUT)
        what = _(" on its standard input");
    else if (wait->target == SG_TARGET_DATAGRAM)
        what = _(" on a UDP socket");
    if (number)
        (void)snprintf(room, size, _("%s() on connection %d"), wait->call, number);
    else if (wait->target == SG_TARGET_LOCK)
        (void)snprintf(room, size, "%s", wait->call);
    else
        (void)snprintf(room, size, "%s()%s", wait->call, what);
    return room;
}

static bool is_waited_on(const struct sg_evidence *evidence, const struct sg_connection *other)
{
    const struct sg_still *still = evidence->program.still;
    for (size_t i = 0; still && i < still->count; i++) {
        if (is_on(&still->waits[i], other))
            return true;
    }
    return false;
}

size_t sg_count_readers(const struct sg_evidence *evidence, const struct sg_connection *connection)
{
    const struct sg_still *still = evidence->program.still;
    size_t readers = 0;
    for (size_t i = 0; still && i < still->count; i++) {
        const struct sg_wait *wait = &still->waits[i];
        bool reads = wait->call && !wait->writes &&
                     (strncmp(wait->call, "recv", 4) == 0 || strncmp(wait->call, "read", 4) == 0);
        readers += reads && wait->pid == still->waits[0].pid && is_on(wait, connection);
    }
    return readers;
}

const struct sg_connection *sg_waits_on_other(const struct sg_evidence *evidence, size_t *ret_count)
{
    const struct sg_connection *first = NULL;
    *ret_count = 0;
    for (size_t c = 0; c < evidence->connection_count; c++) {
        const struct sg_connection *other = evidence->connections[c];
        if (other == evidence->connection || other->fd < 0 || !is_waited_on(evidence, other))
            continue;
        first = first ? first : other;
        ++*ret_count;
    }
    return first;
}

const struct sg_connection *sg_waits_to_send(const struct sg_evidence *evidence)
{
    const struct sg_still *still = evidence->program.still;
    for (size_t c = 0; c < evidence->connection_count; c++) {
        const struct sg_connection *other = evidence->connections[c];
        if (other == evidence->connection || other->fd < 0 || other->reading == SG_READING_ALL)
            continue;
        for (size_t i = 0; still && i < still->count; i++) {
            if (still->waits[i].writes && is_on(&still->waits[i], other))
                return other;
        }
    }
    return NULL;
}

bool sg_is_dead(const struct sg_evidence *evidence)
{
    const struct sg_process *process = evidence->program.process;
    return process && process->life >= SG_LIFE_ENDED && !evidence->program.killed_by_us;
}

int sg_death_signal(const struct sg_evidence *evidence)
{
    if (!sg_is_dead(evidence) || !WIFSIGNALED(evidence->program.process->status))
        return 0;
    return WTERMSIG(evidence->program.process->status);
}

int sg_child_death_signal(const struct sg_evidence *evidence)
{
    const struct sg_still *still = evidence->program.still;
    if (evidence->child_killed_by)
        return evidence->child_killed_by;
    for (size_t i = 0; still && i < still->first.count; i++) {
        const struct sg_thread *thread = &still->first.threads[i];
        if (thread->state == 'Z' && WIFSIGNALED(thread->exit_status))
            return WTERMSIG(thread->exit_status);
    }
    return 0;
}

bool sg_stderr_has(const struct sg_evidence *evidence, const char *text)
{
    const struct sg_process *process = evidence->program.process;
    return process &&
           sg_slice_find(sg_bytes_slice(&process->err.bytes), sg_slice_text(text)) != SIZE_MAX;
}

bool sg_reports_encoding(const struct sg_evidence *evidence)
{
    static const char *const reports[] = {"UnicodeDecodeError",
                                          "UnicodeEncodeError",
                                          "invalid utf-8",
                                          "MalformedInputException",
                                          "UnmappableCharacterException",
                                          "stream did not contain valid UTF-8",
                                          "FromUtf8Error",
                                          "Utf8Error"};
    for (size_t i = 0; i < SG_COUNT(reports); i++) {
        if (sg_stderr_has(evidence, reports[i]))
            return true;
    }
    return false;
}

/* How the runtimes of languages report an error that nothing caught. */
static const char *const traces[] = {
    "Traceback (most recent call last)",
    "Exception in thread \"",
    "panicked at ",
    "panic: ",
    "    at ",
    "terminate called after throwing",
    "node:internal",
    "Uncaught ",
};

bool sg_died_of_exception(const struct sg_evidence *evidence)
{
    if (!sg_is_dead(evidence) || sg_death_signal(evidence) ||
        WEXITSTATUS(evidence->program.process->status) == 0)
        return false;
    for (size_t i = 0; i < SG_COUNT(traces); i++) {
        if (sg_stderr_has(evidence, traces[i]))
            return true;
    }
    return false;
}

bool sg_message_is_whole(const struct sg_evidence *evidence)
{
    const struct sg_connection *connection = evidence->connection;
    if (!connection)
        return false;
    struct sg_slice mark = evidence->assignment->mark;
    struct sg_slice sent = sg_slice_first(sg_bytes_slice(&connection->out), connection->sent);
    if (mark.length)
        return sg_slice_find(sent, mark) != SIZE_MAX;
    if (evidence->assignment->longest_frame)
        return !sg_ends_within_frame(evidence, sent);
    return connection->sent == connection->out.length && connection->unsent == 0;
}

const struct sg_connection *sg_connection_before(const struct sg_evidence *evidence)
{
    size_t index = evidence->connection_index;
    if (index > evidence->connection_count)
        index = evidence->connection_count;
    while (index--) { /* a relay has connections with two programs */
        const struct sg_connection *before = evidence->connections[index];
        if (!evidence->connection || strcmp(before->program, evidence->connection->program) == 0)
            return before;
    }
    return NULL;
}

bool sg_has_stopped_reading(const struct sg_evidence *evidence)
{
    const struct sg_steps *play = &evidence->one->play;
    for (size_t i = 0; i < play->count; i++) {
        if (play->items[i].action == SG_ACT_STOP_READING)
            return true;
    }
    return false;
}

const struct sg_step *sg_find_silence(const struct sg_evidence *evidence)
{
    const struct sg_steps *play = &evidence->one->play;
    for (size_t i = 0; i < play->count && &play->items[i] != evidence->step; i++) {
        if (play->items[i].action == SG_ACT_STOP_READING)
            return NULL;
        if (play->items[i].action == SG_ACT_KEEP_WAITING)
            return &play->items[i];
    }
    return NULL;
}

size_t sg_right_bytes(const struct sg_evidence *evidence)
{
    return sg_slice_common(evidence->expected, evidence->got);
}

const struct sg_data *sg_data_of_form(const struct sg_evidence *evidence,
                                      const struct sg_data *data, int form)
{
    while (data && data->form == SG_DATA_REF)
        data = sg_assignment_data(evidence->assignment, evidence->one, data->target);
    return data && data->form == form ? data : NULL;
}

bool sg_mark_begins_segment(const struct sg_evidence *evidence)
{
    const struct sg_connection *connection = evidence->connection;
    struct sg_slice mark = evidence->assignment->mark;
    if (!connection || !mark.length)
        return false;
    size_t at = sg_slice_find(sg_bytes_slice(&connection->out), mark);
    for (size_t i = 1; at != SIZE_MAX && i < connection->segment_count; i++) {
        if (connection->segments[i].start == at)
            return true;
    }
    return false;
}

const char *sg_end_words(const struct sg_evidence *evidence)
{
    const struct sg_connection *connection = evidence->connection;
    if (!connection)
        return "";
    switch (connection->end) {
    case SG_STREAM_ENDED:
        return _("then the end of the stream");
    case SG_STREAM_RESET:
        return _("then a reset");
    case SG_STREAM_OPEN:
        break;
    }
    return _("then nothing more");
}

bool sg_is_open(const struct sg_evidence *evidence)
{
    return evidence->connection && evidence->connection->end == SG_STREAM_OPEN;
}

bool sg_is_short(const struct sg_evidence *evidence)
{
    return sg_right_bytes(evidence) == evidence->got.length &&
           evidence->got.length < evidence->expected.length;
}

void sg_add_wait(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_wait *wait = sg_main_wait(evidence);
    char room[128];
    if (!wait || evidence->outcome != SG_OUTCOME_STILL)
        return;
    sg_diagnosis_add(ret, 0, "every thread waits, one in %s; nothing more will come",
                     sg_describe_wait(evidence, wait, room, sizeof room));
}

bool sg_is_buffer_size(size_t size)
{
    static const size_t round[] = {50, 80, 100, 200, 250, 500, 1000, 2000, 5000, 10000, 50000};
    for (size_t power = 16; power <= 65536; power *= 2) {
        if (size == power || size == power - 1 || size == power * 125 / 128)
            return true;
    }
    for (size_t i = 0; i < SG_COUNT(round); i++) {
        if (size == round[i] || size == round[i] - 1)
            return true;
    }
    return false;
}

/* Where both have bytes that are not ASCII, nothing is compared but that they are there. */
static void add_without_characters(struct sg_slice text, struct sg_bytes *out)
{
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] < 0x80)
            sg_bytes_add_byte(out, text.data[i]);
        else if (i == 0 || text.data[i - 1] < 0x80)
            sg_bytes_add_byte(out, 0xff);
    }
}

bool sg_is_but_for_unknown(struct sg_slice wanted, struct sg_slice got)
{
    const struct sg_slice unknown = sg_slice_text("\xef\xbf\xbd");
    sg_autobytes struct sg_bytes some = {0}, all = {0};
    add_without_characters(wanted, &some);
    add_without_characters(got, &all);
    return sg_slice_find(wanted, unknown) == SIZE_MAX && sg_slice_find(got, unknown) != SIZE_MAX &&
           sg_slice_find(sg_bytes_slice(&all), sg_bytes_slice(&some)) != SIZE_MAX;
}

bool sg_is_line_end(uint8_t byte)
{
    return byte == '\r' || byte == '\n';
}

bool sg_is_no_text(uint8_t byte)
{
    return byte >= 0x80 || sg_is_line_end(byte);
}

bool sg_is_blank(uint8_t byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

struct sg_slice sg_without_blanks(struct sg_slice text)
{
    while (text.length && sg_is_blank(text.data[text.length - 1]))
        text.length--;
    while (text.length && sg_is_blank(text.data[0]))
        text = sg_slice_skip(text, 1);
    return text;
}

size_t sg_blanks_left_out(const struct sg_evidence *evidence)
{
    struct sg_slice wanted = evidence->expected, got = evidence->got;
    size_t left_out = 0;
    if (sg_right_bytes(evidence) >= got.length || got.length >= wanted.length)
        return 0;
    for (; wanted.length; wanted = sg_slice_skip(wanted, 1)) {
        if (got.length && got.data[0] == wanted.data[0])
            got = sg_slice_skip(got, 1);
        else if (sg_is_blank(wanted.data[0]))
            left_out++;
        else
            return 0;
    }
    return got.length ? 0 : left_out;
}

bool sg_is_plain_text(struct sg_slice bytes)
{
    for (size_t i = 0; i < bytes.length; i++) {
        if (bytes.data[i] < ' ' || bytes.data[i] > '~')
            return false;
    }
    return true;
}

bool sg_is_server(const struct sg_evidence *evidence)
{
    return evidence->one->role == SG_ROLE_SERVER;
}

bool sg_is_another_client(const struct sg_evidence *evidence, const struct sg_connection *other)
{
    return other != evidence->connection &&
           strcmp(other->program, evidence->connection->program) == 0;
}

bool sg_has_open_other(const struct sg_evidence *evidence, bool unanswered)
{
    for (size_t i = 0; evidence->connection && i < evidence->connection_count; i++) {
        const struct sg_connection *other = evidence->connections[i];
        if (sg_is_another_client(evidence, other) && other->fd >= 0 && !other->ended &&
            !(unanswered && other->in.length))
            return true;
    }
    return false;
}

bool sg_goes_on_further_on(const struct sg_evidence *evidence)
{
    enum { LEAST = 8 };
    size_t right = sg_right_bytes(evidence);
    struct sg_slice wrong = sg_slice_skip(evidence->got, right);
    return wrong.length >= LEAST && sg_slice_find(sg_slice_skip(evidence->expected, right),
                                                  sg_slice_first(wrong, LEAST)) != SIZE_MAX;
}
