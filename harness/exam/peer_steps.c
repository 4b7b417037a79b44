/* SPDX-License-Identifier: MIT
 * What the ends that the examiner plays do: connect, send in exact segments, expect, close. */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "exam/actors.h"
#include "exam/cut_sends.h"
#include "exam/local.h"
#include "exam/play.h"
#include "exam/ports.h"
#include "exam/relay.h"
#include "exam/segment.h"
#include "exam/settle.h"
#include "exam/steps.h"
#include "exam/wait.h"

static bool is_connected(struct sg_exam *exam, void *state)
{
    (void)exam;
    return !((struct sg_connection *)state)->connecting;
}

static bool step_connect(struct sg_exam *exam, struct sg_exam_peer *peer,
                         const struct sg_step *step, struct sg_error *err)
{
    struct sg_connection *connection = sg_exam_add_connection(exam, peer->name, "server");
    peer->connection = connection;
    if (sg_exam_connect(exam, connection, peer->spec->receive_buffer, err) < 0)
        return false;
    enum sg_outcome outcome =
        sg_exam_wait(exam, is_connected, connection, exam->assignment->reply_ns);
    if (outcome == SG_OUTCOME_MET && !connection->refused)
        return true;
    enum sg_failure_kind kind = connection->connecting ? SG_FAILURE_BACKLOG : SG_FAILURE_REFUSED;
    return sg_exam_fail_data(exam, kind, step, outcome, connection, (struct sg_slice){NULL, 0});
}

/* What a client is answered is often what it sent, and no frame of the case's own. */
static void swap_length(struct sg_bytes *frame)
{
    for (size_t i = 0; frame->length >= SG_FRAME_HEADER && i < SG_FRAME_HEADER / 2; i++) {
        uint8_t byte = frame->data[i];
        frame->data[i] = frame->data[SG_FRAME_HEADER - 1 - i];
        frame->data[SG_FRAME_HEADER - 1 - i] = byte;
    }
}

static bool step_send(struct sg_exam *exam, struct sg_exam_peer *peer, const struct sg_step *step,
                      struct sg_error *err)
{
    (void)err;
    sg_autobytes struct sg_bytes message = {0};
    sg_data_make(&exam->data, &step->data, &message);
    if (exam->request->probe == SG_PROBE_LINE_END)
        sg_bytes_add_byte(&message, '\n');
    if (exam->request->probe == SG_PROBE_SWAPPED && exam->one->role == SG_ROLE_CLIENT)
        swap_length(&message);
    struct sg_slice rest = sg_slice_skip(sg_bytes_slice(&message), peer->connection->answered);
    peer->connection->answered = 0;
    sg_exam_send(exam, peer->connection, &step->split, rest);
    return true;
}

struct expecting {
    struct sg_connection *connection;
    struct sg_slice want;
    size_t right; /* of what has come so far, so many bytes */
};

static bool has_come(struct sg_exam *exam, void *state)
{
    (void)exam;
    struct expecting *expecting = state;
    struct sg_slice rest = sg_connection_rest(expecting->connection);
    if (rest.length >= expecting->want.length || expecting->connection->end != SG_STREAM_OPEN)
        return true;
    expecting->right += sg_slice_common(sg_slice_skip(rest, expecting->right),
                                        sg_slice_skip(expecting->want, expecting->right));
    return expecting->right < rest.length; /* wrong already */
}

static bool starts_with(struct sg_slice whole, struct sg_slice start)
{
    return whole.length >= start.length &&
           sg_slice_equal(sg_slice_first(whole, start.length), start);
}

enum sg_outcome sg_exam_await(struct sg_exam *exam, struct sg_connection *connection,
                              struct sg_slice want, uint64_t idle_ns)
{
    struct expecting expecting = {connection, want, 0};
    return sg_exam_wait(exam, has_come, &expecting, idle_ns);
}

/* Waits for what the step expects, which is left in `wanted`; true where it came. */
static bool comes(struct sg_exam *exam, struct sg_exam_peer *peer, const struct sg_step *step,
                  struct sg_bytes *wanted, enum sg_outcome *ret_outcome)
{
    sg_bytes_clear(wanted);
    sg_data_make(&exam->data, &step->data, wanted);
    *ret_outcome =
        sg_exam_await(exam, peer->connection, sg_bytes_slice(wanted), exam->assignment->reply_ns);
    return starts_with(sg_connection_rest(peer->connection), sg_bytes_slice(wanted));
}

