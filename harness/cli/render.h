/* SPDX-License-Identifier: MIT
 * A run in one of the formats that the command line asks for. */
#ifndef SG_CLI_RENDER_H
#define SG_CLI_RENDER_H

#include "cli/command.h"
#include "report/report.h"

/* The submission that a report is of, as a reader names it to check it again. */
struct sg_again {
    const char *path;
    const char *assignment; /* NULL: not named */
    const char *spec;       /* a file, which goes before the assignment; NULL */
};

/* Appends the report as it goes into `file` (NULL: to where a report without one goes, sink.h). */
void sg_render(const struct sg_call *call, const struct sg_run *run, const struct sg_again *again,
               const struct sg_format *format, const char *file, struct sg_bytes *out);

#endif
