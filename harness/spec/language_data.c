/* SPDX-License-Identifier: MIT
 * The tables of payload: what is sent or expected, and how it is cut into segments. */
#include "spec/language.h"

static const struct sg_type type_boxed_data = {.name = "data",
                                               .id = "boxed data",
                                               .kind = SG_KIND_BOX,
                                               .size = sizeof(struct sg_data *),
                                               .item = &sg_type_data};

static const struct sg_type type_times = {.name = "a number of times",
                                          .id = "times",
                                          .kind = SG_KIND_NUMBER,
                                          .size = sizeof(int64_t),
                                          .least = 0,
                                          .most = 1 << 20,
                                          .example = "100",
                                          .help = "0 to 1048576."};

#define ONLY(variant) (UINT64_C(1) << (variant))

static const struct sg_field data_fields[] = {
    {.key = "hex",
     SG_TEXT_AT(struct sg_data, hex),
     .variant = SG_DATA_HEX,
     .help = "Bytes in hexadecimal, blanks between as you like: `\"00 ff 0d 0a\"`."},
    {.key = "random",
     SG_SIZE_AT(struct sg_data, size),
     .variant = SG_DATA_RANDOM,
     .help = "So many bytes, drawn from the seed: the same in every run with that seed."},
    {.key = "alphabet",
     SG_TEXT_AT(struct sg_data, alphabet),
     .with = ONLY(SG_DATA_RANDOM),
     .help = "The bytes that `random` draws from: `\"a-z0-9 \"`. Without it all 256 values."},
    {.key = "words",
     SG_COUNT_AT(struct sg_data, count),
     .variant = SG_DATA_WORDS,
     .help = "So many words of lower-case letters, a blank between, drawn from the seed."},
    {.key = "every_byte",
     SG_FLAG_AT(struct sg_data, every_byte),
     .variant = SG_DATA_EVERY_BYTE,
     .help = "The values 0 to 255 in order."},
    {.key = "but",
     SG_PAYLOAD_AT(struct sg_data, but),
     .with = ONLY(SG_DATA_EVERY_BYTE) | ONLY(SG_DATA_RANDOM),
     .help = "The bytes that `every_byte` and `random` leave out."},
    {.key = "repeat",
     SG_LIST_AT(type_boxed_data, struct sg_data, of),
     .variant = SG_DATA_REPEAT,
     .help = "Other data, several `times` over."},
    {.key = "times",
     .type = &type_times,
     .offset = SG_AT(struct sg_data, count, int64_t),
     .with = ONLY(SG_DATA_REPEAT),
     .required = true,
     .help = "How often `repeat` repeats."},
    {.key = "ref",
     SG_NAME_AT(struct sg_data, target),
     .variant = SG_DATA_REF,
     .help = "What is defined under this name in `data`."},
    {.key = "received",
     SG_NAME_AT(struct sg_data, target),
     .variant = SG_DATA_RECEIVED,
     .help = "All that this peer has received so far."},
    {.key = "sent",
     SG_NAME_AT(struct sg_data, target),
     .variant = SG_DATA_SENT,
     .help = "All that this peer has sent so far."},
    {.key = "half_of",
     SG_LIST_AT(type_boxed_data, struct sg_data, of),
     .variant = SG_DATA_HALF,
     .help = "The first half of other data, at least a byte."},
    {.key = "frame",
     SG_LIST_AT(type_boxed_data, struct sg_data, of),
     .variant = SG_DATA_FRAME,
     .help = "Other data as a frame: its length in four bytes, big-endian, and the data."},
    {.key = "payload_of",
     SG_LIST_AT(type_boxed_data, struct sg_data, of),
     .variant = SG_DATA_PAYLOAD,
     .help = "What such a frame holds: other data without its first four bytes."},
    {.key = "altered",
     SG_LIST_AT(type_boxed_data, struct sg_data, of),
     .variant = SG_DATA_ALTERED,
     .help =
         "Other data with another letter for each of its letters, another digit for each digit."},
    {.key = "record",
     SG_LIST_AT(sg_type_datas, struct sg_data, pieces),
     .variant = SG_DATA_RECORD,
     .help = "A line of these fields, `|` between: in each a `\\` stands before `|` and `\\`."},
    {.key = "record_answer",
     SG_LIST_AT(type_boxed_data, struct sg_data, of),
     .variant = SG_DATA_RECORD_ANSWER,
     .help = "The right answers to these lines of five fields: `OK` and the number of bytes of the "
             "last field, or `ERR`."},
    {.key = "line_text",
     SG_LIST_AT(type_boxed_data, struct sg_data, of),
     .variant = SG_DATA_LINE_TEXT,
     .help = "Other data without the line end behind it."},
    {.key = "each",
     SG_LIST_AT(type_boxed_data, struct sg_data, of),
     .variant = SG_DATA_EACH,
     .help = "Other data, of which every peer, and every member of a group, has its own: what is "
             "drawn in it is drawn anew for whoever acts."},
    {.key = "caesar_answer",
     SG_LIST_AT(type_boxed_data, struct sg_data, of),
     .variant = SG_DATA_CAESAR_ANSWER,
     .help = "The right answer to this Caesar request (`e03abc.` gives `def.`)."},
};

