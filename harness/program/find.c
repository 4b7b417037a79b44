/* SPDX-License-Identifier: MIT
 * Finds the programs in a built submission by their names, or by the calls in their sources where
 * no name says it; never guessing between two. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/language.h"
#include "base/table.h"
#include "program/candidates.h"
#include "program/source.h"
#include "program/toolchains.h"

static const char *skip_joint(const char *text)
{
    return text + strspn(text, "-_");
}

/* Whether `word` begins `text`, in any case; "port-scan" is "PortScan" and "port_scan", too. */
static bool begins_with(const char *text, const char *word)
{
    while (*word && *text && tolower((unsigned char)*text) == *word) {
        text = skip_joint(text + 1);
        word = skip_joint(word + 1);
    }
    return !*word;
}

static bool holds_word(const char *text, const char *word)
{
    for (; *text; text++) {
        if (begins_with(text, word))
            return true;
    }
    return false;
}

/* What tells the program of a role: the role's own word, and what the assignment calls it. */
struct role {
    const char *name; /* "server" or "client" */
    const char *word; /* in messages */
    const char *const *called;
    size_t called_count;
    bool alone; /* the assignment has this one program, and calls it by another name */
};

static bool is_name_of(const char *stem, const struct role *role)
{
    bool is = strcmp(stem, role->name) == 0;
    for (size_t i = 0; i < role->called_count; i++)
        is = is || strcmp(stem, role->called[i]) == 0;
    return is;
}

/* Whether a text holds a word of the role's, in any case; '-' and '_' within it do not count. */
static bool tells_role(const char *text, const struct role *role)
{
    bool tells = holds_word(text, role->name);
    for (size_t i = 0; i < role->called_count; i++)
        tells = tells || holds_word(text, role->called[i]);
    return tells;
}

/* How near a place is: the top, build/, bin/, src/, anywhere else. */
static int place_of(const char *path)
{
    static const char *const places[] = {"build/", "bin/", "src/"};
    if (!strchr(path, '/'))
        return 0;
    for (size_t i = 0; i < SG_COUNT(places); i++) {
        size_t length = strlen(places[i]);
        if (strncmp(path, places[i], length) == 0 && !strchr(path + length, '/'))
            return (int)i + 1;
    }
    return (int)SG_COUNT(places) + 1;
}

enum { PLACES = 5 };

/* How well a name says the role: exactly, with the word in it, or only by its folder's name, where
 * it is one that main programs have, or where it is any. Last, a source does, where no name speaks
 * for another role. */
enum fit { FIT_EXACT, FIT_WORD, FIT_FOLDER_MAIN, FIT_FOLDER, FIT_SOURCE, FIT_NONE };

static const char *other_role(const struct role *role)
{
    return strcmp(role->name, "server") == 0 ? "client" : "server";
}

/* Whether the nearest folder that is named after a role is named after this one. */
static bool is_below_role(const char *path, const struct role *role)
{
    const char *other = other_role(role);
    sg_autofree char *folder = sg_strdup(path);
    char *slash;
    while ((slash = strrchr(folder, '/'))) {
        *slash = 0;
        const char *before = strrchr(folder, '/');
        const char *name = before ? before + 1 : folder;
        bool tells = tells_role(name, role), tells_other = holds_word(name, other);
        if (tells || tells_other)
            return tells && !tells_other;
    }
    return false;
}

static bool source_tells_role(const struct sg_candidate *candidate, const struct role *role)
{
    bool serves = strcmp(role->name, "server") == 0;
    return !role->alone && candidate->end == (serves ? SG_SOURCE_SERVES : SG_SOURCE_ASKS) &&
           !holds_word(candidate->path, other_role(role));
}

static enum fit fit_of(const struct sg_candidate *candidate, const struct role *role)
{
    static const char *const plain[] = {"main", "index", "app", "__main__", "program"};
    if (is_name_of(candidate->stem, role))
        return FIT_EXACT;
    if (tells_role(candidate->stem, role))
        return FIT_WORD;
    if (!is_below_role(candidate->path, role))
        return source_tells_role(candidate, role) ? FIT_SOURCE : FIT_NONE;
    for (size_t i = 0; i < SG_COUNT(plain); i++) {
        if (strcasecmp(candidate->stem, plain[i]) == 0)
            return FIT_FOLDER_MAIN;
    }
    return FIT_FOLDER;
}

/* The only candidate at this place that fits so well, of the classes or of the others. NULL: none,
 * or several (*ret_ambiguous), which are named in `several`. */
static const struct sg_candidate *the_only(const struct sg_candidates *finding,
                                           const struct role *role, int fit, int place,
                                           bool classes, struct sg_bytes *several,
                                           bool *ret_ambiguous)
{
    const struct sg_candidate *found = NULL;
    sg_autobytes struct sg_bytes names = {0};
    for (size_t i = 0; i < finding->count; i++) {
        const struct sg_candidate *candidate = &finding->items[i];
        if (candidate->is_class != classes || place_of(candidate->path) != place ||
            (int)fit_of(candidate, role) != fit)
            continue;
        sg_bytes_printf(&names, "%s%s", found ? ", " : "", candidate->path);
        *ret_ambiguous = found != NULL || *ret_ambiguous;
        found = candidate;
    }
    if (!*ret_ambiguous)
        return found;
    sg_bytes_add(several, names.data, names.length);
    return NULL;
}

