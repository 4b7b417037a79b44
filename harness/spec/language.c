/* SPDX-License-Identifier: MIT
 * The tables of a spec file: programs, peers, and the file that holds them with its cases. */
#include "spec/language.h"

static const struct sg_type type_title = {.name = "a text",
                                          .id = "title text",
                                          .kind = SG_KIND_TEXT,
                                          .size = sizeof(const char *),
                                          .least = 1,
                                          .fills_variables = true};

static const struct sg_field words_fields[] = {
    {.key = "en",
     .type = &type_title,
     .offset = SG_AT(struct sg_words, en, const char *),
     .required = true,
     .help = "In English."},
    {.key = "id",
     .type = &type_title,
     .offset = SG_AT(struct sg_words, id, const char *),
     .help = "In Indonesian."},
};

static const struct sg_type type_words_map = {.name = "a text in two languages",
                                              .id = "translations",
                                              .kind = SG_KIND_RECORD,
                                              .size = sizeof(struct sg_words),
                                              .fields = words_fields,
                                              .field_count = SG_COUNT(words_fields)};

static const struct sg_alternative words_forms[] = {
    {.kind = SG_NODE_SCALAR,
     .type = &type_title,
     .offset = SG_AT(struct sg_words, en, const char *)},
    {.kind = SG_NODE_MAP, .type = &type_words_map},
};

const struct sg_type sg_type_words = {
    .name = "a text",
    .id = "words",
    .kind = SG_KIND_UNION,
    .size = sizeof(struct sg_words),
    .help = "A text for people: in English, or a map of `en` and `id` (Indonesian). In a title "
            "`$name` shows a variable of the matrix.",
    .alternatives = words_forms,
    .alternative_count = SG_COUNT(words_forms)};

static const struct sg_type type_argument = {
    .name = "an argument",
    .id = "program argument",
    .kind = SG_KIND_TEXT,
    .size = sizeof(const char *),
    .keeps_variables = true,
    .help = "`$host`, `$port`, `$path` (the name of a socket file), another `$name` that `start` "
            "gives a value, or a text as it is."};

static const struct sg_type type_arguments = {.name = "a list of arguments",
                                              .id = "program arguments",
                                              .kind = SG_KIND_LIST,
                                              .size = sizeof((struct sg_program *)0)->arguments,
                                              .item = &type_argument,
                                              .most = 20};

static const struct sg_type type_called = {.name = "a list of names",
                                           .id = "called",
                                           .kind = SG_KIND_LIST,
                                           .size = sizeof((struct sg_program *)0)->called,
                                           .item = &sg_type_name,
                                           .least = 1,
                                           .most = 10};

static const struct sg_field program_fields[] = {
    {.key = "called",
     SG_LIST_AT(type_called, struct sg_program, called),
     .help = "Other names that students give it, for one that is neither server nor client by "
             "name: it is found under them, the manifest may use them, and reports call it by the "
             "first."},
    {.key = "arguments",
     SG_LIST_AT(type_arguments, struct sg_program, arguments),
     .required = true,
     .help = "What the program is started with, in this order."},
    {.key = "listens",
     SG_FLAG_AT(struct sg_program, listens),
     .help = "It is a server on `$host` `$port`, or on `$path`: it is started before the play, "
             "which begins when "
             "it listens. Without it the play starts the program."},
    {.key = "raw_sockets",
     SG_FLAG_AT(struct sg_program, raw_sockets),
     .help =
         "It may make raw sockets (SOCK_RAW, IPPROTO_ICMP, AF_PACKET): it has CAP_NET_RAW in the "
         "network of the case alone. Such a spec is graded in private networks of a user "
         "namespace."},
    {.key = "values",
     SG_LIST_AT(sg_type_argument_values, struct sg_program, values),
     .help = "Values for its `$arguments` where `start` gives none."},
    {.key = "files",
     SG_LIST_AT(sg_type_definitions, struct sg_program, files),
     .help = "Files that lie in its directory when it starts, by their names."},
};

