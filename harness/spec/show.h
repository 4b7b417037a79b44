/* SPDX-License-Identifier: MIT
 * One case in words and as a ladder, told from the spec alone: nothing is run. */
#ifndef SG_SPEC_SHOW_H
#define SG_SPEC_SHOW_H

#include <stdbool.h>

#include "spec/assignment.h"

/* Appends the case: what it is, its play with a row for each step (the peers at the left, the
 * program at the right), and what the names of its payload stand for. Its signs are ASCII where
 * `ascii` is true; the spec's own texts stay as they are. */
void sg_spec_show(const struct sg_assignment *assignment, const struct sg_case *one, bool ascii,
                  struct sg_bytes *out);

/* How an action is told: a row of the ladder, or a sentence. */
enum sg_show_form {
    SG_SHOW_TO_PROGRAM,   /* an arrow from the peer to the program */
    SG_SHOW_FROM_PROGRAM, /* an arrow from the program to the peer */
    SG_SHOW_AT_PEER,
    SG_SHOW_SENTENCE,
};
enum sg_show_form sg_show_form(int action);
/* The words for `action`, with {names} for what a step adds to them; NULL where there are none. */
const char *sg_show_words(int action);
/* Appends the words for `step`, filled in. */
void sg_show_step(const struct sg_assignment *assignment, const struct sg_step *step,
                  struct sg_bytes *out);

#endif
