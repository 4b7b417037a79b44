/* SPDX-License-Identifier: MIT
 * `sockgrade report`: what is in a database of results, as a table, or its submissions in any
 * format.
 *
 * A file is one submission's, unless its name has {id} in it: then there is one for each. Of
 * several, CSV is a row for each, and HTML the page of the class. */
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
#include "cli/render.h"
#include "cli/sink.h"
#include "spec/library.h"

static const char placeholder[] = "{id}";

struct reporting {
    struct sg_call *call;
    struct sg_store *store;
    struct sg_store_run run;
    struct sg_chosen chosen;
    struct sg_again again;
    char *spec; /* that it names */
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

static const char *file_of(const struct sg_call *call, size_t index)
{
    const char *file;
    (void)sg_sink_parse(call->options.formats.items[index], &file);
    return file;
}

static int write_one(struct reporting *reporting, size_t index, const struct sg_format *format,
                     const char *file, const char *id)
{
    struct sg_run run = {0};
    struct sg_error err = {0};
    if (sg_store_load(reporting->store, id, &run, &err) < 0)
        return sg_print_error(&err);
    sg_autobytes struct sg_bytes text = {0};
    sg_render(reporting->call, &run, &reporting->again, format, file, &text);
    sg_run_done(&run);
    return sg_sink_write(reporting->call, index, format, file, sg_bytes_slice(&text));
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
static int write_list(struct reporting *reporting, size_t index, const struct sg_format *format,
                      const char *file)
{
    const struct sg_repeated *wanted = &reporting->call->options.submissions;
    sg_autobytes struct sg_bytes text = {0};
    struct sg_error err = {0};
    sg_bytes_add_text(&text, "id,name,email,score,max_score,state,reason\r\n");
    if (sg_store_each(reporting->store, wanted->items, wanted->count, add_row, &text, &err) < 0)
        return sg_print_error(&err);
    return sg_sink_write(reporting->call, index, format, file, sg_bytes_slice(&text));
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

static int write_class(struct reporting *reporting, size_t index, const struct sg_format *format,
                       const char *file)
{
    sg_autobytes struct sg_bytes text = {0};
    int status = sg_class_page_write(reporting->call, reporting->store, &reporting->run,
                                     file && writes_pages_beside(reporting->call, file), &text);
    return status ? status
                  : sg_sink_write(reporting->call, index, format, file, sg_bytes_slice(&text));
}

/* An id names a file or a folder beside the others, whoever wrote the database. */
static int check_id(const char *id, struct sg_error *err)
{
    if (*id && !strchr(id, '/') && strcmp(id, ".") != 0 && strcmp(id, "..") != 0)
        return 0;
    return sg_fail(err, "the id '%s' cannot be the name of a file", id);
}

/* NULL: the current one. */
static char *folder_of(const char *file)
{
    size_t length = strlen(file);
    while (length && file[length - 1] != '/')
        length--;
    return length ? sg_printf("%.*s", (int)length - 1, file) : NULL;
}

/* Whether the file of submission `id` can be written; the folders that its id names are made. */
static int prepare_one(const char *pattern, const char *id, struct sg_error *err)
{
    if (check_id(id, err) < 0)
        return -1;
    sg_autofree char *file = fill_in(pattern, id);
    sg_autofree char *folder = folder_of(pattern);
    if (folder && strstr(folder, placeholder)) {
        sg_autofree char *filled_in = fill_in(folder, id);
        if (sg_asked_folder(filled_in, err) < 0)
            return -1;
    }
    return sg_file_check_writable(file, err);
}

/* Everybody's files are looked at before the first is written. Returns 0, or the exit status. */
static int prepare_all(const struct reporting *reporting)
{
    struct sg_call *call = reporting->call;
    const struct sg_chosen *chosen = &reporting->chosen;
    for (size_t i = 0; i < call->options.formats.count; i++) {
        const char *pattern = file_of(call, i);
        for (size_t j = 0; pattern && strstr(pattern, placeholder) && j < chosen->count; j++) {
            struct sg_error err = {0};
            if (prepare_one(pattern, chosen->ids[j], &err) < 0)
                return sg_print_error_at(call, call->options.formats.words[i], &err);
        }
    }
    return 0;
}

static int write_each(struct reporting *reporting, size_t index, const struct sg_format *format,
                      const char *pattern)
{
    int status = 0;
    for (size_t i = 0; i < reporting->chosen.count && !status; i++) {
        sg_autofree char *file = fill_in(pattern, reporting->chosen.ids[i]);
        status = write_one(reporting, index, format, file, reporting->chosen.ids[i]);
    }
    return status;
}

static int write_format(struct reporting *reporting, size_t index)
{
    struct sg_call *call = reporting->call;
    const struct sg_chosen *chosen = &reporting->chosen;
    const char *file;
    const struct sg_format *format = sg_sink_parse(call->options.formats.items[index], &file);
    if (file && strstr(file, placeholder))
        return write_each(reporting, index, format, file);
    bool one = call->options.submissions.count && chosen->count == 1 && !chosen->ungraded;
    if (one)
        return write_one(reporting, index, format, file, chosen->ids[0]);
    if (strcmp(format->name, "csv") == 0)
        return write_list(reporting, index, format, file);
    if (strcmp(format->name, "html") == 0)
        return write_class(reporting, index, format, file);
    return sg_refuse_word(call, call->options.formats.words[index],
                          "'%s' is of one submission: choose it with --submission, or name the "
                          "files %s={id}.%s",
                          format->name, format->name, format->name);
}

/* A student is in the folder of the submission. A spec that is in no library came from a file,
 * which is called as its id. */
static void find_again(struct reporting *reporting)
{
    struct sg_library library = {0};
    struct sg_error ignored;
    char *path = NULL;
    const char *id = reporting->run.assignment;
    sg_paths_library(&library);
    bool found = sg_library_find(&library, id, &path, &ignored) == 0;
    sg_library_done(&library);
    free(path);
    reporting->spec = found ? NULL : sg_printf("%s.yaml", id);
    reporting->again = (struct sg_again){.path = ".", .assignment = id, .spec = reporting->spec};
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
    find_again(reporting);
    status = prepare_all(reporting);
    for (size_t i = 0; i < call->options.formats.count && !status; i++)
        status = write_format(reporting, i);
    if (!status && call->options.gradebooks.count)
        status = sg_gradebook_write(call, reporting->store, &reporting->run);
    return status;
}

int sg_command_report(struct sg_call *call)
{
    int refused = sg_asked_formats(call, placeholder);
    if (!refused)
        refused = sg_gradebook_check(call);
    if (refused)
        return refused;
    struct reporting reporting = {.call = call};
    int status = report(&reporting);
    free(reporting.spec);
    sg_chosen_done(&reporting.chosen);
    sg_store_run_done(&reporting.run);
    sg_store_close(reporting.store);
    return status;
}
