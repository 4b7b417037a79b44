/* SPDX-License-Identifier: MIT
 * One event of a case as a row of its ladder, in words. */
#ifndef SG_REPORT_RUNG_H
#define SG_REPORT_RUNG_H

#include "result/result.h"

enum sg_rung_kind {
    SG_RUNG_ARROW,  /* from one side to the other */
    SG_RUNG_NOTE,   /* about the program */
    SG_RUNG_UNSENT, /* about the examiner's end */
};

struct sg_rung {
    enum sg_rung_kind kind;
    char *label; /* to be freed; may hold anything where it is the text of an event */
};

/* The row of `event`. Bytes are shown where they fit into `columns`, else counted. */
struct sg_rung sg_rung_of(const struct sg_event *event, size_t columns);

#endif
