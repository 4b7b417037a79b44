/* SPDX-License-Identifier: MIT
 * A run, written in one of several formats. A format is a row of a table and a file of its own; it
 * sees results, never live state. */
#ifndef SG_REPORT_REPORT_H
#define SG_REPORT_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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
    /* The folder of the explanations in `language` ("en"), for formats that bring them; NULL: they
     * name the command that shows them. */
    const char *explanations;
    const char *language;
    /* For formats that name the run they are of: what the environment says (getenv; NULL: nothing),
     * and when this is, in milliseconds since 1970. */
    const char *(*variable)(const char *name);
    uint64_t now_ms;
};

struct sg_format {
    const char *name;
    const char *help;
    void (*write)(const struct sg_run *run, const struct sg_report_options *options,
                  struct sg_bytes *out);
    /* Where it goes when no file is named; without either, to standard output. */
    int descriptor;       /* this one, where it is open */
    const char *appended; /* to the end of the file that this variable names, where it is set */
    bool shown;     /* it is to be read in a log: where that obeys commands it is fenced off */
    bool each_case; /* a file of it is written anew after each case: a killed run leaves one */
    const char *needs[6]; /* the variables without which it cannot be written */
};

extern const struct sg_format sg_formats[];
extern const size_t sg_format_count;
/* The format called `name`, or NULL. */
const struct sg_format *sg_format_find(const char *name);

/* Appends a cell of CSV and what stands behind it, as all our CSV is written (csv.c). */
void sg_csv_add(struct sg_bytes *out, const char *text, char after);

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
void sg_write_github_summary(const struct sg_run *run, const struct sg_report_options *options,
                             struct sg_bytes *out);
void sg_write_csv(const struct sg_run *run, const struct sg_report_options *options,
                  struct sg_bytes *out);
void sg_write_html(const struct sg_run *run, const struct sg_report_options *options,
                   struct sg_bytes *out);
void sg_write_ctrf(const struct sg_run *run, const struct sg_report_options *options,
                   struct sg_bytes *out);
void sg_write_classroom50(const struct sg_run *run, const struct sg_report_options *options,
                          struct sg_bytes *out);
void sg_write_autolab(const struct sg_run *run, const struct sg_report_options *options,
                      struct sg_bytes *out);
void sg_write_prairielearn(const struct sg_run *run, const struct sg_report_options *options,
                           struct sg_bytes *out);
void sg_write_codegrade(const struct sg_run *run, const struct sg_report_options *options,
                        struct sg_bytes *out);
void sg_write_vpl(const struct sg_run *run, const struct sg_report_options *options,
                  struct sg_bytes *out);

#endif
