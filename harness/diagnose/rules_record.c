/* SPDX-License-Identifier: MIT
 * Lines of fields (record): what was counted instead of the body, lines in pieces, several lines in
 * one segment. */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "diagnose/rules.h"
#include "record/record.h"

/* The line that was not answered as it had to be, and the answer to it as far as it came. */
struct asked {
    struct sg_slice line; /* without its end */
    size_t start;         /* where it begins in what was sent */
    struct sg_slice wanted, answer;
};

/* The first `count` lines of `text` are skipped. */
static struct sg_slice skip_lines(struct sg_slice text, size_t count)
{
    for (size_t end; count && (end = sg_slice_find(text, sg_slice_text("\n"))) != SIZE_MAX; count--)
        text = sg_slice_skip(text, end + 1);
    return text;
}

static size_t count_lines(struct sg_slice text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++)
        count += text.data[i] == '\n';
    return count;
}

static struct sg_slice first_line(struct sg_slice text)
{
    size_t end = sg_slice_find(text, sg_slice_text("\n"));
    return end == SIZE_MAX ? text : sg_slice_first(text, end);
}

/* Each line has one answer, so the number of answers before the wrong one tells whose it is. */
static bool find_asked(const struct sg_evidence *evidence, struct asked *ret)
{
    const struct sg_step *step = evidence->step;
    if (!evidence->connection || evidence->kind != SG_FAILURE_DATA || !step ||
        evidence->one->role != SG_ROLE_SERVER ||
        !(step->action == SG_ACT_EXPECT_LINE ||
          sg_data_of_form(evidence, &step->data, SG_DATA_RECORD_ANSWER)))
        return false;
    size_t right = count_lines(sg_slice_first(evidence->got, sg_right_bytes(evidence)));
    size_t before = count_lines(
        sg_slice_first(sg_bytes_slice(&evidence->connection->in), evidence->expected_start));
    struct sg_slice out = sg_bytes_slice(&evidence->connection->out);
    struct sg_slice from = skip_lines(out, before + right);
    *ret = (struct asked){.line = first_line(from),
                          .start = out.length - from.length,
                          .wanted = first_line(skip_lines(evidence->expected, right)),
                          .answer = first_line(skip_lines(evidence->got, right))};
    return from.length > 0;
}

static bool begins_with(struct sg_slice text, const char *start)
{
    struct sg_slice wanted = sg_slice_text(start);
    return sg_slice_equal(sg_slice_first(text, wanted.length), wanted) &&
           text.length >= wanted.length;
}

/* The number in "OK 12"; -1: it is no such answer. */
static long number_of(struct sg_slice answer)
{
    long number = 0;
    if (!begins_with(answer, "OK ") || answer.length == 3 || answer.length > 12)
        return -1;
    for (size_t i = 3; i < answer.length; i++) {
        if (answer.data[i] < '0' || answer.data[i] > '9')
            return -1;
        number = number * 10 + (answer.data[i] - '0');
    }
    return number;
}

static bool is_escaped(struct sg_slice line)
{
    return sg_slice_find(line, sg_slice_text("\\")) != SIZE_MAX;
}

/* The body as it stands in the line, with its escapes. */
static struct sg_slice raw_body(struct sg_slice line)
{
    size_t start = 0;
    for (size_t i = 0; i < line.length; i++) {
        if (line.data[i] == '\\')
            i++;
        else if (line.data[i] == '|')
            start = i + 1;
    }
    return sg_slice_skip(line, start);
}

static size_t count_characters(struct sg_slice text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++)
        count += (text.data[i] & 0xc0) != 0x80;
    return count;
}

/* An earlier client left the beginning of a line, and this one's first line is refused. */
static bool takes_over_a_beginning(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct asked asked;
    if (!find_asked(evidence, &asked) || asked.start || !begins_with(asked.answer, "ERR") ||
        !begins_with(asked.wanted, "OK"))
        return false;
    for (size_t i = evidence->connection_index; i--;) {
        const struct sg_connection *other = evidence->connections[i];
        bool unfinished = other->out.length && other->out.data[other->out.length - 1] != '\n';
        if (!sg_is_another_client(evidence, other) || !unfinished)
            continue;
        return sg_say(
            ret,
            "The beginning of a line that client %d left was taken into the first line of "
            "client %d.",
            other->number, evidence->connection->number);
    }
    return false;
}

/* It is over, and had a line that is no record to answer. */
static bool ends_on_bad_line(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct asked asked;
    if (!find_asked(evidence, &asked) || !begins_with(asked.wanted, "ERR") || asked.answer.length ||
        !sg_is_dead(evidence))
        return false;
    sg_add_last_words(evidence, ret);
    return sg_say(ret, "The server ended on a line that is no record.");
}

/* The answer before was that a line is wrong, and nothing came after it. */
static bool closes_on_bad_line(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct asked asked;
    if (!find_asked(evidence, &asked) || asked.answer.length || sg_is_open(evidence) ||
        sg_is_dead(evidence))
        return false;
    struct sg_slice in = sg_bytes_slice(&evidence->connection->in);
    size_t lines = count_lines(in);
    if (!lines || !begins_with(skip_lines(in, lines - 1), "ERR"))
        return false;
    return sg_say(ret, "After a line that is no record the server closed the connection.");
}

