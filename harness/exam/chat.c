/* SPDX-License-Identifier: MIT
 * Members of a chat: what one of them says, all others hear.
 *
 * What is due to a member follows from what the others have sent: their lines since it joined, each
 * whole, those of one in their order, those of several in any. Nothing else is, but what the
 * submission's `chat` names. */
#include <stdlib.h>
#include <string.h>

#include "exam/play.h"
#include "exam/segment.h"
#include "exam/settle.h"
#include "exam/steps.h"
#include "exam/wait.h"

struct hearing {
    struct sg_exam_peer *member;
    enum sg_chat_fault fault;
    const struct sg_exam_peer *from, *with;
    size_t at;           /* the line that is wrong begins here in what is not taken yet … */
    struct sg_slice due; /* … and this would have been right */
};

static bool has_custom(const struct sg_exam *exam, enum sg_chat_custom custom)
{
    return sg_manifest_has_custom(&exam->request->submission->manifest, custom);
}

static size_t index_of(const struct sg_exam *exam, const struct sg_exam_peer *peer)
{
    return (size_t)(peer - exam->peers);
}

/* The first line of `text` with its end; empty where none is whole. */
static struct sg_slice first_line(struct sg_slice text)
{
    size_t end = sg_slice_find(text, sg_slice_text("\n"));
    return sg_slice_first(text, end == SIZE_MAX ? 0 : end + 1);
}

/* What `from` has said and `member` has not heard. */
static struct sg_slice unheard(const struct sg_exam *exam, const struct sg_exam_peer *member,
                               const struct sg_exam_peer *from)
{
    if (member == from || !from->joined)
        return (struct sg_slice){NULL, 0};
    size_t heard = member->heard[index_of(exam, from)];
    return sg_slice_skip(sg_bytes_slice(&from->connection->out), heard);
}

static bool ends_with(struct sg_slice whole, struct sg_slice end)
{
    return whole.length >= end.length &&
           sg_slice_equal(sg_slice_skip(whole, whole.length - end.length), end);
}

/* Whether the line is this one, or this one behind a name. */
static bool is_said(const struct sg_exam *exam, struct sg_slice line, struct sg_slice said)
{
    if (!said.length)
        return false;
    return has_custom(exam, SG_CHAT_NAME) ? ends_with(line, said) : sg_slice_equal(line, said);
}

static struct sg_exam_peer *find_speaker(struct sg_exam *exam, const struct sg_exam_peer *member,
                                         struct sg_slice line)
{
    for (size_t i = 0; i < exam->peer_count; i++) {
        if (is_said(exam, line, first_line(unheard(exam, member, &exam->peers[i]))))
            return &exam->peers[i];
    }
    return NULL;
}

/* Whether one of the lines in `said` is this one. */
static bool holds_line(struct sg_slice said, struct sg_slice line)
{
    for (struct sg_slice one; (one = first_line(said)).length;
         said = sg_slice_skip(said, one.length)) {
        if (sg_slice_equal(one, line))
            return true;
    }
    return false;
}

/* It begins as what one says, and goes on as what another says. */
static bool is_mixed(const struct sg_exam *exam, struct hearing *hearing, struct sg_slice line)
{
    enum { LEAST = 3 };
    for (size_t a = 0; a < exam->peer_count; a++) {
        struct sg_slice first = unheard(exam, hearing->member, &exam->peers[a]);
        size_t common = sg_slice_common(line, first);
        struct sg_slice rest = sg_slice_skip(line, common);
        for (size_t b = 0; common >= LEAST && b < exam->peer_count; b++) {
            struct sg_slice second = unheard(exam, hearing->member, &exam->peers[b]);
            if (b == a || sg_slice_common(rest, second) < LEAST)
                continue;
            hearing->from = &exam->peers[a];
            hearing->with = &exam->peers[b];
            hearing->due = first_line(first);
            return true;
        }
    }
    return false;
}

/* Where sends are cut short, all that is due from the one whose line begins as this one does; else
 * nothing. */
