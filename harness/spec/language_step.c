/* SPDX-License-Identifier: MIT
 * The tables of a play: who can do what, and how each action is written. */
#include "spec/language.h"

static const struct sg_action_info actions[SG_ACT_END] = {
#define ENDS (SG_ACTOR_CLIENT | SG_ACTOR_SERVER)
    [SG_ACT_CONNECT] = {"connect", SG_ACTOR_CLIENT, false, "Connects to the student's server."},
    [SG_ACT_JOIN] =
        {"join", SG_ACTOR_CLIENT, false,
         "Connects to the student's chat server and is a member when the server has taken "
         "it in: gives its name where `chat` of the submission says that it is asked "
         "for one, and passes over the welcome that is allowed there."},
    [SG_ACT_JOIN_IN_PIECES] = {"join_in_pieces", SG_ACTOR_CLIENT, false,
                               "As `join`, and a name that is asked for comes byte by byte."},
    [SG_ACT_SEND] = {"send", ENDS | SG_ACTOR_STRANGER, false,
                     "Sends data, in the segments that `as` says; over UDP one datagram, and the "
                     "next step comes when it lies in the program's socket. A server sends to the "
                     "client whose message it expected last."},
    [SG_ACT_EXPECT] = {"expect", ENDS, true,
                       "The next bytes from the program are these; over UDP, the next datagram. "
                       "With `from: server` it comes from the address that was sent to."},
    [SG_ACT_EXPECT_LINE] = {"expect_line", ENDS, true,
                            "A line comes that begins with these bytes; what stands behind them, "
                            "up to the end of the line, is the program's own."},
    [SG_ACT_EXPECT_OTHERS] =
        {"expect_others", SG_ACTOR_CLIENT, true,
         "All lines that the other members have sent since this one joined have come: each whole, "
         "those of one member in their order, those of several in any. Nothing else has, but what "
         "`chat` of the submission allows; where no line is due, that is waited for."},
    [SG_ACT_EXPECT_MESSAGE] =
        {"expect_message", SG_ACTOR_SERVER, true,
         "The message that the student's client was given has come, and nothing after it. Where "
         "the "
         "client has a message of its own in its source, whatever it sends is its message."},
    [SG_ACT_EXPECT_EOF] = {"expect_eof", SG_ACTOR_CLIENT | SG_ACTOR_SERVER, true,
                           "Nothing more comes, and the program ends its stream in order."},
    [SG_ACT_EXPECT_CLOSED] = {"expect_closed", SG_ACTOR_CLIENT | SG_ACTOR_SERVER, true,
                              "Nothing more comes, and the connection ends: by an end of stream or "
                              "by a reset."},
    [SG_ACT_EXPECT_SOMETHING] = {"expect_something", ENDS, true,
                                 "At least a byte comes, whatever it is, and then all that comes "
                                 "until the program is at rest. "
                                 "It is taken."},
    [SG_ACT_EXPECT_OVER] =
        {"expect_over", ENDS, true,
         "The connection ends, by an end of stream or by a reset, whatever comes before. Where "
         "calls of the program took only a part, the rest has come."},
    [SG_ACT_EXPECT_UNTERMINATED] = {"expect_unterminated", ENDS, true,
                                    "The last byte of all that has come is no zero byte: no text "
                                    "was sent with what ends it in "
                                    "memory."},
    [SG_ACT_QUIET] = {"quiet", SG_ACTOR_CLIENT | SG_ACTOR_SERVER, true,
                      "The program has taken everything, waits, and has sent nothing more."},
    [SG_ACT_KEEP_WAITING] = {"keep_waiting", ENDS, true,
                             "Does nothing for so long, as a peer does that needs time: what the "
                             "program would not do anything in is passed over. The program has not "
                             "ended then."},
    [SG_ACT_EXPECT_NO_MORE] = {"expect_no_more", SG_ACTOR_CLIENT | SG_ACTOR_SERVER, true,
                               "Nothing more has come, whether the stream has ended or not."},
    [SG_ACT_EXPECT_NO_RESET] = {"expect_no_reset", SG_ACTOR_CLIENT | SG_ACTOR_SERVER, true,
                                "The stream has ended in order, or goes on. How much of what it "
                                "was to bring is lost with a reset is chance."},
    [SG_ACT_SHUTDOWN] = {"shutdown", SG_ACTOR_CLIENT | SG_ACTOR_SERVER, false,
                         "Half-close: ends our stream and goes on reading."},
    [SG_ACT_CLOSE] = {"close", SG_ACTOR_CLIENT | SG_ACTOR_SERVER, false,
                      "Closes the connection; a server peer stops listening too."},
    [SG_ACT_RESET] = {"reset", SG_ACTOR_CLIENT | SG_ACTOR_SERVER, false,
                      "Ends the connection with a reset (RST)."},
    [SG_ACT_STOP_READING] = {"stop_reading", SG_ACTOR_CLIENT | SG_ACTOR_SERVER, false,
                             "Takes nothing more out of our socket."},
    [SG_ACT_READ_SLOWLY] = {"read_slowly", SG_ACTOR_CLIENT | SG_ACTOR_SERVER, false,
                            "Takes so many bytes at a time, each time the program waits for us."},
    [SG_ACT_RESUME_READING] = {"resume_reading", SG_ACTOR_CLIENT | SG_ACTOR_SERVER, false,
                               "Reads whatever comes again."},
    [SG_ACT_LISTEN] = {"listen", SG_ACTOR_SERVER, false, "Listens for the student's client."},
    [SG_ACT_ACCEPT] = {"accept", SG_ACTOR_SERVER, true, "The student's client connects."},
    [SG_ACT_EXPECT_NO_OTHER] = {"expect_no_other", SG_ACTOR_SERVER, true,
                                "No further connection has come."},
    [SG_ACT_START] = {"start", SG_ACTOR_PROGRAM, false,
                      "Starts the program, with values for its `$arguments`."},
    [SG_ACT_FREEZE] = {"freeze", SG_ACTOR_PROGRAM, false,
                       "Stops every process of the program, so that what is sent and closed now is "
                       "all there when it goes on."},
    [SG_ACT_THAW] = {"thaw", SG_ACTOR_PROGRAM, false, "Lets the program go on."},
    [SG_ACT_KILL] = {"kill", SG_ACTOR_PROGRAM, false,
                     "Ends everything of the program at once; the kernel ends its connections."},
    [SG_ACT_RESTART] = {"restart", SG_ACTOR_PROGRAM, true,
                        "Starts the program again on the same network; it listens again."},
    [SG_ACT_SIGNAL] = {"signal", SG_ACTOR_PROGRAM, false,
                       "Sends a signal to the program's first process alone."},
    [SG_ACT_HOLD_EXITS] = {"hold_exits", SG_ACTOR_PROGRAM, false,
                           "From now on its processes, but the first, wait when they are about to "
                           "end. Where calls cannot be stopped by a listener the case is skipped."},
    [SG_ACT_LET_EXIT] = {"let_exit", SG_ACTOR_PROGRAM, false,
                         "Those that wait end now, together, and others when they want to."},
    [SG_ACT_INPUT] = {"input", SG_ACTOR_PROGRAM, false,
                      "Writes this to the program's standard input, while it runs."},
    [SG_ACT_CLOSE_STDIN] = {"close_stdin", SG_ACTOR_PROGRAM, false,
                            "Ends the program's standard input."},
    [SG_ACT_EXPECT_OUTPUT] = {"expect_output", SG_ACTOR_PROGRAM, true,
                              "The program's standard output holds exactly this, from its start "
                              "on, and nothing else."},
    [SG_ACT_EXPECT_PRINTED] =
        {"expect_printed", SG_ACTOR_PROGRAM, true,
         "The program has printed this, with anything around it: whole, in pieces of at least 8 "
         "bytes in order, or as its language shows bytes (`b'…'`)."},
    [SG_ACT_EXPECT_BYTES] =
        {"expect_bytes", SG_ACTOR_PROGRAM, true,
         "The program has printed the bytes of each piece, one piece behind the other, as its "
         "language shows bytes: `0x2b 0x67`, `2b67`, `b'+g'`."},
    [SG_ACT_EXPECT_NUMBERS] = {"expect_numbers", SG_ACTOR_PROGRAM, true,
                               "Behind what was expected before, the numbers that the program has "
                               "printed are these."},
    [SG_ACT_EXPECT_PORTS] = {"expect_ports", SG_ACTOR_PROGRAM, true,
                             "The program, which has ended, has printed a line with the number of "
                             "each port of these peers, and of no other port; those that stay "
                             "`silent` may be left out or not."},
    [SG_ACT_EXPECT_RESULTS] = {"expect_results", SG_ACTOR_PROGRAM, true,
                               "The program, which has ended, has printed what the reference "
                               "program prints in its place: family, type, protocol, canonical "
                               "name and address of each result, in order; all of them, or all of "
                               "one type."},
    [SG_ACT_EXPECT_REPLIES] = {"expect_replies", SG_ACTOR_PROGRAM, true,
                               "The program, which has ended, has printed one line for the reply "
                               "to each of these echo requests (1 is the first), all of one "
                               "likeness, and no such line more."},
    [SG_ACT_EXPECT_SEGMENTS] =
        {"expect_segments", SG_ACTOR_PROGRAM, true,
         "The program, which has ended, has printed of so many TCP segments that hosts have "
         "transmitted, from the first on and in order: both addresses, both ports, the source "
         "before the destination where nothing else is said, and the length (of the data, the "
         "segment, the packet or the frame, of all alike). Of other packets it has printed "
         "nothing."},
    [SG_ACT_EXPECT_FILE] = {"expect_file", SG_ACTOR_PROGRAM, true,
                            "The program has written this into the file that `named` names, in its "
                            "directory, and nothing else."},
    [SG_ACT_EXPECT_EXIT] = {"expect_exit", SG_ACTOR_PROGRAM, true,
                            "The program ends: with this status, `nonzero`, or `any`."},
    [SG_ACT_EXPECT_FAILURE] = {"expect_failure", SG_ACTOR_PROGRAM, true,
                               "The program ends with a status other than 0 and has said a word on "
                               "standard error."},
    [SG_ACT_EXPECT_END] = {"expect_end", SG_ACTOR_PROGRAM, true,
                           "The program ends, whatever its status, though its standard input does "
                           "not end."},
    [SG_ACT_HONOURS_ARGUMENTS] = {"honours_arguments", SG_ACTOR_PROGRAM, true,
                                  "The program uses the host, port and message that it was given."},
    [SG_ACT_RUNNING] = {"running", SG_ACTOR_PROGRAM, true, "The program still runs."},
    [SG_ACT_IDLE] = {"idle", SG_ACTOR_PROGRAM, true,
                     "The program waits without using the processor. Where nobody has come to it "
                     "yet, it is watched until it has "
                     "woken by itself, if it does so within 10 s, and still runs then."},
    [SG_ACT_STEADY] = {"steady", SG_ACTOR_PROGRAM, true,
                       "The `repeat` before this has not left more of these behind each time."},
    [SG_ACT_ANSWER] = {"answer", SG_ACTOR_HOST, false,
                       "From now on it answers ICMP echo requests, the n-th one as the n-th word "
                       "says, those behind them rightly. One whose checksum is wrong is none."},
    [SG_ACT_EXPECT_REQUESTS] = {"expect_requests", SG_ACTOR_HOST, true,
                                "So many echo requests have come and no more: each with a right "
                                "checksum, and no two with the same id and sequence number."},
    [SG_ACT_TRANSMIT] = {"transmit", SG_ACTOR_HOST, false,
                         "Sends a packet with this data to another host, from and to ports that "
                         "follow from the seed. The first one is sent when the program has made a "
                         "packet socket and waits."},
    [SG_ACT_REPEAT] = {"repeat", SG_ACTOR_NOBODY, false, "Plays these steps several times."},
};