static bool step_expect(struct sg_exam *exam, struct sg_exam_peer *peer, const struct sg_step *step,
                        struct sg_error *err)
{
    (void)err;
    sg_autobytes struct sg_bytes wanted = {0};
    enum sg_outcome outcome;
    if (exam->request->probe == SG_PROBE_HALF_CLOSE)
        sg_connection_shutdown(peer->connection);
    bool right = comes(exam, peer, step, &wanted, &outcome);
    if (!right && exam->data.swaps_lengths) {
        /* The length may be read in one order and written in the other. */
        exam->data.swaps_lengths = false;
        right = comes(exam, peer, step, &wanted, &outcome);
        exam->data.swaps_lengths = true;
    }
    if (right) {
        peer->connection->taken += wanted.length;
        sg_transcript_settle_data(&exam->transcript, peer->connection->number,
                                  peer->connection->taken);
        return true;
    }
    return sg_exam_fail_data(exam, SG_FAILURE_DATA, step, outcome, peer->connection,
                             sg_bytes_slice(&wanted));
}

static bool has_line(struct sg_exam *exam, void *state)
{
    (void)exam;
    struct expecting *expecting = state;
    struct sg_slice rest = sg_connection_rest(expecting->connection);
    size_t right = sg_slice_common(rest, expecting->want);
    return sg_slice_find(rest, sg_slice_text("\n")) != SIZE_MAX ||
           expecting->connection->end != SG_STREAM_OPEN ||
           (right < rest.length && right < expecting->want.length);
}

/* Of a line that begins right, its end is what is missing. */
static bool step_expect_line(struct sg_exam *exam, struct sg_exam_peer *peer,
                             const struct sg_step *step, struct sg_error *err)
{
    (void)err;
    sg_autobytes struct sg_bytes wanted = {0};
    sg_data_make(&exam->data, &step->data, &wanted);
    struct expecting expecting = {peer->connection, sg_bytes_slice(&wanted), 0};
    enum sg_outcome outcome = sg_exam_wait(exam, has_line, &expecting, exam->assignment->reply_ns);
    struct sg_slice rest = sg_connection_rest(peer->connection);
    bool begins = starts_with(rest, expecting.want);
    size_t end = sg_slice_find(rest, sg_slice_text("\n"));
    if (begins && end != SIZE_MAX) {
        peer->connection->taken += end + 1;
        sg_transcript_settle_data(&exam->transcript, peer->connection->number,
                                  peer->connection->taken);
        return true;
    }
    if (begins) {
        sg_bytes_clear(&wanted);
        sg_bytes_add(&wanted, rest.data, rest.length);
        sg_bytes_add_byte(&wanted, '\n');
    }
    return sg_exam_fail_data(exam, SG_FAILURE_DATA, step, outcome, peer->connection,
                             sg_bytes_slice(&wanted));
}

static bool has_ended_or_more(struct sg_exam *exam, void *state)
{
    (void)exam;
    const struct sg_connection *connection = state;
    return connection->end != SG_STREAM_OPEN || sg_connection_rest(connection).length > 0;
}

static bool wait_for_end(struct sg_exam *exam, struct sg_exam_peer *peer,
                         const struct sg_step *step, bool reset_is_right)
{
    struct sg_connection *connection = peer->connection;
    struct sg_slice nothing = {NULL, 0};
    enum sg_outcome outcome =
        sg_exam_wait(exam, has_ended_or_more, connection, exam->assignment->reply_ns);
    if (sg_connection_rest(connection).length) {
        (void)sg_exam_wait_for_last(exam, connection);
        return sg_exam_fail_data(exam, SG_FAILURE_EXTRA, step, outcome, connection, nothing);
    }
    if (connection->end == SG_STREAM_ENDED ||
        (connection->end == SG_STREAM_RESET && reset_is_right)) {
        sg_transcript_settle_connection(&exam->transcript, connection->number);
        return true;
    }
    if (reset_is_right && outcome == SG_OUTCOME_GONE && sg_exam_defers_accept(exam) &&
        !connection->out.length)
        return true; /* it never was the program's, and so the kernel says nothing of its end */
    enum sg_failure_kind kind =
        connection->end == SG_STREAM_RESET ? SG_FAILURE_RESET : SG_FAILURE_NOT_ENDED;
    return sg_exam_fail_data(exam, kind, step, outcome, connection, nothing);
}

