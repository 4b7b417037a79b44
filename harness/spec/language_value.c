/* SPDX-License-Identifier: MIT
 * The language: what the values in an action may be. */
#include <signal.h>

#include "spec/language.h"

const struct sg_type sg_type_argument_values = {
    .name = "values for arguments",
    .id = "argument values",
    .kind = SG_KIND_TABLE,
    .size = sizeof((struct sg_step *)0)->arguments,
    .most = 20,
    .item = &(const struct sg_type){
        .name = "data",
        .id = "argument",
        .kind = SG_KIND_UNION,
        .size = sizeof(struct sg_argument),
        .alternatives =
            (const struct sg_alternative[]){
                {.kind = SG_NODE_SCALAR,
                 .type = &sg_type_data,
                 .offset = SG_AT(struct sg_argument, data, struct sg_data)},
                {.kind = SG_NODE_LIST,
                 .type = &sg_type_data,
                 .offset = SG_AT(struct sg_argument, data, struct sg_data)},
                {.kind = SG_NODE_MAP,
                 .type = &sg_type_data,
                 .offset = SG_AT(struct sg_argument, data, struct sg_data)}},
        .alternative_count = 3,
        .name_at = SG_KEPT_AT(struct sg_argument, name, const char *),
        .key_at = SG_KEPT_AT(struct sg_argument, name_node, const struct sg_node *)}};

static const struct sg_choice exit_words[] = {
    {"any", SG_EXIT_ANY, "whatever the status"},
    {"nonzero", SG_EXIT_NONZERO, "any status but 0"},
};

const struct sg_type sg_type_exit = {.name = "an exit status",
                                     .id = "exit status",
                                     .kind = SG_KIND_NUMBER,
                                     .size = sizeof(int64_t),
                                     .least = 0,
                                     .most = 255,
                                     .choices = exit_words,
                                     .choice_count = SG_COUNT(exit_words),
                                     .example = "0",
                                     .help = "0 to 255, `nonzero` or `any`."};

static const struct sg_choice signal_words[] = {
    {"TERM", SIGTERM, NULL}, {"KILL", SIGKILL, NULL}, {"INT", SIGINT, NULL},
    {"STOP", SIGSTOP, NULL}, {"CONT", SIGCONT, NULL},
};

const struct sg_type sg_type_signal = {.name = "a signal",
                                       .id = "signal",
                                       .kind = SG_KIND_CHOICE,
                                       .size = sizeof(int),
                                       .choices = signal_words,
                                       .choice_count = SG_COUNT(signal_words)};

static const struct sg_choice resource_words[] = {
    {"descriptors", SG_RESOURCE_DESCRIPTORS, "open file descriptors"},
    {"processes", SG_RESOURCE_PROCESSES, "child processes, ended ones included"},
    {"memory", SG_RESOURCE_MEMORY, "memory of its own"},
};

const struct sg_type sg_type_resources = {
    .name = "a list of resources",
    .id = "resources",
    .kind = SG_KIND_LIST,
    .size = sizeof((struct sg_step *)0)->resources,
    .least = 1,
    .most = 3,
    .item = &(const struct sg_type){.name = "a resource",
                                    .id = "resource",
                                    .kind = SG_KIND_CHOICE,
                                    .size = sizeof(int),
                                    .choices = resource_words,
                                    .choice_count = SG_COUNT(resource_words)}};

static const struct sg_choice answer_words[] = {
    {"right", SG_ECHO_RIGHT, "the reply that is due"},
    {"lost", SG_ECHO_LOST, "nothing"},
    {"wrong_id", SG_ECHO_WRONG_ID, "a reply to another program: its id is not this one's"},
    {"wrong_sequence", SG_ECHO_WRONG_SEQUENCE, "a reply with a number that was never sent"},
    {"request", SG_ECHO_REQUEST, "an echo request of its own, with the same id and number"},
    {"other_first", SG_ECHO_OTHER_FIRST, "a reply to another program, and behind it the right one"},
    {"with_options", SG_ECHO_OPTIONS, "the reply that is due, in a packet with IP options"},
};

const struct sg_type sg_type_answers = {
    .name = "a list of answers",
    .id = "answers",
    .kind = SG_KIND_LIST,
    .size = sizeof((struct sg_step *)0)->answers,
    .most = 100,
    .item = &(const struct sg_type){.name = "an answer",
                                    .id = "answer",
                                    .kind = SG_KIND_CHOICE,
                                    .size = sizeof(int),
                                    .choices = answer_words,
                                    .choice_count = SG_COUNT(answer_words)}};