const struct sg_action_info *sg_action_info(int action)
{
    return &actions[action];
}

static const struct sg_choice action_words[] = {
    {"connect", SG_ACT_CONNECT, NULL},
    {"join", SG_ACT_JOIN, NULL},
    {"join_in_pieces", SG_ACT_JOIN_IN_PIECES, NULL},
    {"expect_others", SG_ACT_EXPECT_OTHERS, NULL},
    {"expect_eof", SG_ACT_EXPECT_EOF, NULL},
    {"expect_closed", SG_ACT_EXPECT_CLOSED, NULL},
    {"expect_something", SG_ACT_EXPECT_SOMETHING, NULL},
    {"expect_over", SG_ACT_EXPECT_OVER, NULL},
    {"expect_unterminated", SG_ACT_EXPECT_UNTERMINATED, NULL},
    {"quiet", SG_ACT_QUIET, NULL},
    {"expect_no_more", SG_ACT_EXPECT_NO_MORE, NULL},
    {"expect_no_reset", SG_ACT_EXPECT_NO_RESET, NULL},
    {"shutdown", SG_ACT_SHUTDOWN, NULL},
    {"close", SG_ACT_CLOSE, NULL},
    {"reset", SG_ACT_RESET, NULL},
    {"stop_reading", SG_ACT_STOP_READING, NULL},
    {"resume_reading", SG_ACT_RESUME_READING, NULL},
    {"listen", SG_ACT_LISTEN, NULL},
    {"accept", SG_ACT_ACCEPT, NULL},
    {"expect_no_other", SG_ACT_EXPECT_NO_OTHER, NULL},
    {"start", SG_ACT_START, NULL},
    {"freeze", SG_ACT_FREEZE, NULL},
    {"thaw", SG_ACT_THAW, NULL},
    {"hold_exits", SG_ACT_HOLD_EXITS, NULL},
    {"let_exit", SG_ACT_LET_EXIT, NULL},
    {"kill", SG_ACT_KILL, NULL},
    {"restart", SG_ACT_RESTART, NULL},
    {"close_stdin", SG_ACT_CLOSE_STDIN, NULL},
    {"expect_failure", SG_ACT_EXPECT_FAILURE, NULL},
    {"expect_end", SG_ACT_EXPECT_END, NULL},
    {"expect_results", SG_ACT_EXPECT_RESULTS, NULL},
    {"honours_arguments", SG_ACT_HONOURS_ARGUMENTS, NULL},
    {"running", SG_ACT_RUNNING, NULL},
    {"idle", SG_ACT_IDLE, NULL},
};