static const struct sg_type type_program = {
    .name = "a program",
    .id = "program",
    .kind = SG_KIND_RECORD,
    .size = sizeof(struct sg_program),
    .fields = program_fields,
    .field_count = SG_COUNT(program_fields),
    .name_at = SG_KEPT_AT(struct sg_program, name, const char *),
    .key_at = SG_KEPT_AT(struct sg_program, name_node, const struct sg_node *),
    .node_at = SG_KEPT_AT(struct sg_program, node, const struct sg_node *),
    .broken_at = SG_KEPT_AT(struct sg_program, broken, bool)};

static const struct sg_type type_programs = {
    .name = "a map of programs",
    .id = "programs",
    .kind = SG_KIND_TABLE,
    .size = sizeof((struct sg_assignment *)0)->programs,
    .item = &type_program,
    .most = 2,
    .help = "The programs that a student hands in: `server`, `client`."};

static const struct sg_choice peer_words[] = {
    {"client", SG_ACTOR_CLIENT, "connects to the student's server"},
    {"server", SG_ACTOR_SERVER, "is connected to by the student's client"},
    {"stranger", SG_ACTOR_STRANGER,
     "sends datagrams to the student's client, which has sent it none"},
    {"host", SG_ACTOR_HOST,
     "is another machine, at the other end of the link `eth0`; `$host` is the address of the "
     "first"},
};

static const struct sg_type type_peer_kind = {.name = "a kind of peer",
                                              .id = "kind of peer",
                                              .kind = SG_KIND_CHOICE,
                                              .size = sizeof(int),
                                              .choices = peer_words,
                                              .choice_count = SG_COUNT(peer_words)};

const struct sg_type sg_type_port_range = {.name = "a port or a range of ports",
                                           .id = "ports",
                                           .kind = SG_KIND_RANGE,
                                           .size = sizeof(struct sg_range),
                                           .least = 1,
                                           .most = 65535,
                                           .example = "20..1024",
                                           .help = "1 to 65535."};

static const struct sg_field peer_fields[] = {
    {.key = "kind",
     SG_CHOICE_AT(type_peer_kind, struct sg_peer, kind),
     .required = true,
     .help = "Which side of the connection it plays."},
    {.key = "count",
     SG_COUNT_AT(struct sg_peer, count),
     .help = "A group: `c` with count 3 is c1, c2 and c3."},
    {.key = "receive_buffer",
     SG_SIZE_AT(struct sg_peer, receive_buffer),
     .help = "The receive buffer of its socket, set before it connects: a small window."},
    {.key = "ends_first",
     SG_FLAG_AT(struct sg_peer, ends_first),
     .help = "A server that ends its stream after its answer. Without it, it ends after the client "
             "has. Both are done by themselves while the client's exit is waited for."},
    {.key = "ports",
     .type = &sg_type_port_range,
     .offset = SG_AT(struct sg_peer, ports, struct sg_range),
     .help = "A server that listens on one of these ports of `$host`, drawn from the seed, each "
             "member of a group on another, and not on `$port`. What connects is accepted and left "
             "alone."},
    {.key = "elsewhere",
     SG_FLAG_AT(struct sg_peer, elsewhere),
     .help = "With `ports`: it listens on another address of the machine than `$host`."},
    {.key = "hangs_up",
     SG_FLAG_AT(struct sg_peer, hangs_up),
     .help = "With `ports`: it closes each connection as soon as it has accepted it."},
    {.key = "silent",
     SG_FLAG_AT(struct sg_peer, silent),
     .help = "With `ports`: its backlog is full, so that whoever connects gets no answer at all."},
};

static const struct sg_type type_peer_map = {.name = "a peer",
                                             .id = "peer map",
                                             .kind = SG_KIND_RECORD,
                                             .size = sizeof(struct sg_peer),
                                             .fields = peer_fields,
                                             .field_count = SG_COUNT(peer_fields)};

static const struct sg_alternative peer_forms[] = {
    {.kind = SG_NODE_SCALAR, .type = &type_peer_kind, .offset = SG_AT(struct sg_peer, kind, int)},
    {.kind = SG_NODE_MAP, .type = &type_peer_map},
};

