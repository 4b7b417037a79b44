/* SPDX-License-Identifier: MIT
 * The types of the spec language that its table files share. */
#ifndef SG_SPEC_LANGUAGE_H
#define SG_SPEC_LANGUAGE_H

#include "spec/assignment.h"

extern const struct sg_type sg_type_data, sg_type_datas, sg_type_split, sg_type_steps,
    sg_type_words, sg_type_argument_values, sg_type_faults, sg_type_definitions, sg_type_needs,
    sg_type_cases, sg_type_port_range;
/* What the values in an action may be. */
extern const struct sg_type sg_type_exit, sg_type_signal, sg_type_resources, sg_type_answers,
    sg_type_replies, sg_type_packet, sg_type_options, sg_type_from, sg_type_instead, sg_type_stream,
    sg_type_printed_numbers, sg_type_port_peers;

/* Rows of a record's table. The C type is checked against the member. */
#define SG_TEXT_AT(s, m)      .type = &sg_type_text, .offset = SG_AT(s, m, const char *)
#define SG_NAME_AT(s, m)      .type = &sg_type_name, .offset = SG_AT(s, m, const char *)
#define SG_FLAG_AT(s, m)      .type = &sg_type_flag, .offset = SG_AT(s, m, bool)
#define SG_COUNT_AT(s, m)     .type = &sg_type_count, .offset = SG_AT(s, m, int64_t)
#define SG_SIZE_AT(s, m)      .type = &sg_type_size, .offset = SG_AT(s, m, uint64_t)
#define SG_POINTS_AT(s, m)    .type = &sg_type_points, .offset = SG_AT(s, m, int64_t)
#define SG_DURATION_AT(s, m)  .type = &sg_type_duration, .offset = SG_AT(s, m, uint64_t)
#define SG_PAYLOAD_AT(s, m)   .type = &sg_type_payload, .offset = SG_AT(s, m, struct sg_slice)
#define SG_DATA_AT(s, m)      .type = &sg_type_data, .offset = SG_AT(s, m, struct sg_data)
#define SG_WORDS_AT(s, m)     .type = &sg_type_words, .offset = SG_AT(s, m, struct sg_words)
#define SG_CHOICE_AT(t, s, m) .type = &(t), .offset = SG_AT(s, m, int)
/* A list or table: its struct has no name to check, only a place. */
#define SG_LIST_AT(t, s, m) .type = &(t), .offset = offsetof(s, m)

#endif