static struct sg_slice find_begun(const struct sg_exam *exam, const struct sg_exam_peer *member,
                                  struct sg_slice line)
{
    for (size_t i = 0; exam->one->faults.count && i < exam->peer_count; i++) {
        struct sg_slice due = unheard(exam, member, &exam->peers[i]);
        if (sg_slice_common(line, due))
            return due;
    }
    return (struct sg_slice){NULL, 0};
}

/* Whether one of the lines in `said` begins as this text does. */
static bool begins_a_line(struct sg_slice said, struct sg_slice text)
{
    for (struct sg_slice one; (one = first_line(said)).length;
         said = sg_slice_skip(said, one.length)) {
        if (sg_slice_common(one, text))
            return true;
    }
    return false;
}

/* It begins as the line that is due from one, and then comes a whole later line of the same one; or
 * pieces of such lines, and behind them the rest of the one that is due. */
static bool is_overtaken(const struct sg_exam *exam, struct hearing *hearing, struct sg_slice line)
{
    enum { LEAST = 4 };
    for (size_t i = 0; i < exam->peer_count; i++) {
        struct sg_slice said = unheard(exam, hearing->member, &exam->peers[i]);
        struct sg_slice due = first_line(said), later = sg_slice_skip(said, due.length);
        size_t common = sg_slice_common(line, due);
        struct sg_slice rest = sg_slice_skip(due, common);
        struct sg_slice between = sg_slice_skip(line, common);
        bool comes_behind =
            rest.length >= LEAST && ends_with(between, rest) && begins_a_line(later, between);
        if (!common || (!holds_line(later, between) && !comes_behind))
            continue;
        hearing->from = &exam->peers[i];
        hearing->due = due;
        return true;
    }
    return false;
}

/* What the line is, since it is none that is due. */
static enum sg_chat_fault judge(const struct sg_exam *exam, struct hearing *hearing,
                                struct sg_slice line)
{
    const struct sg_exam_peer *member = hearing->member;
    if (holds_line(sg_bytes_slice(&member->connection->out), line)) {
        hearing->from = member;
        return SG_CHAT_OWN;
    }
    if (is_mixed(exam, hearing, line))
        return SG_CHAT_MIXED;
    if (is_overtaken(exam, hearing, line))
        return SG_CHAT_OVERTAKEN;
    struct sg_slice text = sg_slice_first(line, line.length - 1);
    for (size_t i = 0; i < exam->peer_count; i++) {
        const struct sg_exam_peer *from = &exam->peers[i];
        struct sg_slice rest = unheard(exam, member, from), next = first_line(rest);
        if (!from->joined || from == member)
            continue;
        struct sg_slice all = sg_bytes_slice(&from->connection->out);
        hearing->from = from;
        hearing->due = next;
        if (holds_line(rest, line))
            return SG_CHAT_SKIPPED;
        if (next.length && ends_with(line, next))
            return SG_CHAT_PREFIXED;
        if (text.length && text.length < next.length && sg_slice_common(text, next) == text.length)
            return SG_CHAT_CUT;
        if (holds_line(sg_slice_first(all, all.length - rest.length), line))
            return SG_CHAT_AGAIN;
    }
    hearing->from = NULL;
    hearing->due = find_begun(exam, member, line);
    return SG_CHAT_STRANGE;
}

/* Takes one line; false where it may not come. */
static bool hear_line(struct sg_exam *exam, struct hearing *hearing, struct sg_slice line)
{
    struct sg_exam_peer *member = hearing->member;
    struct sg_slice own =
        first_line(sg_slice_skip(sg_bytes_slice(&member->connection->out), member->own_heard));
    const struct sg_exam_peer *speaker = find_speaker(exam, member, line);
    if (speaker) {
        size_t *heard = &member->heard[index_of(exam, speaker)];
        *heard += first_line(unheard(exam, member, speaker)).length;
        return true;
    }
    if (has_custom(exam, SG_CHAT_OWN_LINES) && is_said(exam, line, own)) {
        member->own_heard += own.length;
        return true;
    }
    if (has_custom(exam, SG_CHAT_NOTICES))
        return true;
    hearing->fault = judge(exam, hearing, line);
    return false;
}

