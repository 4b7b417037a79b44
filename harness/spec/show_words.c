/* SPDX-License-Identifier: MIT
 * The words for each action: as an arrow between a peer and the program, as something that happens
 * at a peer's side, or as a sentence about a program. */
#include <inttypes.h>
#include <signal.h>
#include <string.h>

#include "base/clock.h"
#include "spec/data.h"
#include "spec/show.h"

static const struct {
    enum sg_show_form form;
    const char *text;
} words[SG_ACT_END] = {
    [SG_ACT_CONNECT] = {SG_SHOW_TO_PROGRAM, "connect"},
    [SG_ACT_JOIN] = {SG_SHOW_TO_PROGRAM, "connect, and a name where one is asked for"},
    [SG_ACT_JOIN_IN_PIECES] = {SG_SHOW_TO_PROGRAM,
                               "connect, and where a name is asked for, it comes byte by byte"},
    [SG_ACT_SEND] = {SG_SHOW_TO_PROGRAM, "{data}{split}"},
    [SG_ACT_EXPECT] = {SG_SHOW_FROM_PROGRAM, "{data}{from}"},
    [SG_ACT_EXPECT_LINE] = {SG_SHOW_FROM_PROGRAM, "a line that begins with {data}"},
    [SG_ACT_EXPECT_OTHERS] = {SG_SHOW_FROM_PROGRAM, "the lines of all others, and no more"},
    [SG_ACT_EXPECT_MESSAGE] = {SG_SHOW_FROM_PROGRAM, "its message: {data}"},
    [SG_ACT_EXPECT_EOF] = {SG_SHOW_FROM_PROGRAM, "end of stream"},
    [SG_ACT_EXPECT_CLOSED] = {SG_SHOW_FROM_PROGRAM, "end of stream, or reset"},
    [SG_ACT_EXPECT_SOMETHING] = {SG_SHOW_FROM_PROGRAM, "at least a byte"},
    [SG_ACT_EXPECT_OVER] = {SG_SHOW_FROM_PROGRAM, "anything; then end of stream, or reset"},
    [SG_ACT_EXPECT_UNTERMINATED] = {SG_SHOW_AT_PEER, "no zero byte was the last"},
    [SG_ACT_QUIET] = {SG_SHOW_AT_PEER, "nothing more comes"},
    [SG_ACT_KEEP_WAITING] = {SG_SHOW_AT_PEER, "does nothing for {duration}"},
    [SG_ACT_EXPECT_NO_MORE] = {SG_SHOW_AT_PEER, "nothing more has come"},
    [SG_ACT_EXPECT_NO_RESET] = {SG_SHOW_AT_PEER, "no reset has come"},
    [SG_ACT_SHUTDOWN] = {SG_SHOW_TO_PROGRAM, "end of stream (half-close)"},
    [SG_ACT_CLOSE] = {SG_SHOW_TO_PROGRAM, "close"},
    [SG_ACT_RESET] = {SG_SHOW_TO_PROGRAM, "reset"},
    [SG_ACT_STOP_READING] = {SG_SHOW_AT_PEER, "stops reading"},
    [SG_ACT_READ_SLOWLY] = {SG_SHOW_AT_PEER, "reads {size} at a time"},
    [SG_ACT_RESUME_READING] = {SG_SHOW_AT_PEER, "reads again"},
    [SG_ACT_LISTEN] = {SG_SHOW_AT_PEER, "listens"},
    [SG_ACT_ACCEPT] = {SG_SHOW_FROM_PROGRAM, "connect"},
    [SG_ACT_EXPECT_NO_OTHER] = {SG_SHOW_AT_PEER, "no further connection comes"},
    [SG_ACT_START] = {SG_SHOW_SENTENCE, "{actor} is started{arguments}"},
    [SG_ACT_FREEZE] = {SG_SHOW_SENTENCE, "{actor} is stopped, all its processes"},
    [SG_ACT_THAW] = {SG_SHOW_SENTENCE, "{actor} goes on"},
    [SG_ACT_KILL] = {SG_SHOW_SENTENCE, "{actor} is killed; the kernel ends its connections"},
    [SG_ACT_RESTART] = {SG_SHOW_SENTENCE, "{actor} is started again, and listens"},
    [SG_ACT_SIGNAL] = {SG_SHOW_SENTENCE, "{actor} gets {signal}"},
    [SG_ACT_HOLD_EXITS] = {SG_SHOW_SENTENCE, "the processes of {actor} that end wait with it"},
    [SG_ACT_LET_EXIT] = {SG_SHOW_SENTENCE, "those that waited end together"},
    [SG_ACT_INPUT] = {SG_SHOW_SENTENCE, "{actor} gets on its standard input {data}"},
    [SG_ACT_EXPECT_OUTPUT] = {SG_SHOW_SENTENCE, "the output of {actor} is {data}, and no more"},
    [SG_ACT_CLOSE_STDIN] = {SG_SHOW_SENTENCE, "the standard input of {actor} ends"},
    [SG_ACT_EXPECT_PRINTED] = {SG_SHOW_SENTENCE, "{actor} has printed {data}{on}{or}"},
    [SG_ACT_EXPECT_BYTES] = {SG_SHOW_SENTENCE, "{actor} has shown the bytes of {data}"},
    [SG_ACT_EXPECT_NUMBERS] = {SG_SHOW_SENTENCE, "{actor} has printed the numbers {numbers}{on}"},
    [SG_ACT_EXPECT_PORTS] = {SG_SHOW_SENTENCE,
                             "{actor} has printed {ports} and no other port from {among}{once}"},
    [SG_ACT_EXPECT_RESULTS] = {SG_SHOW_SENTENCE,
                               "{actor} has printed what the reference program finds"},
    [SG_ACT_EXPECT_REPLIES] = {SG_SHOW_SENTENCE,
                               "{actor} has printed a line for the replies to {numbers}, no more"},
    [SG_ACT_ANSWER] = {SG_SHOW_AT_PEER, "answers echo requests{answers}"},
    [SG_ACT_EXPECT_REQUESTS] = {SG_SHOW_FROM_PROGRAM, "{times} echo requests in all, all right"},
    [SG_ACT_EXPECT_SEGMENTS] = {SG_SHOW_SENTENCE,
                                "{actor} has printed the first {times} TCP segments, nothing else"},
    [SG_ACT_TRANSMIT] = {SG_SHOW_AT_PEER, "to {to}: {data}{packet}"},
    [SG_ACT_EXPECT_FILE] = {SG_SHOW_SENTENCE, "{actor} has written {data} into {file}"},
    [SG_ACT_EXPECT_EXIT] = {SG_SHOW_SENTENCE, "{actor} ends{status}"},
    [SG_ACT_EXPECT_FAILURE] = {SG_SHOW_SENTENCE,
                               "{actor} fails: a status other than 0, a word on standard error"},
    [SG_ACT_EXPECT_END] = {SG_SHOW_SENTENCE, "{actor} ends, though its input does not"},
    [SG_ACT_HONOURS_ARGUMENTS] = {SG_SHOW_SENTENCE,
                                  "{actor} uses the host, port and message that it was given"},
    [SG_ACT_RUNNING] = {SG_SHOW_SENTENCE, "{actor} still runs"},
    [SG_ACT_IDLE] = {SG_SHOW_SENTENCE, "{actor} waits without using the processor"},
    [SG_ACT_STEADY] = {SG_SHOW_SENTENCE, "the repetitions have left {actor} no more {resources}"},
    [SG_ACT_REPEAT] = {SG_SHOW_SENTENCE, "{times} times:"},
};