static const struct sg_type type_peer = {
    .name = "a peer",
    .id = "peer",
    .kind = SG_KIND_UNION,
    .size = sizeof(struct sg_peer),
    .help = "One end of a conversation that the examiner plays.",
    .example = "client",
    .alternatives = peer_forms,
    .alternative_count = SG_COUNT(peer_forms),
    .name_at = SG_KEPT_AT(struct sg_peer, name, const char *),
    .key_at = SG_KEPT_AT(struct sg_peer, name_node, const struct sg_node *),
    .broken_at = SG_KEPT_AT(struct sg_peer, broken, bool)};

static const struct sg_type type_peers = {.name = "a map of peers",
                                          .id = "peers",
                                          .kind = SG_KIND_TABLE,
                                          .size = sizeof((struct sg_assignment *)0)->peers,
                                          .item = &type_peer,
                                          .most = 20};

const struct sg_type sg_type_definitions = {.name = "a map of data",
                                            .id = "definitions",
                                            .kind = SG_KIND_TABLE,
                                            .size = sizeof((struct sg_assignment *)0)->data,
                                            .item = &sg_type_data,
                                            .most = 100,
                                            .help = "Payload by name, for `ref`."};

static const struct sg_type type_group = {
    .name = "a title",
    .id = "group",
    .kind = SG_KIND_UNION,
    .size = sizeof(struct sg_group),
    .alternatives =
        (const struct sg_alternative[]){{.kind = SG_NODE_SCALAR,
                                         .type = &sg_type_words,
                                         .offset = SG_AT(struct sg_group, title, struct sg_words)},
                                        {.kind = SG_NODE_MAP,
                                         .type = &sg_type_words,
                                         .offset = SG_AT(struct sg_group, title, struct sg_words)}},
    .alternative_count = 2,
    .name_at = SG_KEPT_AT(struct sg_group, name, const char *)};

static const struct sg_type type_groups = {.name = "a map of groups",
                                           .id = "groups",
                                           .kind = SG_KIND_TABLE,
                                           .size = sizeof((struct sg_assignment *)0)->groups,
                                           .item = &type_group,
                                           .most = 30};

static const struct sg_type type_total = {
    .name = "points",
    .id = "total",
    .kind = SG_KIND_UNION,
    .size = sizeof(struct sg_total),
    .alternatives =
        (const struct sg_alternative[]){{.kind = SG_NODE_SCALAR,
                                         .type = &sg_type_points,
                                         .offset = SG_AT(struct sg_total, points, int64_t)}},
    .alternative_count = 1,
    .name_at = SG_KEPT_AT(struct sg_total, name, const char *),
    .key_at = SG_KEPT_AT(struct sg_total, name_node, const struct sg_node *),
    .node_at = SG_KEPT_AT(struct sg_total, node, const struct sg_node *)};

static const struct sg_type type_totals = {.name = "a map of roles to points",
                                           .id = "totals",
                                           .kind = SG_KIND_TABLE,
                                           .size = sizeof((struct sg_assignment *)0)->totals,
                                           .item = &type_total,
                                           .most = 2};

static const struct sg_field defaults_fields[] = {
    {.key = "reply",
     SG_DURATION_AT(struct sg_assignment, reply_ns),
     .help = "How long a program may be idle before what is expected of it has come. Time in which "
             "it computes or waits for a processor does not count."},
};

static const struct sg_type type_defaults = {.name = "defaults",
                                             .id = "defaults",
                                             .kind = SG_KIND_RECORD,
                                             .size = sizeof(struct sg_assignment),
                                             .fields = defaults_fields,
                                             .field_count = SG_COUNT(defaults_fields)};

static const struct sg_type type_version = {.name = "the version of the language",
                                            .id = "version",
                                            .kind = SG_KIND_NUMBER,
                                            .size = sizeof(int64_t),
                                            .least = 1,
                                            .most = 1,
                                            .example = "1",
                                            .help = "This is version 1."};

static const struct sg_choice transport_words[] = {
    {"tcp", SG_TRANSPORT_TCP, "connections, which are streams of bytes"},
    {"udp", SG_TRANSPORT_UDP, "datagrams"},
    {"unix", SG_TRANSPORT_UNIX, "connections over local sockets, which have a name among files"},
};

static const struct sg_type type_transport = {.name = "a transport",
                                              .id = "transport",
                                              .kind = SG_KIND_CHOICE,
                                              .size = sizeof(int),
                                              .choices = transport_words,
                                              .choice_count = SG_COUNT(transport_words)};