static const struct sg_type type_action_word = {.name = "an action",
                                                .id = "action",
                                                .kind = SG_KIND_CHOICE,
                                                .size = sizeof(int),
                                                .choices = action_words,
                                                .choice_count = SG_COUNT(action_words)};

#define ONLY(action) (UINT64_C(1) << (action))

static const struct sg_field action_fields[] = {
    {.key = "send",
     SG_DATA_AT(struct sg_step, data),
     .variant = SG_ACT_SEND,
     .help = "Sends these bytes."},
    {.key = "as",
     .type = &sg_type_split,
     .offset = SG_AT(struct sg_step, split, struct sg_split),
     .with = ONLY(SG_ACT_SEND),
     .help = "In these segments; without it, in one."},
    {.key = "expect",
     SG_DATA_AT(struct sg_step, data),
     .variant = SG_ACT_EXPECT,
     .help = "The next bytes from the program are these."},
    {.key = "from",
     SG_CHOICE_AT(sg_type_from, struct sg_step, from),
     .with = ONLY(SG_ACT_EXPECT),
     .help = "Where a datagram has to come from; without it, from anywhere."},
    {.key = "expect_line",
     SG_DATA_AT(struct sg_step, data),
     .variant = SG_ACT_EXPECT_LINE,
     .help = "What the next line begins with."},
    {.key = "expect_message",
     SG_DATA_AT(struct sg_step, data),
     .variant = SG_ACT_EXPECT_MESSAGE,
     .help = "The message that the student's client was given."},
    {.key = "keep_waiting",
     SG_DURATION_AT(struct sg_step, duration_ns),
     .variant = SG_ACT_KEEP_WAITING,
     .help = "For so long it does nothing."},
    {.key = "read_slowly",
     SG_SIZE_AT(struct sg_step, size),
     .variant = SG_ACT_READ_SLOWLY,
     .help = "Bytes taken each time the program waits for us."},
    {.key = "start",
     SG_LIST_AT(sg_type_argument_values, struct sg_step, arguments),
     .variant = SG_ACT_START,
     .help = "Values for the program's `$arguments`."},
    {.key = "signal",
     SG_CHOICE_AT(sg_type_signal, struct sg_step, signal),
     .variant = SG_ACT_SIGNAL,
     .help = "The signal to send."},
    {.key = "input",
     SG_DATA_AT(struct sg_step, data),
     .variant = SG_ACT_INPUT,
     .help = "What its standard input gets."},
    {.key = "expect_output",
     SG_DATA_AT(struct sg_step, data),
     .variant = SG_ACT_EXPECT_OUTPUT,
     .help = "All that its standard output must hold."},
    {.key = "expect_printed",
     SG_DATA_AT(struct sg_step, data),
     .variant = SG_ACT_EXPECT_PRINTED,
     .help = "What the program must have printed."},
    {.key = "or",
     SG_CHOICE_AT(sg_type_instead, struct sg_step, instead),
     .with = ONLY(SG_ACT_EXPECT_PRINTED),
     .help = "What the program that has ended may have done instead; without it, nothing."},
    {.key = "expect_bytes",
     SG_DATA_AT(struct sg_step, data),
     .variant = SG_ACT_EXPECT_BYTES,
     .help = "The bytes that it must have shown, a piece each."},
    {.key = "expect_numbers",
     SG_LIST_AT(sg_type_printed_numbers, struct sg_step, numbers),
     .variant = SG_ACT_EXPECT_NUMBERS,
     .help = "The numbers that it must have printed."},
    {.key = "on",
     SG_CHOICE_AT(sg_type_stream, struct sg_step, stream),
     .with = ONLY(SG_ACT_EXPECT_PRINTED) | ONLY(SG_ACT_EXPECT_NUMBERS),
     .help = "Where it must stand, text in no more than one line of its own and not on the other; "
             "without it, on either."},
    {.key = "expect_ports",
     SG_LIST_AT(sg_type_port_peers, struct sg_step, ports),
     .variant = SG_ACT_EXPECT_PORTS,
     .help = "The peers whose ports it must have found."},
    {.key = "among",
     .type = &sg_type_port_range,
     .offset = SG_AT(struct sg_step, among, struct sg_range),
     .with = ONLY(SG_ACT_EXPECT_PORTS),
     .required = true,
     .help = "The ports that it was asked for: a number beyond them is no port."},
    {.key = "once",
     SG_FLAG_AT(struct sg_step, once),
     .with = ONLY(SG_ACT_EXPECT_PORTS),
     .help = "No line of an open port may come twice."},
    {.key = "expect_replies",
     SG_LIST_AT(sg_type_replies, struct sg_step, numbers),
     .variant = SG_ACT_EXPECT_REPLIES,
     .help = "The requests whose replies it must have printed."},
    {.key = "answer",
     SG_LIST_AT(sg_type_answers, struct sg_step, answers),
     .variant = SG_ACT_ANSWER,
     .help = "What becomes of the first request, the second, and so on."},
    {.key = "expect_segments",
     SG_COUNT_AT(struct sg_step, times),
     .variant = SG_ACT_EXPECT_SEGMENTS,
     .help = "How many segments it must have printed."},
    {.key = "transmit",
     SG_DATA_AT(struct sg_step, data),
     .variant = SG_ACT_TRANSMIT,
     .help = "The data in the packet."},
    {.key = "to",
     SG_NAME_AT(struct sg_step, to),
     .with = ONLY(SG_ACT_TRANSMIT),
     .required = true,
     .help = "The host that it is for."},
    {.key = "packet",
     SG_CHOICE_AT(sg_type_packet, struct sg_step, packet),
     .with = ONLY(SG_ACT_TRANSMIT),
     .help = "What is sent; tcp where it says nothing."},
    {.key = "options",
     SG_CHOICE_AT(sg_type_options, struct sg_step, options),
     .with = ONLY(SG_ACT_TRANSMIT),
     .help = "What its headers have more; none where it says nothing."},
    {.key = "expect_requests",
     SG_COUNT_AT(struct sg_step, times),
     .variant = SG_ACT_EXPECT_REQUESTS,
     .help = "How many echo requests have come."},
    {.key = "expect_file",
     SG_DATA_AT(struct sg_step, data),
     .variant = SG_ACT_EXPECT_FILE,
     .help = "What the file holds."},
    {.key = "named",
     SG_TEXT_AT(struct sg_step, file),
     .with = ONLY(SG_ACT_EXPECT_FILE),
     .required = true,
     .help = "The name of the file."},
    {.key = "expect_exit",
     .type = &sg_type_exit,
     .offset = SG_AT(struct sg_step, exit_status, int64_t),
     .variant = SG_ACT_EXPECT_EXIT,
     .help = "The status that the program ends with."},
    {.key = "steady",
     SG_LIST_AT(sg_type_resources, struct sg_step, resources),
     .variant = SG_ACT_STEADY,
     .help = "What must not grow with each repetition."},
};