/* One line alone has no likeness to others. */
const struct sg_type sg_type_replies = {.name = "a list of numbers",
                                        .id = "replies",
                                        .kind = SG_KIND_LIST,
                                        .size = sizeof((struct sg_step *)0)->numbers,
                                        .least = 2,
                                        .most = 100,
                                        .item = &(const struct sg_type){.name = "a number",
                                                                        .id = "reply",
                                                                        .kind = SG_KIND_NUMBER,
                                                                        .size = sizeof(int64_t),
                                                                        .least = 1,
                                                                        .most = 1000,
                                                                        .example = "1",
                                                                        .help = "1 to 1000."}};

static const struct sg_choice packet_words[] = {
    {"tcp", SG_PACKET_TCP, "a segment of TCP"},
    {"udp", SG_PACKET_UDP, "a datagram of UDP"},
    {"icmp", SG_PACKET_ICMP, "an echo request"},
    {"arp", SG_PACKET_ARP, "a frame of ARP, which has no data"},
};

const struct sg_type sg_type_packet = {.name = "a kind of packet",
                                       .id = "packet",
                                       .kind = SG_KIND_CHOICE,
                                       .size = sizeof(int),
                                       .choices = packet_words,
                                       .choice_count = SG_COUNT(packet_words)};

static const struct sg_choice option_words[] = {
    {"none", SG_OPTIONS_NONE, "headers of 20 bytes"},
    {"ip", SG_OPTIONS_IP, "an IP header of 24 bytes"},
    {"tcp", SG_OPTIONS_TCP, "a TCP header of 32 bytes"},
    {"both", SG_OPTIONS_BOTH, "both of them"},
};

const struct sg_type sg_type_options = {.name = "options of a packet",
                                        .id = "packet options",
                                        .kind = SG_KIND_CHOICE,
                                        .size = sizeof(int),
                                        .choices = option_words,
                                        .choice_count = SG_COUNT(option_words)};

static const struct sg_choice from_words[] = {
    {"server", SG_ACTOR_SERVER, "the address and port that the peer sent to"},
};

const struct sg_type sg_type_from = {.name = "a source",
                                     .id = "source",
                                     .kind = SG_KIND_CHOICE,
                                     .size = sizeof(int),
                                     .choices = from_words,
                                     .choice_count = SG_COUNT(from_words)};

static const struct sg_choice instead_words[] = {
    {"failure", SG_ACT_EXPECT_FAILURE,
     "a status other than 0 and a word on standard error, for a program that refuses"},
};

const struct sg_type sg_type_instead = {.name = "what may come instead",
                                        .id = "alternative",
                                        .kind = SG_KIND_CHOICE,
                                        .size = sizeof(int),
                                        .choices = instead_words,
                                        .choice_count = SG_COUNT(instead_words)};

static const struct sg_choice stream_words[] = {
    {"stdout", SG_STREAM_STDOUT, "standard output"},
    {"stderr", SG_STREAM_STDERR, "standard error"},
};

const struct sg_type sg_type_stream = {.name = "a stream",
                                       .id = "stream",
                                       .kind = SG_KIND_CHOICE,
                                       .size = sizeof(int),
                                       .choices = stream_words,
                                       .choice_count = SG_COUNT(stream_words)};

const struct sg_type sg_type_printed_numbers = {.name = "a list of numbers",
                                                .id = "printed numbers",
                                                .kind = SG_KIND_LIST,
                                                .size = sizeof((struct sg_step *)0)->numbers,
                                                .least = 1,
                                                .most = 20,
                                                .item =
                                                    &(const struct sg_type){.name = "a number",
                                                                            .id = "printed number",
                                                                            .kind = SG_KIND_NUMBER,
                                                                            .size = sizeof(int64_t),
                                                                            .least = 0,
                                                                            .most = 65535,
                                                                            .example = "0",
                                                                            .help = "0 to 65535."}};

const struct sg_type sg_type_port_peers = {.name = "a list of peers",
                                           .id = "port peers",
                                           .kind = SG_KIND_LIST,
                                           .size = sizeof((struct sg_step *)0)->ports,
                                           .item = &sg_type_name,
                                           .most = 20};

static const char *word_of(const struct sg_choice *choices, size_t count, int value)
{
    for (size_t i = 0; i < count; i++) {
        if (choices[i].value == value)
            return choices[i].word;
    }
    return "";
}

const char *sg_packet_kind_word(int kind)
{
    return word_of(packet_words, SG_COUNT(packet_words), kind);
}

const char *sg_packet_options_word(int options)
{
    return word_of(option_words, SG_COUNT(option_words), options);
}

const char *sg_echo_answer_word(int answer)
{
    return word_of(answer_words, SG_COUNT(answer_words), answer);
}
