/* SPDX-License-Identifier: MIT
 * The tables of faults: what is done to a program's calls on its sockets. */
#include <errno.h>

#include "spec/language.h"

static const struct sg_choice call_words[] = {
    {"send", SG_FAULT_SEND, "send, sendto, sendmsg, sendmmsg, write, writev, sendfile, splice"},
    {"recv", SG_FAULT_RECV, "recv, recvfrom, recvmsg, recvmmsg, read, readv"},
    {"accept", SG_FAULT_ACCEPT, "accept, accept4"},
};

static const struct sg_type type_call = {.name = "a call",
                                         .id = "call",
                                         .kind = SG_KIND_CHOICE,
                                         .size = sizeof(int),
                                         .choices = call_words,
                                         .choice_count = SG_COUNT(call_words)};

static const struct sg_choice error_words[] = {
    {"EINTR", EINTR, "a signal interrupted it"},
    {"EAGAIN", EAGAIN, "a non-blocking socket is not ready; others are left alone"},
    {"ECONNRESET", ECONNRESET, "the other side reset the connection"},
    {"EPIPE", EPIPE, "the other side is gone; with SIGPIPE, as the kernel sends it"},
    {"ECONNABORTED", ECONNABORTED, "the connection was over before it was accepted"},
    {"EMFILE", EMFILE, "the process has too many descriptors"},
};

static const struct sg_type type_error = {.name = "an error",
                                          .id = "error",
                                          .kind = SG_KIND_CHOICE,
                                          .size = sizeof(int),
                                          .choices = error_words,
                                          .choice_count = SG_COUNT(error_words)};

static const struct sg_type type_bytes = {.name = "a number of bytes or a range",
                                          .id = "bytes",
                                          .kind = SG_KIND_RANGE,
                                          .size = sizeof(struct sg_range),
                                          .least = 1,
                                          .most = 1 << 20,
                                          .example = "1..7",
                                          .help = "1 to 1048576."};

static const struct sg_field fault_fields[] = {
    {.key = "call",
     SG_CHOICE_AT(type_call, struct sg_fault, call),
     .required = true,
     .help = "Which calls."},
    {.key = "accept",
     .type = &type_bytes,
     .offset = SG_AT(struct sg_fault, bytes, struct sg_range),
     .variant = SG_FAULT_ACCEPTS,
     .help = "A send takes at most so many bytes, drawn from the seed for each. Of a long message "
             "the pieces grow: twice as many after every eighth."},
    {.key = "give",
     .type = &type_bytes,
     .offset = SG_AT(struct sg_fault, bytes, struct sg_range),
     .variant = SG_FAULT_GIVES,
     .help = "A receive finds at most so many bytes: what is sent to the program without an 'as' "
             "goes in such segments."},
    {.key = "fail",
     SG_CHOICE_AT(type_error, struct sg_fault, error),
     .variant = SG_FAULT_FAILS,
     .help = "The call fails with this error, and has done nothing."},
    {.key = "nth", SG_COUNT_AT(struct sg_fault, nth), .help = "Only the n-th such call."},
    {.key = "every", SG_COUNT_AT(struct sg_fault, every), .help = "Only every n-th such call."},
};

static const struct sg_type type_fault = {
    .name = "a fault",
    .id = "fault",
    .kind = SG_KIND_RECORD,
    .size = sizeof(struct sg_fault),
    .fields = fault_fields,
    .field_count = SG_COUNT(fault_fields),
    .needs_variant = true,
    .tag_at = SG_KEPT_AT(struct sg_fault, form, int),
    .node_at = SG_KEPT_AT(struct sg_fault, node, const struct sg_node *)};

static const struct sg_type type_fault_list = {.name = "a list of faults",
                                               .id = "fault list",
                                               .kind = SG_KIND_LIST,
                                               .size = sizeof((struct sg_program_faults *)0)->list,
                                               .item = &type_fault,
                                               .least = 1,
                                               .most = 8};

static const struct sg_type type_program_faults = {
    .name = "a list of faults",
    .id = "program faults",
    .kind = SG_KIND_UNION,
    .size = sizeof(struct sg_program_faults),
    .alternatives =
        (const struct sg_alternative[]){{.kind = SG_NODE_LIST,
                                         .type = &type_fault_list,
                                         .offset = offsetof(struct sg_program_faults, list)}},
    .alternative_count = 1,
    .name_at = SG_KEPT_AT(struct sg_program_faults, name, const char *),
    .node_at = SG_KEPT_AT(struct sg_program_faults, node, const struct sg_node *)};

const struct sg_type sg_type_faults = {.name = "a map of programs to faults",
                                       .id = "faults",
                                       .kind = SG_KIND_TABLE,
                                       .size = sizeof((struct sg_case *)0)->faults,
                                       .item = &type_program_faults,
                                       .least = 1,
                                       .most = 2};