enum sg_show_form sg_show_form(int action)
{
    return words[action].form;
}

const char *sg_show_words(int action)
{
    return words[action].text;
}

static void add_data(const struct sg_assignment *assignment, const struct sg_step *step,
                     struct sg_bytes *out)
{
    (void)assignment;
    sg_data_describe(&step->data, out);
}

static void add_split(const struct sg_assignment *assignment, const struct sg_step *step,
                      struct sg_bytes *out)
{
    (void)assignment;
    if (step->split.form != SG_SPLIT_WHOLE)
        sg_bytes_add_text(out, ", ");
    sg_split_describe(&step->split, out);
}

static void add_from(const struct sg_assignment *assignment, const struct sg_step *step,
                     struct sg_bytes *out)
{
    (void)assignment;
    if (step->from)
        sg_bytes_add_text(out, ", from where it was sent");
}

static void add_instead(const struct sg_assignment *assignment, const struct sg_step *step,
                        struct sg_bytes *out)
{
    (void)assignment;
    if (step->instead)
        sg_bytes_add_text(out, ", or has failed and said so");
}

static void add_stream(const struct sg_assignment *assignment, const struct sg_step *step,
                       struct sg_bytes *out)
{
    (void)assignment;
    if (step->stream)
        sg_bytes_add_text(out, step->stream == SG_STREAM_STDOUT ? " on standard output alone"
                                                                : " on standard error alone");
}