/* A long line was not answered, where short ones are. */
static bool refuses_long_line(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct asked asked;
    if (!find_asked(evidence, &asked) || evidence->got.length || sg_is_dead(evidence) ||
        evidence->fault_count || !evidence->one->needs.count ||
        asked.line.length < SG_SMALLEST_BUFFER || !sg_is_plain_text(asked.line) ||
        is_escaped(asked.line) || evidence->connection->segment_count != 1 || sg_is_open(evidence))
        return false;
    return sg_say(ret,
                  "The server closed the connection without an answer to a line of %zu bytes; a "
                  "short one is answered.",
                  asked.line.length);
}

/* Behind the right answers came one to a piece that is no line. */
static bool answers_pieces(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_connection *connection = evidence->connection;
    if (evidence->one->role != SG_ROLE_SERVER || !connection ||
        !sg_slice_equal(evidence->assignment->mark, sg_slice_text("\n")) || !evidence->got.length)
        return false;
    for (size_t i = 0; i < connection->segment_count; i++) {
        const struct sg_segment *segment = &connection->segments[i];
        if (connection->out.data[segment->start + segment->length - 1] == '\n')
            continue;
        return sg_say(ret, "The server answered a piece of %zu bytes that ends within a line.",
                      segment->length);
    }
    return false;
}

/* The answer tells of more or fewer than a whole line, which came in pieces. */
static bool answers_a_piece(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct asked asked;
    const struct sg_connection *connection = evidence->connection;
    if (!find_asked(evidence, &asked) || !asked.answer.length)
        return false;
    for (size_t i = 0; i < connection->segment_count; i++) {
        const struct sg_segment *segment = &connection->segments[i];
        if (segment->start != asked.start || segment->length >= asked.line.length + 1)
            continue;
        return sg_say(
            ret, "The server answered the first piece (%zu of %zu bytes) as if it were a line.",
            segment->length, asked.line.length + 1);
    }
    return false;
}

/* The line that is not answered, or wrongly, began behind another one in a segment. */
static bool line_lost_behind_another(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct asked asked;
    const struct sg_connection *connection = evidence->connection;
    if (!find_asked(evidence, &asked) || evidence->still_unread)
        return false;
    bool wrong = begins_with(asked.answer, "ERR") && !begins_with(asked.wanted, "ERR");
    if (!wrong && !(sg_is_short(evidence) && evidence->outcome == SG_OUTCOME_STILL))
        return false;
    for (size_t i = 0; i < connection->segment_count; i++) {
        const struct sg_segment *segment = &connection->segments[i];
        if (asked.start <= segment->start || asked.start >= segment->start + segment->length)
            continue;
        return sg_say(ret, "The line that began behind another one in the same segment was %s.",
                      wrong ? _("not taken whole") : _("not answered"));
    }
    return false;
}

static bool accepts_bad_line(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct asked asked;
    if (!find_asked(evidence, &asked) || !begins_with(asked.wanted, "ERR") ||
        !begins_with(asked.answer, "OK"))
        return false;
    return sg_say(ret, "A line that is no record was answered with 'OK'.");
}

static bool ignores_escapes(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct asked asked;
    if (!find_asked(evidence, &asked) || !is_escaped(asked.line))
        return false;
    long number = number_of(asked.answer);
    size_t raw = raw_body(asked.line).length;
    if (begins_with(asked.wanted, "OK") && begins_with(asked.answer, "ERR"))
        return sg_say(ret, "A line with an escaped byte in it, which is a record, was refused.");
    if (number < 0)
        return false;
    if ((size_t)number == raw && raw)
        return sg_say(ret, "The body was counted with its escapes: %ld bytes.", number);
    return sg_say(ret, "In a line with escapes the body was counted as %ld bytes.", number);
}

static bool counts_characters(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct asked asked;
    if (!find_asked(evidence, &asked) || is_escaped(asked.line))
        return false;
    struct sg_slice body = raw_body(asked.line);
    long number = number_of(asked.answer);
    size_t characters = count_characters(body);
    if (number < 0 || characters == body.length || (size_t)number != characters)
        return false;
    return sg_say(ret, "The body has %zu characters of %zu bytes, and the characters were counted.",
                  characters, body.length);
}

static bool counts_to_nul(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct asked asked;
    if (!find_asked(evidence, &asked))
        return false;
    const struct sg_slice nul = {(const uint8_t *)"", 1};
    size_t at = sg_slice_find(raw_body(asked.line), nul);
    long number = number_of(asked.answer);
    if (at == SIZE_MAX || (number >= 0 && (size_t)number > at))
        return false;
    if (begins_with(asked.answer, "ERR") || number >= 0)
        return sg_say(
            ret, "The line was read up to its first zero byte, at offset %zu of the body.", at);
    return false;
}

