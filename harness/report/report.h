/* SPDX-License-Identifier: MIT
 * A run, written in one of several formats. A format is a row of a table and a file of its own; it
 * sees results, never live state. */
#ifndef SG_REPORT_REPORT_H
#define SG_REPORT_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"
#include "result/result.h"

struct sg_report_options {
    bool color;       /* for formats that a terminal shows */
    bool ascii;       /* no character beyond ASCII in what is ours */
    bool verbose;     /* all cases in full, not only those that failed */
    bool quiet;       /* the sum alone */
    bool for_student; /* nothing of hidden cases but title and points */
    /* How the command was called, for the line that repeats one case: "sockgrade check DIR". */
    const char *command;
    /* The folder of the explanations in `language` ("en"), for formats that bring them; NULL: they name the
     * command that shows them. */
    const char *explanations;
    const char *language;
};

struct sg_format {
    const char *name;
    const char *help;
    void (*write)(const struct sg_run *run, const struct sg_report_options *options,
                  struct sg_bytes *out);
};

extern const struct sg_format sg_formats[];
extern const size_t sg_format_count;
/* The format called `name`, or NULL. */
const struct sg_format *sg_format_find(const char *name);

/* The writers, one file each. */
void sg_write_pretty(const struct sg_run *run, const struct sg_report_options *options,
                     struct sg_bytes *out);
void sg_write_json(const struct sg_run *run, const struct sg_report_options *options,
                   struct sg_bytes *out);
void sg_write_junit(const struct sg_run *run, const struct sg_report_options *options,
                    struct sg_bytes *out);
void sg_write_tap(const struct sg_run *run, const struct sg_report_options *options,
                  struct sg_bytes *out);
void sg_write_gradescope(const struct sg_run *run, const struct sg_report_options *options,
                         struct sg_bytes *out);
void sg_write_github(const struct sg_run *run, const struct sg_report_options *options,
                     struct sg_bytes *out);
void sg_write_csv(const struct sg_run *run, const struct sg_report_options *options,
                  struct sg_bytes *out);
void sg_write_html(const struct sg_run *run, const struct sg_report_options *options,
                   struct sg_bytes *out);

#endif
