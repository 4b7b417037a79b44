/* SPDX-License-Identifier: MIT
 * The tables of a case: whom it judges, what it needs, who plays. */
#include "spec/language.h"

#include <sys/socket.h>

static const struct sg_choice role_words[] = {
    {"server", SG_ROLE_SERVER, "the student's server is judged"},
    {"client", SG_ROLE_CLIENT, "the student's client is judged"},
};

static const struct sg_type type_role = {.name = "a role",
                                         .id = "role",
                                         .kind = SG_KIND_CHOICE,
                                         .size = sizeof(int),
                                         .choices = role_words,
                                         .choice_count = SG_COUNT(role_words)};

static const struct sg_choice family_words[] = {
    {"ipv4", AF_INET, "127.0.0.1"},
    {"ipv6", AF_INET6, "::1"},
};

static const struct sg_type type_family = {.name = "a family",
                                           .id = "family",
                                           .kind = SG_KIND_CHOICE,
                                           .size = sizeof(int),
                                           .choices = family_words,
                                           .choice_count = SG_COUNT(family_words)};

static const struct sg_choice client_form_words[] = {
    {"unconnected", SG_FORM_UNCONNECTED, "it names the server with each datagram"},
    {"connected", SG_FORM_CONNECTED, "it connects its socket to the server"},
};

static const struct sg_type type_client_form = {.name = "a form of a client",
                                                .id = "form of a client",
                                                .kind = SG_KIND_CHOICE,
                                                .size = sizeof(int),
                                                .choices = client_form_words,
                                                .choice_count = SG_COUNT(client_form_words)};

static const struct sg_type type_need = {
    .name = "the id of a case",
    .id = "need",
    .kind = SG_KIND_UNION,
    .size = sizeof(struct sg_need),
    .alternatives =
        (const struct sg_alternative[]){{.kind = SG_NODE_SCALAR,
                                         .type = &sg_type_name,
                                         .offset = SG_AT(struct sg_need, id, const char *)}},
    .alternative_count = 1,
    .node_at = SG_KEPT_AT(struct sg_need, node, const struct sg_node *)};

const struct sg_type sg_type_needs = {.name = "a list of case ids",
                                      .id = "needs",
                                      .kind = SG_KIND_LIST,
                                      .size = sizeof((struct sg_case *)0)->needs,
                                      .item = &type_need,
                                      .most = 20};

static const struct sg_choice cast_words[] = {
    {"student", SG_CAST_STUDENT, "the student's own"},
    {"reference", SG_CAST_REFERENCE, "the reference program"},
};

static const struct sg_type type_cast_word = {.name = "who plays",
                                              .id = "cast",
                                              .kind = SG_KIND_CHOICE,
                                              .size = sizeof(int),
                                              .choices = cast_words,
                                              .choice_count = SG_COUNT(cast_words)};

static const struct sg_type type_casting = {
    .name = "who plays",
    .id = "casting",
    .kind = SG_KIND_UNION,
    .size = sizeof(struct sg_casting),
    .alternatives = (const struct sg_alternative[]){{.kind = SG_NODE_SCALAR,
                                                     .type = &type_cast_word,
                                                     .offset = SG_AT(struct sg_casting, by, int)}},
    .alternative_count = 1,
    .name_at = SG_KEPT_AT(struct sg_casting, name, const char *),
    .key_at = SG_KEPT_AT(struct sg_casting, name_node, const struct sg_node *)};

static const struct sg_type type_casts = {.name = "a map of programs",
                                          .id = "casts",
                                          .kind = SG_KIND_TABLE,
                                          .size = sizeof((struct sg_case *)0)->cast,
                                          .item = &type_casting,
                                          .most = 2};

static const struct sg_field hint_fields[] = {
    {.key = "if",
     SG_NAME_AT(struct sg_hint, code),
     .required = true,
     .help = "The diagnosis that the hint belongs to."},
    {.key = "say",
     SG_WORDS_AT(struct sg_hint, say),
     .required = true,
     .help = "Shown in place of the usual advice, only where that diagnosis was proven."},
};

static const struct sg_type type_hints = {
    .name = "a list of hints",
    .id = "hints",
    .kind = SG_KIND_LIST,
    .size = sizeof((struct sg_case *)0)->hints,
    .most = 20,
    .item = &(const struct sg_type){.name = "a hint",
                                    .id = "hint",
                                    .kind = SG_KIND_RECORD,
                                    .size = sizeof(struct sg_hint),
                                    .fields = hint_fields,
                                    .field_count = SG_COUNT(hint_fields),
                                    .node_at =
                                        SG_KEPT_AT(struct sg_hint, node, const struct sg_node *)}};

static const struct sg_type type_percent = {.name = "a percentage",
                                            .id = "percentage",
                                            .kind = SG_KIND_NUMBER,
                                            .size = sizeof(int64_t),
                                            .least = 0,
                                            .most = 50,
                                            .example = "30",
                                            .help = "0 to 50, of a hundred datagrams."};