/* The one who has said a whole line that the member has not heard; NULL: nothing is due. */
static const struct sg_exam_peer *find_due(const struct sg_exam *exam,
                                           const struct sg_exam_peer *member)
{
    for (size_t i = 0; i < exam->peer_count; i++) {
        if (first_line(unheard(exam, member, &exam->peers[i])).length)
            return &exam->peers[i];
    }
    return NULL;
}

/* All that is due has come, or it is clear that it will not. */
static bool has_heard(struct sg_exam *exam, void *state)
{
    struct hearing *hearing = state;
    struct sg_connection *connection = hearing->member->connection;
    struct sg_slice line;
    while (!hearing->fault && (line = first_line(sg_connection_rest(connection))).length) {
        if (!hear_line(exam, hearing, line))
            break;
        connection->taken += line.length;
    }
    return hearing->fault || connection->end != SG_STREAM_OPEN || !find_due(exam, hearing->member);
}

/* To how many of the others the line came that this one missed. */
static void count_hearers(struct sg_exam *exam, const struct hearing *hearing,
                          struct sg_chat_evidence *chat)
{
    for (size_t i = 0; i < exam->peer_count; i++) {
        const struct sg_exam_peer *other = &exam->peers[i];
        if (!other->joined || other == hearing->member || other == hearing->from ||
            other->connection->fd < 0)
            continue;
        chat->others++;
        chat->heard +=
            sg_slice_find(sg_bytes_slice(&other->connection->in), hearing->due) != SIZE_MAX;
    }
}

static const struct sg_connection *find_stuck(struct sg_exam *exam)
{
    for (size_t i = 0; i < exam->connection_count; i++) {
        struct sg_connection *connection = exam->connections[i];
        struct sg_socket_row row;
        if (connection->fd >= 0 && connection->reading == SG_READING_NOTHING &&
            sg_exam_find_other_end(exam, connection, &row) && row.send_queue)
            return connection;
    }
    return NULL;
}

static bool fail(struct sg_exam *exam, const struct sg_step *step, enum sg_outcome outcome,
                 const struct hearing *hearing)
{
    const struct sg_exam_peer *from = hearing->from;
    struct sg_chat_evidence chat = {.fault = hearing->fault,
                                    .from = from ? from->connection : NULL,
                                    .with = hearing->with ? hearing->with->connection : NULL};
    for (size_t i = 0; i < exam->peer_count; i++) {
        if (exam->peers[i].joined && exam->peers[i].names_in_pieces)
            chat.named_in_pieces = exam->peers[i].connection;
    }
    if (hearing->fault == SG_CHAT_MISSING) {
        count_hearers(exam, hearing, &chat);
        chat.unread = sg_exam_unread_bytes(exam, from->connection);
        chat.stuck = find_stuck(exam);
        chat.start = hearing->member->heard[index_of(exam, from)];
    }
    /* Where sends are cut short the end of a line may be what is left out. */
    bool is_cut = hearing->fault == SG_CHAT_MISSING && exam->one->faults.count;
    (void)sg_exam_fail_data(exam, SG_FAILURE_DATA, step, outcome, hearing->member->connection,
                            is_cut ? unheard(exam, hearing->member, from) : hearing->due);
    exam->evidence.chat = chat;
    return false;
}

/* Everybody reads from now on. */
static void resume_all(struct sg_exam *exam)
{
    for (size_t i = 0; i < exam->connection_count; i++)
        exam->connections[i]->reading = SG_READING_ALL;
}