static const struct sg_type type_action_map = {.name = "an action",
                                               .id = "action map",
                                               .kind = SG_KIND_RECORD,
                                               .size = sizeof(struct sg_step),
                                               .fields = action_fields,
                                               .field_count = SG_COUNT(action_fields),
                                               .needs_variant = true,
                                               .tag_at = SG_KEPT_AT(struct sg_step, action, int)};

static const struct sg_alternative action_forms[] = {
    {.kind = SG_NODE_SCALAR,
     .type = &type_action_word,
     .offset = SG_AT(struct sg_step, action, int)},
    {.kind = SG_NODE_MAP, .type = &type_action_map},
};

static const struct sg_type type_action = {
    .name = "an action",
    .id = "action value",
    .kind = SG_KIND_UNION,
    .size = sizeof(struct sg_step),
    .alternatives = action_forms,
    .alternative_count = SG_COUNT(action_forms),
    .tag_at = SG_KEPT_AT(struct sg_step, action, int),
    .name_at = SG_KEPT_AT(struct sg_step, actor, const char *),
    .key_at = SG_KEPT_AT(struct sg_step, actor_node, const struct sg_node *),
    .node_at = SG_KEPT_AT(struct sg_step, node, const struct sg_node *)};

static const struct sg_field repeat_fields[] = {
    {.key = "times", SG_COUNT_AT(struct sg_step, times), .required = true, .help = "How often."},
    {.key = "play",
     SG_LIST_AT(sg_type_steps, struct sg_step, play),
     .required = true,
     .help = "The steps."},
};

static const struct sg_type type_repeat = {.name = "a repetition",
                                           .id = "repetition",
                                           .kind = SG_KIND_RECORD,
                                           .size = sizeof(struct sg_step),
                                           .fields = repeat_fields,
                                           .field_count = SG_COUNT(repeat_fields)};

static const struct sg_field step_fields[] = {
    {.key = "repeat",
     .type = &type_repeat,
     .offset = 0,
     .variant = SG_ACT_REPEAT,
     .help = "Plays several steps several times."},
};

static const struct sg_type type_step = {
    .name = "a step",
    .id = "step",
    .kind = SG_KIND_ENTRY,
    .size = sizeof(struct sg_step),
    .help = "One event: a map with one key, who acts (a peer, `c2` of a group, `c*` for all of it, "
            "a program, or `repeat`), and what is done.",
    .example = "{c: connect}",
    .item = &type_action,
    .fields = step_fields,
    .field_count = SG_COUNT(step_fields)};

const struct sg_type sg_type_steps = {.name = "a list of steps",
                                      .id = "play",
                                      .kind = SG_KIND_LIST,
                                      .size = sizeof(struct sg_steps),
                                      .item = &type_step,
                                      .least = 1,
                                      .most = 500};