static bool step_expect_eof(struct sg_exam *exam, struct sg_exam_peer *peer,
                            const struct sg_step *step, struct sg_error *err)
{
    (void)err;
    return wait_for_end(exam, peer, step, false);
}

static bool step_expect_closed(struct sg_exam *exam, struct sg_exam_peer *peer,
                               const struct sg_step *step, struct sg_error *err)
{
    (void)err;
    return wait_for_end(exam, peer, step, true);
}

/* Who has to speak first may take its time, but not that which it gives its client to speak. */
static uint64_t patience_with(const struct sg_exam *exam, const struct sg_connection *connection)
{
    const uint64_t first_word_ns = 3 * SG_NS_PER_S, reply_ns = exam->assignment->reply_ns;
    return connection->out.length || reply_ns < first_word_ns ? reply_ns : first_word_ns;
}

static bool step_expect_something(struct sg_exam *exam, struct sg_exam_peer *peer,
                                  const struct sg_step *step, struct sg_error *err)
{
    (void)err;
    struct sg_connection *connection = peer->connection;
    if (exam->request->probe == SG_PROBE_HALF_CLOSE && !connection->ended)
        sg_connection_shutdown(connection);
    enum sg_outcome outcome =
        sg_exam_wait(exam, has_ended_or_more, connection, patience_with(exam, connection));
    if (sg_connection_rest(connection).length == 0)
        return sg_exam_fail_data(exam, SG_FAILURE_NOTHING, step, outcome, connection,
                                 (struct sg_slice){NULL, 0});
    /* There may be more to come, in calls of its own: what the client does next does not run
     * against them. */
    if (connection->end == SG_STREAM_OPEN)
        (void)sg_exam_let_speak(exam, connection);
    connection->taken = connection->in.length;
    return true;
}

static bool has_ended(struct sg_exam *exam, void *state)
{
    (void)exam;
    return ((const struct sg_connection *)state)->end != SG_STREAM_OPEN;
}

static bool step_expect_over(struct sg_exam *exam, struct sg_exam_peer *peer,
                             const struct sg_step *step, struct sg_error *err)
{
    (void)err;
    struct sg_connection *connection = peer->connection;
    struct sg_slice nothing = {NULL, 0};
    enum sg_outcome outcome = sg_exam_wait(exam, has_ended, connection, exam->assignment->reply_ns);
    connection->taken = connection->in.length;
    if (connection->end == SG_STREAM_OPEN)
        return sg_exam_fail_data(exam, SG_FAILURE_NOT_ENDED, step, outcome, connection, nothing);
    size_t index;
    const enum sg_failure_kind kind = sg_exam_judge_cut_sends(exam, connection, &index);
    if (kind == SG_FAILURE_NONE) {
        sg_transcript_settle_connection(&exam->transcript, connection->number);
        return true;
    }
    (void)sg_exam_fail_data(exam, kind, step, outcome, connection, nothing);
    exam->evidence.cut_send = index;
    return false;
}

static bool step_expect_unterminated(struct sg_exam *exam, struct sg_exam_peer *peer,
                                     const struct sg_step *step, struct sg_error *err)
{
    (void)err;
    struct sg_connection *connection = peer->connection;
    struct sg_slice text = sg_bytes_slice(&connection->in);
    while (text.length && text.data[text.length - 1] == 0)
        text.length--;
    if (text.length == connection->in.length)
        return true;
    connection->taken = 0;
    return sg_exam_fail_data(exam, SG_FAILURE_EXTRA, step, SG_OUTCOME_MET, connection, text);
}

