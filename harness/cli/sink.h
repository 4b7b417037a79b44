/* SPDX-License-Identifier: MIT
 * Where a report goes: to the file that was named, else to where its format wants to go
 * (report/report.h), else to standard output. */
#ifndef SG_CLI_SINK_H
#define SG_CLI_SINK_H

#include "cli/command.h"
#include "report/report.h"

/* The format of "NAME" or "NAME=FILE", NULL where there is none of that name; *ret_file is NULL
 * where none is named. */
const struct sg_format *sg_sink_parse(const char *word, const char **ret_file);
/* Whether the format at `index` of the command line is one, and can go where it shall, before any
 * descriptor of ours is open. Returns 0, or the exit status, and has said why. */
int sg_sink_check(struct sg_call *call, size_t index, const struct sg_format *format,
                  const char *file);
/* Writes it; returns the exit status. */
int sg_sink_write(struct sg_call *call, size_t index, const struct sg_format *format,
                  const char *file, struct sg_slice text);
/* Whether one is a file that is written after each case. */
bool sg_sink_each_case(const struct sg_options *options);

/* What the environment says, as sg_report_options want it. */
const char *sg_sink_variable(const char *name);

#endif