static const struct sg_type type_data_map = {.name = "data",
                                             .id = "data map",
                                             .kind = SG_KIND_RECORD,
                                             .size = sizeof(struct sg_data),
                                             .fields = data_fields,
                                             .field_count = SG_COUNT(data_fields),
                                             .needs_variant = true,
                                             .tag_at = SG_KEPT_AT(struct sg_data, form, int)};

const struct sg_type sg_type_datas = {.name = "a list of pieces",
                                      .id = "pieces",
                                      .kind = SG_KIND_LIST,
                                      .size = sizeof((struct sg_data *)0)->pieces,
                                      .item = &sg_type_data,
                                      .least = 1,
                                      .most = 1000};

static const struct sg_alternative data_forms[] = {
    {.kind = SG_NODE_SCALAR,
     .type = &sg_type_payload,
     .offset = SG_AT(struct sg_data, literal, struct sg_slice),
     .tag = SG_DATA_LITERAL},
    {.kind = SG_NODE_LIST,
     .type = &sg_type_datas,
     .offset = offsetof(struct sg_data, pieces),
     .tag = SG_DATA_PIECES},
    {.kind = SG_NODE_MAP, .type = &type_data_map},
};

const struct sg_type sg_type_data = {
    .name = "data",
    .id = "data",
    .kind = SG_KIND_UNION,
    .size = sizeof(struct sg_data),
    .help = "Bytes: a literal in double quotes, a list of pieces, or a map that says how they are "
            "made. Nothing is ever replaced inside a literal.",
    .example = "\"hello\\n\"",
    .alternatives = data_forms,
    .alternative_count = SG_COUNT(data_forms),
    .tag_at = SG_KEPT_AT(struct sg_data, form, int),
    .name_at = SG_KEPT_AT(struct sg_data, name, const char *),
    .key_at = SG_KEPT_AT(struct sg_data, name_node, const struct sg_node *),
    .node_at = SG_KEPT_AT(struct sg_data, node, const struct sg_node *),
    .broken_at = SG_KEPT_AT(struct sg_data, broken, bool)};

static const struct sg_type type_piece_size = {.name = "a size",
                                               .id = "piece size",
                                               .kind = SG_KIND_SIZE,
                                               .size = sizeof(uint64_t),
                                               .least = 1,
                                               .most = 16 << 20,
                                               .example = "3",
                                               .help = "1 byte to 16MiB."};

static const struct sg_type type_sizes = {.name = "a list of sizes",
                                          .id = "sizes",
                                          .kind = SG_KIND_LIST,
                                          .size = sizeof((struct sg_split *)0)->sizes,
                                          .item = &type_piece_size,
                                          .least = 1,
                                          .most = 100};

static const struct sg_choice split_words[] = {
    {"bytes", SG_SPLIT_BYTES, "one byte at a time"},
};

static const struct sg_type type_split_word = {.name = "a way to cut",
                                               .id = "cut",
                                               .kind = SG_KIND_CHOICE,
                                               .size = sizeof(int),
                                               .choices = split_words,
                                               .choice_count = SG_COUNT(split_words)};

static const struct sg_field split_fields[] = {
    {.key = "chunks",
     .type = &type_piece_size,
     .offset = SG_AT(struct sg_split, size, uint64_t),
     .variant = SG_SPLIT_CHUNKS,
     .help = "Pieces of this size."},
    {.key = "parts",
     SG_COUNT_AT(struct sg_split, count),
     .variant = SG_SPLIT_PARTS,
     .help = "So many pieces, of the same size but for a byte."},
    {.key = "around",
     SG_PAYLOAD_AT(struct sg_split, mark),
     .variant = SG_SPLIT_AROUND,
     .help = "Every occurrence of these bytes is a piece of its own."},
};

static const struct sg_type type_split_map = {.name = "a way to cut",
                                              .id = "cut map",
                                              .kind = SG_KIND_RECORD,
                                              .size = sizeof(struct sg_split),
                                              .fields = split_fields,
                                              .field_count = SG_COUNT(split_fields),
                                              .needs_variant = true,
                                              .tag_at = SG_KEPT_AT(struct sg_split, form, int)};

static const struct sg_alternative split_forms[] = {
    {.kind = SG_NODE_SCALAR, .type = &type_split_word, .offset = SG_AT(struct sg_split, form, int)},
    {.kind = SG_NODE_LIST,
     .type = &type_sizes,
     .offset = offsetof(struct sg_split, sizes),
     .tag = SG_SPLIT_SIZES},
    {.kind = SG_NODE_MAP, .type = &type_split_map},
};

const struct sg_type sg_type_split = {
    .name = "a way to cut",
    .id = "split",
    .kind = SG_KIND_UNION,
    .size = sizeof(struct sg_split),
    .help = "How a message is cut into segments. Each piece is sent when the program has taken the "
            "one before it out of its socket. A list gives the first sizes; what is left is the "
            "last piece.",
    .example = "[3, 3]",
    .alternatives = split_forms,
    .alternative_count = SG_COUNT(split_forms),
    .tag_at = SG_KEPT_AT(struct sg_split, form, int)};