static const struct sg_candidate *choose(const struct sg_candidates *finding,
                                         const struct role *role, struct sg_bytes *several)
{
    for (int fit = FIT_EXACT; fit < FIT_NONE; fit++) {
        for (int place = 0; place < PLACES; place++) {
            bool ambiguous = false;
            const struct sg_candidate *found =
                the_only(finding, role, fit, place, false, several, &ambiguous);
            if (!found && !ambiguous)
                found = the_only(finding, role, fit, place, true, several, &ambiguous);
            if (found || ambiguous)
                return found;
        }
    }
    return NULL;
}

bool sg_is_installed(const char *program)
{
    struct sg_toolchains toolchains;
    if (strchr(program, '/'))
        return true;
    sg_toolchains_find(&toolchains);
    sg_autofree char *place = sg_toolchains_which(&toolchains, program);
    sg_toolchains_done(&toolchains);
    return place != NULL;
}

static void take_command(struct sg_found *found, const struct sg_candidate *candidate)
{
    const char *interpreter = candidate->command.items[0];
    if (!sg_is_installed(interpreter)) {
        found->kind = SG_FOUND_NO_INTERPRETER;
        found->message = sg_printf(_("%s needs '%s', which this machine does not have"),
                                   candidate->path, interpreter);
        return;
    }
    found->kind = SG_FOUND_PROGRAM;
    for (size_t i = 0; i < candidate->command.count; i++)
        sg_words_add(&found->command, candidate->command.items[i]);
}

/* The failed build step that should have made the program of `role`, or that lets none start. */
static const struct sg_build_step *failed_step(const struct sg_build_plan *plan,
                                               const struct role *role)
{
    for (size_t i = 0; i < plan->count; i++) {
        const struct sg_build_step *step = &plan->steps[i];
        if (!step->failed)
            continue;
        if (step->excess == SG_EXCESS_FILES) /* no program is copied with that */
            return step;
        const char *slash = step->source ? strrchr(step->source, '/') : NULL;
        const char *name = slash ? slash + 1 : step->source;
        bool for_all = !name || sg_source_language(name) == SG_LANGUAGE_NONE;
        if (for_all || role->alone || tells_role(name, role))
            return step;
    }
    return NULL;
}

/* Whatever programs there are. */
static bool is_fatal(const struct sg_build_step *step)
{
    return !step->source || step->excess == SG_EXCESS_FILES;
}

static void tell_build_failure(const struct sg_build_step *step, struct sg_found *found)
{
    sg_autobytes struct sg_bytes words = {0};
    sg_build_step_describe(step, &words);
    found->kind = SG_FOUND_BUILD_FAILED;
    found->exceeded = step->excess != SG_EXCESS_NONE;
    found->message = sg_printf(_("the build failed: %s"), sg_bytes_text(&words));
}

static void list_all(const struct sg_candidates *finding, struct sg_bytes *out)
{
    enum { MOST_SHOWN = 6 };
    for (size_t i = 0; i < finding->count && i < MOST_SHOWN; i++)
        sg_bytes_printf(out, "%s%s", i ? ", " : "", finding->items[i].path);
    if (finding->count > MOST_SHOWN)
        sg_bytes_printf(out, " and %zu more", finding->count - MOST_SHOWN);
}

static bool has_main(const struct sg_candidates *finding, const struct sg_file_entry *file,
                     enum sg_language language)
{
    sg_autofree char *path = sg_printf("%s/%s", finding->submission->tree, file->path);
    sg_autobytes struct sg_bytes text = {0};
    struct sg_error err;
    return sg_file_read(path, SG_MOST_SOURCE_BYTES, &text, &err) == 0 &&
           sg_source_has_main(language, sg_bytes_slice(&text));
}

/* A source whose name says the role, and that has a main or has none; NULL: there is no such
 * one. */
static const char *source_of(const struct sg_candidates *finding, const struct role *role,
                             bool with_main)
{
    for (size_t i = 0; i < finding->files.count; i++) {
        const struct sg_file_entry *file = &finding->files.items[i];
        enum sg_language language = sg_source_language(file->name);
        if (language != SG_LANGUAGE_NONE && tells_role(file->name, role) &&
            has_main(finding, file, language) == with_main)
            return file->path;
    }
    return NULL;
}

/* The only program that there is, or among classes the only one that is none; NULL: there are
 * several, or none. */