#define PERCENT_AT(m) .type = &type_percent, .offset = SG_AT(struct sg_path, m, int64_t)

static const struct sg_field path_fields[] = {
    {.key = "lose",
     PERCENT_AT(lose),
     .help = "How many never arrive. Of the datagrams of both directions together, never more than "
             "three in a row."},
    {.key = "duplicate",
     PERCENT_AT(duplicate),
     .help = "How many arrive twice; the second copy at once, or behind the next one."},
    {.key = "reorder", PERCENT_AT(reorder), .help = "How many arrive behind the next one."},
};

static const struct sg_type type_path = {.name = "a path",
                                         .id = "path",
                                         .kind = SG_KIND_RECORD,
                                         .size = sizeof(struct sg_path),
                                         .fields = path_fields,
                                         .field_count = SG_COUNT(path_fields)};

static const struct sg_field case_fields[] = {
    {.key = "id",
     SG_NAME_AT(struct sg_case, id),
     .required = true,
     .help = "Unique in the file; what `needs` and `--case` name."},
    {.key = "title",
     SG_WORDS_AT(struct sg_case, title),
     .required = true,
     .help = "What holds when the case passes, in words that a student understands."},
    {.key = "group", SG_NAME_AT(struct sg_case, group), .help = "One of `groups`."},
    {.key = "role",
     SG_CHOICE_AT(type_role, struct sg_case, role),
     .required = true,
     .help = "Whose program is judged."},
    {.key = "points",
     SG_POINTS_AT(struct sg_case, points),
     .required = true,
     .help = "What the case is worth; the cases of a matrix share it."},
    {.key = "needs",
     SG_LIST_AT(sg_type_needs, struct sg_case, needs),
     .help = "Cases that must pass first; else this one is skipped and says so."},
    {.key = "for",
     .type = &sg_type_raw,
     .offset = SG_AT(struct sg_case, matrix, const struct sg_node *),
     .help = "A matrix: a map of variables to lists of values. The case stands for one case per "
             "combination; `$name` (or `$name.part`) as a whole value is replaced."},
    {.key = "form",
     SG_CHOICE_AT(type_client_form, struct sg_case, form),
     .help = "It is for submissions whose client has this form, and no case for others. What the "
             "points add up to holds for each form."},
    {.key = "hidden",
     SG_FLAG_AT(struct sg_case, hidden),
     .help = "A student's report shows title and points, nothing of what was played."},
    {.key = "family",
     SG_CHOICE_AT(type_family, struct sg_case, family),
     .help = "The addresses of the case; ipv4 where it says nothing."},
    {.key = "small_buffers",
     SG_FLAG_AT(struct sg_case, small_buffers),
     .help =
         "The send buffers of the case's network hold a few KiB, so that a program that sends more "
         "to a peer that does not read waits."},
    {.key = "path",
     .type = &type_path,
     .offset = SG_AT(struct sg_case, path, struct sg_path),
     .help = "What happens to datagrams between the two programs of the case. The fate of the n-th "
             "one in each direction follows from the seed."},
    {.key = "programs",
     SG_LIST_AT(type_casts, struct sg_case, cast),
     .help = "Who plays each program: `student` or `reference`. Without it: the student's program "
             "of the case's role, and no other."},
    {.key = "data",
     SG_LIST_AT(sg_type_definitions, struct sg_case, data),
     .help = "Payload of this case, by name."},
    {.key = "faults",
     SG_LIST_AT(sg_type_faults, struct sg_case, faults),
     .help = "What is done to calls of a program on its sockets. Where not one call could be "
             "interfered with, the case is inconclusive."},
    {.key = "play",
     SG_LIST_AT(sg_type_steps, struct sg_case, play),
     .required = true,
     .help = "What happens, in order."},
    {.key = "hints",
     SG_LIST_AT(type_hints, struct sg_case, hints),
     .help = "Advice of the instructor's own."},
};

static const struct sg_case initial_case = {.family = AF_INET};

static const struct sg_type type_case = {
    .name = "a case",
    .id = "case",
    .kind = SG_KIND_RECORD,
    .size = sizeof(struct sg_case),
    .fields = case_fields,
    .field_count = SG_COUNT(case_fields),
    .initial = &initial_case,
    .node_at = SG_KEPT_AT(struct sg_case, node, const struct sg_node *),
    .matrix_key = "for",
    .label_at = SG_KEPT_AT(struct sg_case, label, const char *),
    .broken_at = SG_KEPT_AT(struct sg_case, broken, bool)};

const struct sg_type sg_type_cases = {.name = "a list of cases",
                                      .id = "cases",
                                      .kind = SG_KIND_LIST,
                                      .size = sizeof((struct sg_assignment *)0)->cases,
                                      .item = &type_case,
                                      .least = 1,
                                      .most = 500};
