/* SPDX-License-Identifier: MIT
 * Specs are found by id, and joined with those that they extend. */
#include "spec/library.h"

#include "../scratch.h"
#include "loaded.h"

static struct sg_library library_of(const struct scratch *scratch)
{
    struct sg_library library = {0};
    sg_library_add(&library, scratch->path);
    return library;
}

static void done(struct sg_library *library)
{
    sg_library_done(library);
}

#define LIBRARY(name, scratch) \
    __attribute__((cleanup(done))) struct sg_library name = library_of(&(scratch))

Test(library, folders_are_split_at_colons)
{
    static const struct {
        const char *text;
        size_t count;
    } rows[] = {{NULL, 0}, {"", 0}, {":", 0}, {"a", 1}, {"a:b", 2}, {":a::b:", 2}};
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        struct sg_library library = {0};
        sg_library_add(&library, rows[i].text);
        cr_expect_eq(library.count, rows[i].count, "'%s'", rows[i].text ? rows[i].text : "");
        sg_library_done(&library);
    }
}

Test(library, the_first_folder_that_has_a_spec_wins)
{
    SCRATCH(first);
    SCRATCH(second);
    scratch_write(&first, "echo.yaml", "");
    scratch_write(&second, "echo.yaml", "");
    scratch_write(&second, "other.yaml", "");
    struct sg_library library = {0};
    sg_library_add(&library, first.path);
    sg_library_add(&library, second.path);
    struct sg_error err = {0};
    char *path = NULL;
    sg_autofree char *wanted = scratch_path(&first, "echo.yaml");
    cr_assert_eq(sg_library_find(&library, "echo", &path, &err), 0, "%s", err.text);
    cr_expect_str_eq(path, wanted);
    free(path);
    sg_library_done(&library);
}

Test(library, ids_are_listed_sorted_and_once)
{
    SCRATCH(scratch);
    scratch_write(&scratch, "b.yaml", "");
    scratch_write(&scratch, "a.yaml", "");
    scratch_write(&scratch, ".hidden.yaml", "");
    scratch_write(&scratch, "notes.txt", "");
    scratch_write(&scratch, ".yaml", "");
    LIBRARY(library, scratch);
    sg_library_add(&library, scratch.path);
    char **ids;
    size_t count;
    sg_library_list(&library, &ids, &count);
    cr_assert_eq(count, 2);
    cr_expect_str_eq(ids[0], "a");
    cr_expect_str_eq(ids[1], "b");
    free(ids[0]);
    free(ids[1]);
    free(ids);
}

Test(library, what_is_not_there_is_told_with_the_nearest_id)
{
    SCRATCH(scratch);
    scratch_write(&scratch, "echo.yaml", "");
    LIBRARY(library, scratch);
    static const struct {
        const char *id, *said;
    } rows[] = {
        {"ehco", "no assignment 'ehco' (did you mean 'echo'?)"},
        {"something", "no assignment 'something' (there are: echo)"},
        {"../echo", "no assignment '../echo' (there are: echo)"},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        struct sg_error err = {0};
        char *path = NULL;
        cr_expect_eq(sg_library_find(&library, rows[i].id, &path, &err), -1);
        cr_expect_str_eq(err.text, rows[i].said);
        cr_expect_eq(err.blame, SG_BLAME_INPUT);
        cr_expect_null(path);
    }
}

/* Loads own.yaml of the scratch folder. */
static struct loaded load_own(const struct scratch *scratch)
{
    LIBRARY(library, *scratch);
    struct loaded loaded = {.spec = sg_alloc(sizeof *loaded.spec)};
    struct sg_error err = {0};
    sg_autofree char *path = scratch_path(scratch, "own.yaml");
    cr_assert_eq(sg_spec_load(&library, path, loaded.spec, &loaded.complaints, &err), 0, "%s",
                 err.text);
    sg_autobytes struct sg_bytes said = {0};
    sg_complaints_print(&loaded.complaints, &said);
    cr_expect_eq(loaded.complaints.count, 0, "%s", sg_bytes_text(&said));
    return loaded;
}

