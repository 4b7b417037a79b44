/* SPDX-License-Identifier: MIT
 * `sockgrade report`: what is in a database of results, as a table, or its submissions in any format.
 *
 * A file is one submission's, unless its name has {id} in it: then there is one for each. Of several, CSV is a
 * row for each, and HTML the page of the class. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/number.h"
#include "cli/asked.h"
#include "cli/class_page.h"
#include "cli/database.h"
#include "cli/gradebook.h"
#include "cli/output.h"
#include "cli/overview.h"
#include "cli/paths.h"
#include "report/report.h"

static const char placeholder[] = "{id}";

struct reporting {
    struct sg_call *call;
    struct sg_store *store;
    struct sg_store_run run;
    struct sg_chosen chosen;
};

/* The name of a file for one submission. */
static char *fill_in(const char *file, const char *id)
{
    struct sg_bytes name = {0};
    for (const char *found; (found = strstr(file, placeholder));
         file = found + strlen(placeholder)) {
        sg_bytes_add(&name, file, (size_t)(found - file));
        sg_bytes_add_text(&name, id);
    }
    sg_bytes_add_text(&name, file);
    return sg_bytes_take_text(&name);
}

static int write_out(struct reporting *reporting, size_t index, const char *file,
                     const struct sg_bytes *text)
{
    struct sg_error err = {0};
    if (!file)
        return sg_print(sg_bytes_slice(text));
    if (sg_file_write(file, sg_bytes_slice(text), &err) == 0)
        return 0;
    return sg_print_error_at(reporting->call, reporting->call->options.formats.words[index], &err);
}

static int write_one(struct reporting *reporting, size_t index, const struct sg_format *format,
                     const char *file, const char *id)
{
    struct sg_call *call = reporting->call;
    struct sg_run run = {0};
    struct sg_error err = {0};
    if (sg_store_load(reporting->store, id, &run, &err) < 0)
        return sg_print_error(&err);
    sg_autofree char *command =
        sg_printf("sockgrade check %s --assignment %s", run.path, run.assignment);
    sg_autofree char *pages = sg_path_explanations();
    sg_autofree char *explanations =
        pages ? sg_printf("%s/%s", pages, sg_language(&call->options)) : NULL;
    const struct sg_report_options options = {
        .color = !file && sg_wants_color(&call->options),
        .ascii = !file && sg_wants_ascii(),
        .verbose = call->options.verbose,
        .quiet = call->options.quiet,
        .for_student = call->options.reader != SG_READER_INSTRUCTOR,
        .command = command,
        .explanations = explanations,
        .language = sg_language(&call->options),
    };
    sg_autobytes struct sg_bytes text = {0};
    format->write(&run, &options, &text);
    sg_run_done(&run);
    return write_out(reporting, index, file, &text);
}

static int add_row(void *state, const struct sg_store_row *row, struct sg_error *err)
{
    struct sg_bytes *out = state;
    const char *const texts[] = {row->id, row->name, row->email};
    (void)err;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        sg_csv_add(out, texts[i], ',');
    if (row->state == SG_STORE_GRADED) {
        sg_thousandths_print(out, row->points);
        sg_bytes_add_byte(out, ',');
        sg_thousandths_print(out, row->max_points);
    } else {
        sg_bytes_add_byte(out, ',');
    }
    sg_bytes_add_byte(out, ',');
    sg_csv_add(out, sg_store_state_word(row->state), ',');
    sg_csv_add(out, row->reason ? row->reason : "", '\r');
    sg_bytes_add_byte(out, '\n');
    return 0;
}

/* One row for each submission, graded or not. */
static int write_list(struct reporting *reporting, size_t index, const char *file)
{
    const struct sg_repeated *wanted = &reporting->call->options.submissions;
    sg_autobytes struct sg_bytes text = {0};
    struct sg_error err = {0};
    sg_bytes_add_text(&text, "id,name,email,score,max_score,state,reason\r\n");
    if (sg_store_each(reporting->store, wanted->items, wanted->count, add_row, &text, &err) < 0)
        return sg_print_error(&err);
    return write_out(reporting, index, file, &text);
}