static void add_numbers(const struct sg_assignment *assignment, const struct sg_step *step,
                        struct sg_bytes *out)
{
    (void)assignment;
    for (size_t i = 0; i < step->numbers.count; i++)
        sg_bytes_printf(out, "%s%" PRId64, i ? " " : "", step->numbers.items[i]);
}

static void add_ports(const struct sg_assignment *assignment, const struct sg_step *step,
                      struct sg_bytes *out)
{
    (void)assignment;
    for (size_t i = 0; i < step->ports.count; i++)
        sg_bytes_printf(out, "%s%s", i ? ", " : "the ports of ", step->ports.items[i]);
    if (!step->ports.count)
        sg_bytes_add_text(out, "none");
}

static void add_once(const struct sg_assignment *assignment, const struct sg_step *step,
                     struct sg_bytes *out)
{
    (void)assignment;
    sg_bytes_add_text(out, step->once ? ", each once" : "");
}

static void add_among(const struct sg_assignment *assignment, const struct sg_step *step,
                      struct sg_bytes *out)
{
    (void)assignment;
    sg_bytes_printf(out, "%" PRIu64 " to %" PRIu64, step->among.least, step->among.most);
}

static void add_actor(const struct sg_assignment *assignment, const struct sg_step *step,
                      struct sg_bytes *out)
{
    (void)assignment;
    sg_bytes_add_text(out, step->actor);
}

static void add_file(const struct sg_assignment *assignment, const struct sg_step *step,
                     struct sg_bytes *out)
{
    (void)assignment;
    sg_bytes_add_text(out, step->file);
}

static void add_size(const struct sg_assignment *assignment, const struct sg_step *step,
                     struct sg_bytes *out)
{
    (void)assignment;
    sg_size_describe(step->size, out);
}

static void add_duration(const struct sg_assignment *assignment, const struct sg_step *step,
                         struct sg_bytes *out)
{
    (void)assignment;
    sg_bytes_printf(out, "%" PRIu64 " ms", step->duration_ns / SG_NS_PER_MS);
}

static void add_times(const struct sg_assignment *assignment, const struct sg_step *step,
                      struct sg_bytes *out)
{
    (void)assignment;
    sg_bytes_printf(out, "%" PRId64, step->times);
}

static void add_arguments(const struct sg_assignment *assignment, const struct sg_step *step,
                          struct sg_bytes *out)
{
    const struct sg_program *program = sg_assignment_program(assignment, step->actor);
    bool any = false;
    for (size_t i = 0; program && i < program->arguments.count; i++) {
        const char *name = program->arguments.items[i];
        const struct sg_data *value =
            name[0] == '$' ? sg_program_value(program, step, name + 1) : NULL;
        if (!value)
            continue;
        sg_bytes_printf(out, "%s %s = ", any ? "," : " with", name);
        sg_data_describe(value, out);
        any = true;
    }
}