static bool step_quiet(struct sg_exam *exam, struct sg_exam_peer *peer, const struct sg_step *step,
                       struct sg_error *err)
{
    (void)err;
    enum sg_outcome outcome = sg_exam_wait_for_rest(exam);
    struct sg_slice nothing = {NULL, 0};
    if (exam->request->probe == SG_PROBE_READS)
        return true; /* one that does not read would not have it yet */
    if (sg_connection_rest(peer->connection).length)
        return sg_exam_fail_data(exam, SG_FAILURE_EXTRA, step, outcome, peer->connection, nothing);
    if (peer->connection->end != SG_STREAM_OPEN)
        return sg_exam_fail_data(exam, SG_FAILURE_ENDED, step, outcome, peer->connection, nothing);
    return true;
}

static bool step_keep_waiting(struct sg_exam *exam, struct sg_exam_peer *peer,
                              const struct sg_step *step, struct sg_error *err)
{
    (void)err;
    struct sg_slice nothing = {NULL, 0};
    if (!sg_exam_keep_waiting(exam, step))
        return false;
    return !sg_exam_is_over(exam) || sg_exam_fail_data(exam, SG_FAILURE_ENDED, step,
                                                       SG_OUTCOME_GONE, peer->connection, nothing);
}

static bool step_expect_no_more(struct sg_exam *exam, struct sg_exam_peer *peer,
                                const struct sg_step *step, struct sg_error *err)
{
    (void)err;
    enum sg_outcome outcome = sg_exam_wait_for_last(exam, peer->connection);
    if (sg_connection_rest(peer->connection).length == 0)
        return true;
    return sg_exam_fail_data(exam, SG_FAILURE_EXTRA, step, outcome, peer->connection,
                             (struct sg_slice){NULL, 0});
}

static bool step_expect_no_reset(struct sg_exam *exam, struct sg_exam_peer *peer,
                                 const struct sg_step *step, struct sg_error *err)
{
    (void)err;
    enum sg_outcome outcome = sg_exam_wait_for_last(exam, peer->connection);
    if (peer->connection->end != SG_STREAM_RESET)
        return true;
    return sg_exam_fail_data(exam, SG_FAILURE_RESET, step, outcome, peer->connection,
                             (struct sg_slice){NULL, 0});
}

static bool step_shutdown(struct sg_exam *exam, struct sg_exam_peer *peer,
                          const struct sg_step *step, struct sg_error *err)
{
    (void)step, (void)err;
    sg_exam_let_take(exam, peer->connection);
    if (exam->request->probe != SG_PROBE_STAY_OPEN && exam->request->probe != SG_PROBE_ALL_STAY)
        sg_connection_shutdown(peer->connection);
    return true;
}

/* Where nothing was said yet, a server that speaks first has then spoken. */
static void let_meet(struct sg_exam *exam, struct sg_connection *connection)
{
    sg_exam_let_take(exam, connection);
    if (!connection->out.length && !connection->in.length)
        (void)sg_exam_let_work(exam);
}

static bool step_close(struct sg_exam *exam, struct sg_exam_peer *peer, const struct sg_step *step,
                       struct sg_error *err)
{
    (void)step, (void)err;
    if (exam->request->probe == SG_PROBE_ALL_STAY)
        return true;
    if (peer->connection) {
        let_meet(exam, peer->connection);
        sg_connection_close(peer->connection);
        sg_exam_let_notice(exam, peer->connection);
    }
    sg_listener_close(&peer->listener);
    return true;
}

static bool step_reset(struct sg_exam *exam, struct sg_exam_peer *peer, const struct sg_step *step,
                       struct sg_error *err)
{
    (void)step, (void)err;
    if (exam->request->probe == SG_PROBE_ALL_STAY)
        return true;
    let_meet(exam, peer->connection);
    sg_connection_reset(peer->connection);
    sg_exam_let_notice(exam, peer->connection);
    return true;
}

static bool step_stop_reading(struct sg_exam *exam, struct sg_exam_peer *peer,
                              const struct sg_step *step, struct sg_error *err)
{
    (void)step, (void)err;
    if (exam->request->probe != SG_PROBE_READS)
        peer->connection->reading = SG_READING_NOTHING;
    return true;
}