/* Whether this call writes ID.html of everybody into the folder of `file`. */
static bool writes_pages_beside(const struct sg_call *call, const char *file)
{
    const char *slash = strrchr(file, '/');
    sg_autofree char *wanted =
        sg_printf("html=%.*s%s.html", slash ? (int)(slash + 1 - file) : 0, file, placeholder);
    for (size_t i = 0; i < call->options.formats.count; i++) {
        if (strcmp(call->options.formats.items[i], wanted) == 0)
            return true;
    }
    return false;
}

static int write_class(struct reporting *reporting, size_t index, const char *file)
{
    sg_autobytes struct sg_bytes text = {0};
    int status = sg_class_page_write(reporting->call, reporting->store, &reporting->run,
                                     file && writes_pages_beside(reporting->call, file), &text);
    return status ? status : write_out(reporting, index, file, &text);
}

/* An id names a file beside the others, whoever wrote the database. */
static int check_id(const char *id)
{
    struct sg_error err = {0};
    if (*id && !strchr(id, '/'))
        return 0;
    (void)sg_fail(&err, "the id '%s' cannot be the name of a file", id);
    return sg_print_error(&err);
}

static int write_each(struct reporting *reporting, size_t index, const struct sg_format *format,
                      const char *pattern)
{
    for (size_t i = 0; i < reporting->chosen.count; i++) {
        const char *id = reporting->chosen.ids[i];
        sg_autofree char *file = fill_in(pattern, id);
        int status = check_id(id);
        if (!status)
            status = write_one(reporting, index, format, file, id);
        if (status)
            return status;
    }
    return 0;
}

static int write_format(struct reporting *reporting, size_t index)
{
    struct sg_call *call = reporting->call;
    const struct sg_chosen *chosen = &reporting->chosen;
    const char *word = call->options.formats.items[index];
    size_t length = strcspn(word, "=");
    const char *file = word[length] ? word + length + 1 : NULL;
    sg_autofree char *name = sg_printf("%.*s", (int)length, word);
    const struct sg_format *format = sg_format_find(name);
    if (file && strstr(file, placeholder))
        return write_each(reporting, index, format, file);
    bool one = call->options.submissions.count && chosen->count == 1 && !chosen->ungraded;
    if (one)
        return write_one(reporting, index, format, file, chosen->ids[0]);
    if (strcmp(name, "csv") == 0)
        return write_list(reporting, index, file);
    if (strcmp(name, "html") == 0)
        return write_class(reporting, index, file);
    return sg_refuse_word(call, call->options.formats.words[index],
                          "'%s' is of one submission: choose it with --submission, or name the "
                          "files %s={id}.%s",
                          name, name, name);
}

static int report(struct reporting *reporting)
{
    struct sg_call *call = reporting->call;
    int status = sg_database_open(call, 0, &reporting->store, &reporting->run);
    if (!status)
        status = sg_database_choose(call, reporting->store, &reporting->chosen);
    if (status)
        return status;
    if (!call->options.formats.count && !call->options.gradebooks.count)
        return sg_overview_print(call, reporting->store, &reporting->run);
    for (size_t i = 0; i < call->options.formats.count && !status; i++)
        status = write_format(reporting, i);
    if (!status && call->options.gradebooks.count)
        status = sg_gradebook_write(call, reporting->store, &reporting->run);
    return status;
}

int sg_command_report(struct sg_call *call)
{
    int refused = sg_asked_formats(call);
    if (!refused)
        refused = sg_gradebook_check(call);
    if (refused)
        return refused;
    struct reporting reporting = {.call = call};
    int status = report(&reporting);
    sg_chosen_done(&reporting.chosen);
    sg_store_run_done(&reporting.run);
    sg_store_close(reporting.store);
    return status;
}