static void add_status(const struct sg_assignment *assignment, const struct sg_step *step,
                       struct sg_bytes *out)
{
    (void)assignment;
    if (step->exit_status == SG_EXIT_ANY)
        sg_bytes_add_text(out, ", with any status");
    else if (step->exit_status == SG_EXIT_NONZERO)
        sg_bytes_add_text(out, " with a status other than 0");
    else
        sg_bytes_printf(out, " with status %" PRId64, step->exit_status);
}

static void add_signal(const struct sg_assignment *assignment, const struct sg_step *step,
                       struct sg_bytes *out)
{
    (void)assignment;
    const char *name = sigabbrev_np(step->signal);
    sg_bytes_printf(out, "SIG%s", name ? name : "?");
}

static void add_answers(const struct sg_assignment *assignment, const struct sg_step *step,
                        struct sg_bytes *out)
{
    (void)assignment;
    for (size_t i = 0; i < step->answers.count; i++)
        sg_bytes_printf(out, "%s%s", i ? ", " : ": ", sg_echo_answer_word(step->answers.items[i]));
}

static void add_to(const struct sg_assignment *assignment, const struct sg_step *step,
                   struct sg_bytes *out)
{
    (void)assignment;
    sg_bytes_add_text(out, step->to);
}

static void add_packet(const struct sg_assignment *assignment, const struct sg_step *step,
                       struct sg_bytes *out)
{
    (void)assignment;
    sg_bytes_printf(out, " by %s", sg_packet_kind_word(step->packet));
    if (step->options)
        sg_bytes_printf(out, ", options: %s", sg_packet_options_word(step->options));
}

static void add_resources(const struct sg_assignment *assignment, const struct sg_step *step,
                          struct sg_bytes *out)
{
    (void)assignment;
    static const char *const resources[] = {
        [SG_RESOURCE_DESCRIPTORS] = "descriptors",
        [SG_RESOURCE_PROCESSES] = "processes",
        [SG_RESOURCE_MEMORY] = "memory",
    };
    for (size_t i = 0; i < step->resources.count; i++)
        sg_bytes_printf(out, "%s%s", i ? " and " : "", resources[step->resources.items[i]]);
}

static const struct {
    const char *name;
    void (*add)(const struct sg_assignment *assignment, const struct sg_step *step,
                struct sg_bytes *out);
} additions[] = {
    {"{from}", add_from},   {"{actor}", add_actor},         {"{arguments}", add_arguments},
    {"{data}", add_data},   {"{resources}", add_resources}, {"{signal}", add_signal},
    {"{size}", add_size},   {"{split}", add_split},         {"{status}", add_status},
    {"{times}", add_times}, {"{or}", add_instead},          {"{on}", add_stream},
    {"{ports}", add_ports}, {"{numbers}", add_numbers},     {"{among}", add_among},
    {"{once}", add_once},   {"{file}", add_file},           {"{answers}", add_answers},
    {"{to}", add_to},       {"{packet}", add_packet},       {"{duration}", add_duration},
};

void sg_show_step(const struct sg_assignment *assignment, const struct sg_step *step,
                  struct sg_bytes *out)
{
    const char *text = words[step->action].text;
    for (text = text ? text : sg_action_info(step->action)->word; *text;) {
        size_t length = 0;
        for (size_t i = 0; *text == '{' && i < SG_COUNT(additions) && !length; i++) {
            if (strncmp(text, additions[i].name, strlen(additions[i].name)) != 0)
                continue;
            additions[i].add(assignment, step, out);
            length = strlen(additions[i].name);
        }
        if (!length)
            sg_bytes_add_byte(out, (uint8_t)*text);
        text += length ? length : 1;
    }
}