static const struct sg_candidate *only_program(const struct sg_candidates *finding)
{
    const struct sg_candidate *found = NULL;
    for (size_t i = 0; i < finding->count; i++) {
        if (finding->items[i].is_class)
            continue;
        if (found)
            return NULL;
        found = &finding->items[i];
    }
    return finding->count == 1 ? finding->items : found;
}

/* A Makefile or a module may give the one program that it makes of a role's source another name. */
static const struct sg_candidate *made_of(const struct sg_candidates *finding,
                                          const struct role *role)
{
    const struct sg_candidate *only = only_program(finding);
    if (only && role->alone) /* there is no choice to make */
        return only;
    bool is = only && !holds_word(only->stem, other_role(role)) && source_of(finding, role, true);
    return is ? only : NULL;
}

static void find_role(const struct sg_candidates *finding, const struct sg_build_plan *plan,
                      const struct role *role, struct sg_found *found)
{
    sg_autobytes struct sg_bytes names = {0};
    const struct sg_candidate *candidate = choose(finding, role, &names);
    const struct sg_build_step *step = failed_step(plan, role);
    if (step && sg_build_step_lacks_tool(step) && !candidate) {
        found->kind = SG_FOUND_NO_INTERPRETER;
        found->message = sg_printf(_("%s needs '%s', which this machine does not have"),
                                   step->source ? step->source : step->command, step->tool);
        return;
    }
    if (step && (!candidate || is_fatal(step))) {
        tell_build_failure(step, found);
        return;
    }
    if (candidate) {
        take_command(found, candidate);
        return;
    }
    const struct sg_candidate *made = names.length ? NULL : made_of(finding, role);
    if (made) {
        take_command(found, made);
        return;
    }
    if (names.length) {
        found->kind = SG_FOUND_SEVERAL;
        found->message = sg_printf(_("several programs could be the %s: %s; a line '%s: …' in "
                                     "submission.yaml chooses one"),
                                   role->word, sg_bytes_text(&names), role->word);
        return;
    }
    found->kind = SG_FOUND_NONE;
    const char *source = source_of(finding, role, false);
    if (source) {
        found->message =
            sg_printf(_("%s has no main, and so it was not made into a program; a line "
                        "'%s: …' in submission.yaml says how another one is started"),
                      source, role->word);
        return;
    }
    list_all(finding, &names);
    found->message = sg_printf(
        _("no program is called '%s' or has that word in its name%s%s; a line '%s: …' in "
          "submission.yaml says how it is started"),
        role->word, names.length ? _(", there is ") : "", sg_bytes_text(&names), role->word);
}

static void take_texts(struct sg_words_list *list, const struct sg_texts *texts)
{
    for (size_t i = 0; i < texts->count; i++)
        sg_words_add(list, texts->items[i]);
}

/* The manifest's own words on a program; false where it has none. */
static bool take_manifest(const struct sg_manifest_program *program, struct sg_found *found)
{
    if (!program->node)
        return false;
    const char *line = program->line ? program->line : program->run.line;
    if (line)
        (void)sg_words_split(&found->command, line);
    else
        take_texts(&found->command, program->words.count ? &program->words : &program->run.words);
    for (size_t i = 0; i < program->environment.count; i++) {
        const struct sg_setting *setting = &program->environment.items[i];
        sg_autofree char *word = sg_printf("%s=%s", setting->name, setting->value);
        sg_words_add(&found->environment, word);
    }
    take_texts(&found->input, &program->input);
    found->directory = program->directory ? sg_strdup(program->directory) : NULL;
    found->kind = SG_FOUND_PROGRAM;
    found->whole = true;
    return true;
}

static void find_or_take(const struct sg_candidates *finding, const struct sg_build_plan *plan,
                         const struct sg_manifest_program *program, const struct role *role,
                         struct sg_found *found)
{
    if (!take_manifest(program, found)) {
        find_role(finding, plan, role, found);
        return;
    }
    const struct sg_build_step *step = failed_step(plan, role);
    if (step && is_fatal(step))
        tell_build_failure(step, found);
}

static struct role role_of(const struct sg_assignment *assignment, const char *name)
{
    const struct sg_program *program = sg_assignment_program(assignment, name);
    if (!program || !program->called.count)
        return (struct role){.name = name, .word = name};
    return (struct role){.name = name,
                         .word = sg_program_word(program),
                         .called = program->called.items,
                         .called_count = program->called.count,
                         .alone = assignment->programs.count == 1};
}

void sg_find_programs(struct sg_submission *submission, const struct sg_assignment *assignment,
                      const struct sg_build_plan *plan, struct sg_error *err)
{
    struct sg_candidates finding = {.submission = submission};
    struct role server = role_of(assignment, "server"), client = role_of(assignment, "client");
    if (sg_files_list(submission->tree, &finding.files, err) == 0)
        sg_candidates_collect(&finding);
    find_or_take(&finding, plan, &submission->manifest.server, &server, &submission->server);
    find_or_take(&finding, plan, &submission->manifest.client, &client, &submission->client);
    sg_candidates_done(&finding);
    sg_files_done(&finding.files);
}