#define BASE                                                                    \
    HEAD "mark: \".\"\ndefaults: {reply: 3s}\nabout: What base is about\n"      \
         "data: {message: \"base\", other: \"base\"}\ngroups: {basics: Base}\n" \
         "cases:\n" CASE("one") QUIET_PLAY CASE("two") QUIET_PLAY CASE("three") QUIET_PLAY

static void expect_cases(const struct loaded *loaded, const char *const *names)
{
    const struct sg_assignment *assignment = &loaded->spec->assignment;
    for (size_t i = 0; i < assignment->cases.count; i++) {
        cr_assert_not_null(names[i], "'%s' is one too many", assignment->cases.items[i].name);
        cr_expect_str_eq(assignment->cases.items[i].name, names[i]);
    }
    cr_expect_null(names[assignment->cases.count]);
}

Test(library, own_things_replace_those_of_the_extended_spec)
{
    SCRATCH(scratch);
    scratch_write(&scratch, "base.yaml", BASE);
    scratch_write(&scratch, "own.yaml",
                  "spec: 1\nid: own\nextends: base\ntitle: Own\ndata: {message: \"own\"}\n"
                  "drop: [three]\nhide: [one]\n"
                  "cases:\n" CASE("two") "    group: basics\n" QUIET_PLAY CASE("four") QUIET_PLAY);
    __attribute__((cleanup(loaded_done))) struct loaded loaded = load_own(&scratch);
    const struct sg_assignment *assignment = &loaded.spec->assignment;
    expect_cases(&loaded, (const char *const[]){"one", "two", "four", NULL});
    cr_expect(find_case(&loaded, "one")->hidden);
    cr_expect_not_null(find_case(&loaded, "two")->group);
    cr_expect_str_eq((const char *)sg_assignment_data(assignment, NULL, "message")->literal.data,
                     "own");
    cr_expect_str_eq((const char *)sg_assignment_data(assignment, NULL, "other")->literal.data,
                     "base");
    cr_expect_str_eq(assignment->about.en, "What base is about");
    cr_expect_eq(assignment->reply_ns, UINT64_C(3000000000));
    cr_expect_eq(assignment->mark.length, 1);
    cr_expect_eq(assignment->programs.count, 2);
}

Test(library, what_an_abstract_spec_has_comes_behind)
{
    SCRATCH(scratch);
    sg_autofree char *base = sg_printf("abstract: true\n%s", BASE);
    scratch_write(&scratch, "base.yaml", base);
    scratch_write(&scratch, "own.yaml",
                  "spec: 1\nid: own\nextends: base\ntitle: Own\ncases:\n" CASE("four") QUIET_PLAY);
    __attribute__((cleanup(loaded_done))) struct loaded loaded = load_own(&scratch);
    expect_cases(&loaded, (const char *const[]){"four", "one", "two", "three", NULL});
    cr_expect_not(loaded.spec->assignment.abstract);
}

Test(library, patterns_mean_names_ids_and_globs)
{
    static const struct {
        const char *pattern;
        bool called;
    } rows[] = {
        {"in-pieces[parts 3]", true},
        {"in-pieces", true},
        {"in-*", true},
        {"*", true},
        {"in", false},
        {"in-pieces[bytes]", false},
        {"pieces", false},
        {"", false},
    };
    const struct sg_case one = {.id = "in-pieces", .name = "in-pieces[parts 3]"};
    for (size_t i = 0; i < SG_COUNT(rows); i++)
        cr_expect_eq(sg_case_is_called(&one, &rows[i].pattern, 1), rows[i].called, "'%s'",
                     rows[i].pattern);
    cr_expect(sg_case_is_called(&one, NULL, 0), "no pattern means every case");
}