static const struct sg_type type_frame_size = {.name = "a size",
                                               .id = "frame size",
                                               .kind = SG_KIND_SIZE,
                                               .size = sizeof(uint64_t),
                                               .least = 1,
                                               .most = 16 << 20,
                                               .example = "16MiB",
                                               .help = "1 byte to 16MiB."};

static const struct sg_field assignment_fields[] = {
    {.key = "spec",
     .type = &type_version,
     .offset = SG_AT(struct sg_assignment, version, int64_t),
     .required = true,
     .help = "The version of this language: 1."},
    {.key = "id",
     SG_NAME_AT(struct sg_assignment, id),
     .required = true,
     .help = "The name of the assignment, and of the file."},
    {.key = "abstract",
     SG_FLAG_AT(struct sg_assignment, abstract),
     .help = "It is there to be extended, and no assignment by itself."},
    {.key = "extends",
     SG_NAME_AT(struct sg_assignment, extends),
     .help = "Another spec, whose programs, peers, data, groups and cases this one adds to; a case "
             "with the same id replaces the other's."},
    {.key = "drop",
     SG_LIST_AT(sg_type_needs, struct sg_assignment, drop),
     .help = "Cases of the extended spec that are left out."},
    {.key = "hide",
     SG_LIST_AT(sg_type_needs, struct sg_assignment, hide),
     .help = "Cases of the extended spec that become hidden."},
    {.key = "title",
     SG_WORDS_AT(struct sg_assignment, title),
     .required = true,
     .help = "One line."},
    {.key = "about",
     SG_WORDS_AT(struct sg_assignment, about),
     .help = "The protocol, in a few sentences."},
    {.key = "mark",
     SG_PAYLOAD_AT(struct sg_assignment, mark),
     .help = "The bytes that end a message, where the protocol has such an end mark."},
    {.key = "longest_frame",
     .type = &type_frame_size,
     .offset = SG_AT(struct sg_assignment, longest_frame, uint64_t),
     .help = "Messages are frames, a length in four bytes (big-endian) and so many bytes: how many "
             "at most."},
    {.key = "transport",
     SG_CHOICE_AT(type_transport, struct sg_assignment, transport),
     .help = "What the programs and all peers speak; tcp where it says nothing."},
    {.key = "programs",
     SG_LIST_AT(type_programs, struct sg_assignment, programs),
     .help = "The programs that a student hands in."},
    {.key = "peers",
     SG_LIST_AT(type_peers, struct sg_assignment, peers),
     .help = "Who else takes part: the ends that the examiner plays."},
    {.key = "defaults", .type = &type_defaults, .offset = 0, .help = "What holds for all cases."},
    {.key = "data",
     SG_LIST_AT(sg_type_definitions, struct sg_assignment, data),
     .help = "Payload by name."},
    {.key = "files",
     SG_LIST_AT(sg_type_definitions, struct sg_assignment, files),
     .help = "What programs find in `/etc/hosts` (`hosts`) and `/etc/services` (`services`), "
             "instead of what the machine has there; names are then looked up in files alone."},
    {.key = "groups",
     SG_LIST_AT(type_groups, struct sg_assignment, groups),
     .help = "The groups of cases and their titles."},
    {.key = "total",
     SG_LIST_AT(type_totals, struct sg_assignment, totals),
     .help = "What the points of each role must add up to."},
    {.key = "twins",
     SG_TEXT_AT(struct sg_assignment, twins),
     .help =
         "The file of the programs that `spec prove` proves it with; beside this one, where the "
         "path is not absolute."},
    {.key = "cases",
     SG_LIST_AT(sg_type_cases, struct sg_assignment, cases),
     .required = true,
     .help = "The cases."},
};

static const struct sg_assignment initial_assignment = {.reply_ns = UINT64_C(10000000000)};

const struct sg_type sg_type_assignment = {
    .name = "a spec",
    .id = "spec",
    .kind = SG_KIND_RECORD,
    .size = sizeof(struct sg_assignment),
    .fields = assignment_fields,
    .field_count = SG_COUNT(assignment_fields),
    .initial = &initial_assignment,
    .node_at = SG_KEPT_AT(struct sg_assignment, node, const struct sg_node *)};
