/* SPDX-License-Identifier: MIT
 * A run in a format. */
#include "cli/render.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "cli/output.h"
#include "cli/paths.h"
#include "cli/sink.h"

/* What a reader types to run one of these cases again, but for the case and the seed. */
static char *how_called(const struct sg_again *again, const struct sg_options *given)
{
    struct sg_bytes command = {0};
    sg_bytes_add_text(&command, "sockgrade check");
    if (strcmp(again->path, ".") != 0)
        sg_add_word(&command, "", again->path);
    if (again->spec)
        sg_add_word(&command, " --spec", again->spec);
    else if (again->assignment)
        sg_add_word(&command, " --assignment", again->assignment);
    if (given->lang)
        sg_add_word(&command, " --lang", sg_language(given));
    return sg_bytes_take_text(&command);
}

/* The folder of the pages of `explain` in the reader's language; NULL: there is none. */
static char *explanations_of(const struct sg_options *options)
{
    sg_autofree char *folder = sg_path_explanations();
    return folder ? sg_printf("%s/%s", folder, sg_language(options)) : NULL;
}

void sg_render(const struct sg_call *call, const struct sg_run *run, const struct sg_again *again,
               const struct sg_format *format, const char *file, struct sg_bytes *out)
{
    const struct sg_options *given = &call->options;
    sg_autofree char *command = how_called(again, given);
    sg_autofree char *explanations = explanations_of(given);
    const struct sg_report_options options = {
        .color = !file && sg_wants_color(given),
        .ascii = !file && sg_wants_ascii(),
        .verbose = given->verbose,
        .quiet = given->quiet,
        .for_student = given->reader != SG_READER_INSTRUCTOR,
        .command = command,
        .explanations = explanations,
        .language = sg_language(given),
        .variable = sg_sink_variable,
        .now_ms = sg_date_ns() / SG_NS_PER_MS,
    };
    format->write(run, &options, out);
}
