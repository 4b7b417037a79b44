/* SPDX-License-Identifier: MIT
 * Prints the intake of a class as JSON, for the tests of it:
 *   print_intake SCRATCH [--layout NAME] [--id-regex EXPRESSION] [--roster FILE] PATH…
 * The exit status is that of the blame: 2 the input, 3 the machine. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/table.h"
#include "class/intake.h"

static json_t *text(const char *value)
{
    json_t *made = value ? json_string(value) : json_null();
    return made ? made : json_string("not UTF-8");
}

static json_t *texts(char **items, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        (void)json_array_append_new(list, text(items[i]));
    return list;
}

static json_t *members(const struct sg_entry *entry)
{
    json_t *list = json_array();
    for (size_t i = 0; i < entry->member_count; i++) {
        const struct sg_member *member = &entry->members[i];
        (void)json_array_append_new(list,
                                    json_pack("{s:o, s:o, s:o, s:o}", "id", text(member->id),
                                              "name", text(member->name), "email",
                                              text(member->email), "login", text(member->login)));
    }
    return list;
}

static json_t *entries(const struct sg_intake *intake)
{
    json_t *list = json_array();
    for (size_t i = 0; i < intake->entry_count; i++) {
        const struct sg_entry *entry = &intake->entries[i];
        (void)json_array_append_new(
            list, json_pack("{s:o, s:o, s:o, s:o, s:o}", "id", text(entry->id), "path",
                            text(entry->path), "members", members(entry), "attempt",
                            text(entry->attempt), "notes", texts(entry->notes, entry->note_count)));
    }
    return list;
}

static void print(const struct sg_intake *intake)
{
    json_t *all =
        json_pack("{s:o, s:o, s:o}", "layout", text(intake->layout), "entries", entries(intake),
                  "complaints", texts(intake->complaints, intake->complaint_count));
    (void)json_dumpf(all, stdout, JSON_INDENT(1));
    (void)putchar('\n');
    json_decref(all);
}

int main(int count, char **words)
{
    struct sg_intake_options options = {.scratch = count > 1 ? words[1] : NULL};
    const struct {
        const char *name;
        const char **value;
    } names[] = {
        {"--layout", &options.layout},
        {"--id-regex", &options.id_regex},
        {"--roster", &options.roster},
    };
    int at = 2;
    for (size_t i = 0; i < SG_COUNT(names) && at + 1 < count; i++) {
        if (strcmp(words[at], names[i].name) != 0)
            continue;
        *names[i].value = words[at + 1];
        at += 2;
        i = (size_t)-1;
    }
    if (at >= count) {
        (void)fprintf(stderr, "usage: print_intake SCRATCH [--layout NAME] [--id-regex EXPRESSION] "
                              "[--roster FILE] PATH...\n");
        return 2;
    }
    struct sg_intake intake;
    struct sg_error err = {0};
    int failed = sg_intake_open((const char *const *)words + at, (size_t)(count - at), &options,
                                &intake, &err);
    if (failed)
        (void)fprintf(stderr, "%s\n", err.text);
    else
        print(&intake);
    sg_intake_done(&intake);
    return !failed ? 0 : err.blame == SG_BLAME_INPUT ? 2 : 3;
}