bool sg_exam_step_expect_others(struct sg_exam *exam, struct sg_exam_peer *peer,
                                const struct sg_step *step, struct sg_error *err)
{
    (void)err;
    struct hearing hearing = {.member = peer};
    bool due = find_due(exam, peer) != NULL;
    enum sg_outcome outcome = sg_exam_wait(exam, has_heard, &hearing, exam->assignment->reply_ns);
    if (exam->request->probe == SG_PROBE_RESUMES && !hearing.fault && find_due(exam, peer)) {
        resume_all(exam);
        outcome = sg_exam_wait(exam, has_heard, &hearing, exam->assignment->reply_ns);
    }
    if (!due && !hearing.fault) { /* what must not come is waited for, too */
        outcome = sg_exam_wait_for_rest(exam);
        (void)has_heard(exam, &hearing);
    }
    if (!hearing.fault && (hearing.from = find_due(exam, peer))) {
        hearing.fault = SG_CHAT_MISSING;
        hearing.due = first_line(unheard(exam, peer, hearing.from));
    }
    if (hearing.fault)
        return fail(exam, step, outcome, &hearing);
    sg_transcript_settle_data(&exam->transcript, peer->connection->number, peer->connection->taken);
    if (peer->connection->end == SG_STREAM_OPEN)
        return true;
    return sg_exam_fail_data(exam, SG_FAILURE_ENDED, step, outcome, peer->connection,
                             (struct sg_slice){NULL, 0});
}

/* Whatever a server says to one who comes. */
static void pass_over_welcome(struct sg_exam *exam, struct sg_connection *connection)
{
    (void)sg_exam_let_work(exam);
    if (has_custom(exam, SG_CHAT_NAME) || has_custom(exam, SG_CHAT_NOTICES))
        connection->taken = connection->in.length;
}

/* From now on it hears what others say, and they hear it. */
static void begin_hearing(struct sg_exam *exam, struct sg_exam_peer *peer)
{
    size_t count = exam->peer_count;
    peer->heard = sg_realloc_array(peer->heard, count, sizeof *peer->heard);
    peer->own_heard = peer->connection->out.length;
    for (size_t i = 0; i < count; i++) {
        struct sg_exam_peer *other = &exam->peers[i];
        peer->heard[i] = other->joined ? other->connection->out.length : 0;
        if (other->joined)
            other->heard[index_of(exam, peer)] = peer->connection->out.length;
    }
    peer->joined = true;
}

/* What was said before somebody joins is not for them: it is taken, and passed on, before they
 * come. */
static void let_be_heard(struct sg_exam *exam)
{
    size_t said = 0;
    for (size_t i = 0; i < exam->peer_count; i++)
        said += exam->peers[i].joined ? exam->peers[i].connection->out.length : 0;
    if (said != exam->said_at_join)
        (void)sg_exam_let_work(exam);
    exam->said_at_join = said;
}

bool sg_exam_step_join(struct sg_exam *exam, struct sg_exam_peer *peer, const struct sg_step *step,
                       struct sg_error *err)
{
    peer->joined = false;
    let_be_heard(exam);
    if (!sg_peer_steps[SG_ACT_CONNECT](exam, peer, step, err))
        return false;
    pass_over_welcome(exam, peer->connection);
    if (has_custom(exam, SG_CHAT_NAME)) {
        static const struct sg_split whole = {.form = SG_SPLIT_WHOLE},
                                     bytes = {.form = SG_SPLIT_BYTES};
        sg_autofree char *name = sg_printf("%s\n", peer->name);
        peer->names_in_pieces = step->action == SG_ACT_JOIN_IN_PIECES;
        sg_exam_send(exam, peer->connection, peer->names_in_pieces ? &bytes : &whole,
                     sg_slice_text(name));
        pass_over_welcome(exam, peer->connection);
    }
    if (peer->connection->end != SG_STREAM_OPEN)
        return sg_exam_fail_data(exam, SG_FAILURE_ENDED, step, SG_OUTCOME_MET, peer->connection,
                                 (struct sg_slice){NULL, 0});
    begin_hearing(exam, peer);
    return true;
}