static bool step_read_slowly(struct sg_exam *exam, struct sg_exam_peer *peer,
                             const struct sg_step *step, struct sg_error *err)
{
    (void)err;
    if (exam->request->probe == SG_PROBE_READS)
        return true;
    peer->connection->reading = SG_READING_SLOWLY;
    peer->connection->slow_bytes = step->size;
    return true;
}

static bool step_resume_reading(struct sg_exam *exam, struct sg_exam_peer *peer,
                                const struct sg_step *step, struct sg_error *err)
{
    (void)exam, (void)step, (void)err;
    peer->connection->reading = SG_READING_ALL;
    return true;
}

static bool step_listen(struct sg_exam *exam, struct sg_exam_peer *peer, const struct sg_step *step,
                        struct sg_error *err)
{
    (void)step;
    if (peer->port)
        return sg_exam_listen_on_port(exam, peer, err);
    return sg_exam_listen(exam, &peer->listener, exam->port, peer->spec->receive_buffer, err) == 0;
}

static bool someone_waits(struct sg_exam *exam, void *state)
{
    (void)exam;
    return ((struct sg_exam_peer *)state)->waiting_count > 0;
}

static bool step_accept(struct sg_exam *exam, struct sg_exam_peer *peer, const struct sg_step *step,
                        struct sg_error *err)
{
    enum sg_outcome outcome = sg_exam_wait(exam, someone_waits, peer, exam->assignment->reply_ns);
    if (outcome != SG_OUTCOME_MET)
        return sg_exam_fail(exam, SG_FAILURE_NOT_ACCEPTED, step, outcome);
    int fd = peer->waiting[0];
    peer->waiting_count--;
    memmove(peer->waiting, peer->waiting + 1, peer->waiting_count * sizeof peer->waiting[0]);
    struct sg_connection *connection = sg_exam_add_connection(exam, peer->name, "client");
    peer->connection = connection;
    return sg_connection_adopt(connection, fd, (int)exam->connection_count, err) == 0;
}

static bool step_expect_no_other(struct sg_exam *exam, struct sg_exam_peer *peer,
                                 const struct sg_step *step, struct sg_error *err)
{
    (void)err;
    enum sg_outcome outcome = sg_exam_wait_for_rest(exam);
    if (peer->waiting_count == 0)
        return true;
    return sg_exam_fail(exam, SG_FAILURE_CONNECTED_AGAIN, step, outcome);
}

sg_peer_step *const sg_peer_steps[SG_ACT_END] = {
    [SG_ACT_CONNECT] = step_connect,
    [SG_ACT_JOIN] = sg_exam_step_join,
    [SG_ACT_JOIN_IN_PIECES] = sg_exam_step_join,
    [SG_ACT_SEND] = step_send,
    [SG_ACT_EXPECT] = step_expect,
    [SG_ACT_EXPECT_LINE] = step_expect_line,
    [SG_ACT_EXPECT_OTHERS] = sg_exam_step_expect_others,
    [SG_ACT_EXPECT_MESSAGE] = sg_exam_step_expect_message,
    [SG_ACT_EXPECT_EOF] = step_expect_eof,
    [SG_ACT_EXPECT_CLOSED] = step_expect_closed,
    [SG_ACT_EXPECT_SOMETHING] = step_expect_something,
    [SG_ACT_EXPECT_OVER] = step_expect_over,
    [SG_ACT_EXPECT_UNTERMINATED] = step_expect_unterminated,
    [SG_ACT_QUIET] = step_quiet,
    [SG_ACT_KEEP_WAITING] = step_keep_waiting,
    [SG_ACT_EXPECT_NO_MORE] = step_expect_no_more,
    [SG_ACT_EXPECT_NO_RESET] = step_expect_no_reset,
    [SG_ACT_SHUTDOWN] = step_shutdown,
    [SG_ACT_CLOSE] = step_close,
    [SG_ACT_RESET] = step_reset,
    [SG_ACT_STOP_READING] = step_stop_reading,
    [SG_ACT_READ_SLOWLY] = step_read_slowly,
    [SG_ACT_RESUME_READING] = step_resume_reading,
    [SG_ACT_LISTEN] = step_listen,
    [SG_ACT_ACCEPT] = step_accept,
    [SG_ACT_EXPECT_NO_OTHER] = step_expect_no_other,
};