static bool wrong_count(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct asked asked;
    if (!find_asked(evidence, &asked))
        return false;
    long number = number_of(asked.answer), right = number_of(asked.wanted);
    size_t line = asked.line.length;
    if (number < 0 || right < 0 || number == right)
        return false;
    if (number == right + 1)
        return sg_say(ret, "The body has %ld bytes, and %ld were counted: the line end too.", right,
                      number);
    if ((size_t)number == line || (size_t)number == line + 1)
        return sg_say(ret, "The body has %ld bytes, and all %ld of the line were counted.", right,
                      number);
    return sg_say(ret, "The body has %ld bytes, and %ld were counted.", right, number);
}

/* The line before was rightly refused; this one is a record. */
static bool refuses_behind_bad(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct asked asked;
    if (!find_asked(evidence, &asked) || !begins_with(asked.wanted, "OK") ||
        !begins_with(asked.answer, "ERR") || sg_right_bytes(evidence))
        return false;
    struct sg_slice before =
        sg_slice_first(sg_bytes_slice(&evidence->connection->in), evidence->expected_start);
    size_t lines = count_lines(before);
    if (!lines || !begins_with(skip_lines(before, lines - 1), "ERR"))
        return false;
    ret->advice = sg_strdup(_("Begin each line anew: empty what you keep of a line also where it "
                              "turns out to be wrong."));
    return sg_say(ret, "A line that is a record was refused, as the one before it rightly was.");
}

/* A client's line is what it must be, but for the escapes. */
static bool sends_unescaped(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_step *step = evidence->step;
    if (evidence->kind != SG_FAILURE_MESSAGE || !step ||
        !sg_data_of_form(evidence, &step->data, SG_DATA_RECORD) || !is_escaped(evidence->expected))
        return false;
    size_t right = sg_right_bytes(evidence);
    return right < evidence->expected.length && evidence->expected.data[right] == '\\' &&
           sg_say(ret,
                  "The client's line is right up to offset %zu, where a byte had to be escaped.",
                  right);
}

/* It escapes the bars alone, or the escapes themselves again. */
static bool sends_escapes_wrongly(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_step *step = evidence->step;
    size_t right = sg_right_bytes(evidence);
    if (evidence->kind != SG_FAILURE_MESSAGE || !step || !right ||
        !sg_data_of_form(evidence, &step->data, SG_DATA_RECORD) ||
        evidence->expected.data[right - 1] != '\\' || right == evidence->got.length)
        return false;
    return sg_say(ret, "The client's line is right up to the escape before offset %zu.", right);
}

static const struct sg_rule rows[] = {
    {SG_CODE_CARRIES_OVER, SG_KIND(DATA), takes_over_a_beginning,
     "'ERR' to a client's first line, after another left the beginning of one"},
    {SG_CODE_DIES_ON_BAD_MESSAGE, SG_KIND(DATA), ends_on_bad_line,
     "its end instead of an answer to a line that is wrong"},
    {SG_CODE_CLOSES_TOO_EARLY, SG_KIND(DATA), closes_on_bad_line, "an early end behind an 'ERR'"},
    {SG_CODE_BUFFER_LIMIT, SG_KIND(DATA), refuses_long_line,
     "an end instead of an answer to a long line"},
    {SG_CODE_SINGLE_RECV, SG_KIND(EXTRA), answers_pieces,
     "an answer too many, where a segment ended within a line"},
    {SG_CODE_SINGLE_RECV, SG_KIND(DATA), answers_a_piece,
     "an answer to a line whose first piece ends within it"},
    {SG_CODE_FRAMES_MERGED, SG_KIND(DATA), line_lost_behind_another,
     "no answer, or a wrong one, to a line that began in the midst of a segment"},
    {SG_CODE_ACCEPTS_BAD_MESSAGE, SG_KIND(DATA), accepts_bad_line, "'OK' to a line that is wrong"},
    {SG_CODE_STOPS_AT_NUL, SG_KIND(DATA), counts_to_nul,
     "a count that ends at the first zero byte of the body"},
    {SG_CODE_ESCAPE_IGNORED, SG_KIND(DATA), ignores_escapes,
     "a wrong count, or a refusal, of a line with escapes"},
    {SG_CODE_COUNTS_CHARACTERS, SG_KIND(DATA), counts_characters,
     "a count that is that of the characters"},
    {SG_CODE_WRONG_LENGTH, SG_KIND(DATA), wrong_count, "another count"},
    {SG_CODE_WRONG_DATA, SG_KIND(DATA), refuses_behind_bad,
     "'ERR' to a line that is right, behind one to a line that is not"},
    {SG_CODE_ESCAPE_IGNORED, SG_KIND(MESSAGE), sends_unescaped,
     "a client's line that differs where an escape has to stand"},
    {SG_CODE_ESCAPE_IGNORED, SG_KIND(MESSAGE), sends_escapes_wrongly,
     "a client's line that differs behind an escape"},
};

const struct sg_rules sg_rules_record = {rows, SG_COUNT(rows)};
