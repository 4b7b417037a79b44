/* SPDX-License-Identifier: MIT
 * The table of options, and its parser. */
#include "cli/options.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/table.h"
#include "base/utf8.h"
#include "cli/output.h"
#include "spec/assignment.h"

enum { COLUMN = 31 }; /* of the texts of help */

enum kind { KIND_FLAG, KIND_TEXT, KIND_REPEATED, KIND_NUMBER, KIND_CHOICE };

struct choice {
    const char *word;
    int value;
};

struct option {
    const char *name;
    const char *argument; /* in the help; NULL: it takes none */
    enum kind kind;
    size_t offset;
    size_t word_offset; /* where the index of its word is kept; 0: it is not */
    int64_t most;       /* numbers: 0 to this */
    const struct choice *choices;
    const char *of;  /* the commands that heed it, with ", " between them; NULL: all */
    bool everywhere; /* the others take it, too: they do nothing that it could change */
    const char *help;
};

static const struct choice roles[] = {
    {"server", SG_ROLE_SERVER}, {"client", SG_ROLE_CLIENT}, {NULL, 0}};
static const struct choice languages[] = {{"en", 1}, {"id", 2}, {NULL, 0}};
static const struct choice colors[] = {
    {"auto", SG_COLOR_AUTO}, {"always", SG_COLOR_ALWAYS}, {"never", SG_COLOR_NEVER}, {NULL, 0}};

static const struct choice readers[] = {
    {"student", SG_READER_STUDENT}, {"instructor", SG_READER_INSTRUCTOR}, {NULL, 0}};

#define AT(member, type) .offset = SG_AT(struct sg_options, member, type)
#define WORD(member)     .word_offset = SG_AT(struct sg_options, member, size_t)

static const struct option options[] = {
    {"--assignment", "ID", KIND_TEXT, AT(assignment, const char *), WORD(assignment_word),
     .of = "check, grade, list", .everywhere = true, .help = "the assignment"},
    {"--spec", "FILE", KIND_TEXT, AT(spec, const char *), WORD(spec_word),
     .of = "check, grade, list", .everywhere = true, .help = "a spec of your own"},
    {"--case", "GLOB", KIND_REPEATED, AT(cases, struct sg_repeated),
     .of = "check, grade, list, spec show", .help = "only these cases (may be repeated)"},
    {"--role", "server|client", KIND_CHOICE, AT(role, int), WORD(role_word), .choices = roles,
     .of = "check, grade, list, spec show, spec prove", .help = "only this role"},
    {"--format", "FORMAT[=FILE]", KIND_REPEATED, AT(formats, struct sg_repeated),
     .of = "check, report, spec prove", .help = "a report in a format; may be repeated"},
    {"--for", "student|instructor", KIND_CHOICE, AT(reader, int), .choices = readers,
     .of = "check, report", .help = "who reads it (student)"},
    {"--artifacts", "DIR", KIND_TEXT, AT(artifacts, const char *), WORD(artifacts_word),
     .of = "check", .help = "keep transcripts and captures there"},
    {"--seed", "N", KIND_NUMBER, AT(seed, int64_t), .most = INT64_C(9007199254740991),
     .of = "check, grade, post, spec prove", .everywhere = true,
     .help = "what all chance comes from (1)"},
    {"--jobs", "N", KIND_NUMBER, AT(jobs, int64_t), .most = 64, .of = "check, grade, spec prove",
     .everywhere = true, .help = "cases at a time (as many as processors)"},
    {"--db", "FILE", KIND_TEXT, AT(db, const char *), WORD(db_word), .of = "grade",
     .help = "the database of results (results.db)"},
    {"--resume", NULL, KIND_FLAG, AT(resume, bool), .of = "grade",
     .help = "go on with that database"},
    {"--only-failed", NULL, KIND_FLAG, AT(only_failed, bool), .of = "grade",
     .help = "go on, and do anew what failed"},
    {"--shard", "I/N", KIND_TEXT, AT(shard, const char *), WORD(shard_word), .of = "grade",
     .help = "the I-th of N parts of the class"},
    {"--gradebook", "NAME[=FILE]", KIND_REPEATED, AT(gradebooks, struct sg_repeated),
     .of = "report", .help = "for canvas, moodle, gradescope, plain"},
    {"--roster", "FILE", KIND_TEXT, AT(roster, const char *), WORD(intake_word), .of = "grade",
     .help = "the students (CSV)"},
    {"--layout", "NAME", KIND_TEXT, AT(layout, const char *), WORD(intake_word), .of = "grade",
     .help = "what exported the submissions"},
    {"--id-regex", "REGEX", KIND_TEXT, AT(id_regex, const char *), WORD(intake_word), .of = "grade",
     .help = "how a name says whose submission it is"},
    {"--submission", "GLOB", KIND_REPEATED, AT(submissions, struct sg_repeated),
     .of = "report, post", .help = "only these (may be repeated)"},
    {"--repeat", "N", KIND_NUMBER, AT(repeat, int64_t), .most = 1000, .of = "grade, spec prove",
     .help = "how often each (1; in a proof 20)"},
    {"--twin", "GLOB", KIND_REPEATED, AT(twins, struct sg_repeated), .of = "spec prove",
     .help = "only these twins (may be repeated)"},
    {"--require", "private,faults,jail", KIND_REPEATED, AT(require, struct sg_repeated),
     .of = "check, grade", .help = "refuse where the machine has less"},
    {"--post", "TARGET", KIND_REPEATED, AT(posts, struct sg_repeated), .of = "check, grade",
     .help = "post the result, too (repeatable)"},
    {"--in", "LANGUAGE", KIND_TEXT, AT(in, const char *), WORD(in_word), .of = "init",
     .help = "the programming language: c (usual), python"},
    {"--dry-run", NULL, KIND_FLAG, AT(dry_run, bool), .of = "check, grade, post",
     .help = "show what would be done"},
    {"--status", NULL, KIND_FLAG, AT(status, bool), .of = "post",
     .help = "what of a database waits, and why"},
    {"--again", NULL, KIND_FLAG, AT(again, bool), .of = "post",
     .help = "what was refused, once more"},
    {"--lang", "en|id", KIND_CHOICE, AT(lang, int), .choices = languages, .help = "the language"},
    {"--color", "auto|always|never", KIND_CHOICE, AT(color, int), .choices = colors,
     .help = "colours; NO_COLOR is honoured"},
    {"--watch", NULL, KIND_FLAG, AT(watch, bool), .of = "check",
     .help = "check again whenever a file changes"},
    {"--quiet", NULL, KIND_FLAG, AT(quiet, bool), .help = "the sum alone"},
    {"--verbose", NULL, KIND_FLAG, AT(verbose, bool), .help = "every case in full"},
    {"--help", NULL, KIND_FLAG, AT(help, bool), .help = "this"},
    {"--version", NULL, KIND_FLAG, AT(version, bool), .help = "the version"},
};

_Static_assert(SG_COUNT(options) <= SG_MOST_OPTIONS, "room for where each stands");

struct parsing {
    int count;
    char **words;
    struct sg_options *ret;
    const struct sg_line *line;
    struct sg_complaints *complaints;
};

void sg_line_complain(struct sg_complaints *complaints, const struct sg_line *line, size_t index,
                      const char *format, ...)
{
    size_t known = index < line->count ? index : line->count - 1;
    struct sg_place place = {.source = &line->source,
                             .line = 1,
                             .column = line->words[known].column,
                             .width = line->words[known].width};
    if (index >= line->count) { /* a word that is missing: behind the last */
        place.column += place.width + 1;
        place.width = 1;
    }
    va_list args;
    va_start(args, format);
    sg_complain_v(complaints, place, format, args);
    va_end(args);
}

static const struct option *find_option(const char *word, size_t length)
{
    if (length == 2 && memcmp(word, "-h", 2) == 0)
        return find_option("--help", strlen("--help"));
    for (size_t i = 0; i < SG_COUNT(options); i++) {
        if (strlen(options[i].name) == length && memcmp(options[i].name, word, length) == 0)
            return &options[i];
    }
    return NULL;
}

static void complain_of_option(const struct parsing *parsing, size_t index, const char *word)
{
    struct sg_nearest nearest = {.word = word};
    for (size_t i = 0; i < SG_COUNT(options); i++)
        sg_nearest_offer(&nearest, options[i].name);
    sg_line_complain(parsing->complaints, parsing->line, index, "unknown option '%s'%s%s%s", word,
                     nearest.found ? " (did you mean '" : "", nearest.found ? nearest.found : "",
                     nearest.found ? "'?)" : "");
}

static void add_repeated(const struct parsing *parsing, struct sg_repeated *repeated,
                         const char *value, size_t word)
{
    bool is_operand = repeated == &parsing->ret->operands;
    if (repeated->count == SG_MOST_REPEATED && !is_operand) {
        sg_line_complain(parsing->complaints, parsing->line, word, "more than %d of these",
                         SG_MOST_REPEATED);
        return;
    }
    size_t count = repeated->count + 1;
    repeated->words = sg_realloc_array(repeated->words, count, sizeof *repeated->words);
    repeated->items = sg_realloc_array(repeated->items, count, sizeof *repeated->items);
    repeated->words[repeated->count] = word;
    repeated->items[repeated->count++] = value;
}

static void set_choice(const struct parsing *parsing, size_t index, const struct option *option,
                       const char *value, void *to)
{
    for (const struct choice *choice = option->choices; choice->word; choice++) {
        if (strcmp(choice->word, value) == 0) {
            memcpy(to, &choice->value, sizeof choice->value);
            return;
        }
    }
    sg_line_complain(parsing->complaints, parsing->line, index, "%s takes %s, found '%s'",
                     option->name, option->argument, value);
}

static void set_value(const struct parsing *parsing, size_t index, const struct option *option,
                      const char *value)
{
    uint8_t *to = (uint8_t *)parsing->ret + option->offset;
    int64_t number;
    if (option->word_offset)
        memcpy((uint8_t *)parsing->ret + option->word_offset, &index, sizeof index);
    switch (option->kind) {
    case KIND_FLAG:
        *(bool *)to = true;
        return;
    case KIND_TEXT:
        memcpy(to, &value, sizeof value);
        return;
    case KIND_REPEATED: {
        struct sg_repeated *repeated = (struct sg_repeated *)(void *)to;
        add_repeated(parsing, repeated, value, index);
        return;
    }
    case KIND_NUMBER:
        if (!sg_number_parse(value, &number) || number < 0 || number > option->most)
            sg_line_complain(parsing->complaints, parsing->line, index,
                             "%s takes a whole number from 0 to %lld, found '%s'", option->name,
                             (long long)option->most, value);
        else
            memcpy(to, &number, sizeof number);
        return;
    case KIND_CHOICE:
        set_choice(parsing, index, option, value, to);
        return;
    }
}

/* Reads the option at `index`; returns the index of its last word. */
static int read_option(const struct parsing *parsing, int index)
{
    const char *word = parsing->words[index];
    size_t length = strcspn(word, "=");
    const struct option *option = find_option(word, length);
    if (!option) {
        sg_autofree char *name = sg_printf("%.*s", (int)length, word);
        complain_of_option(parsing, (size_t)index + 1, name);
        return index;
    }
    parsing->ret->given[option - options] = (size_t)index + 1;
    const char *value = word[length] ? word + length + 1 : NULL;
    if (!option->argument) {
        if (value)
            sg_line_complain(parsing->complaints, parsing->line, (size_t)index + 1,
                             "%s takes no value", option->name);
        set_value(parsing, (size_t)index + 1, option, NULL);
        return index;
    }
    if (!value && index + 1 < parsing->count)
        value = parsing->words[++index];
    if (value)
        set_value(parsing, (size_t)index + 1, option, value);
    else
        sg_line_complain(parsing->complaints, parsing->line, (size_t)index + 1,
                         "%s needs a value: %s", option->name, option->argument);
    return index;
}

static void keep_word(struct sg_line *line, const char *word)
{
    if (line->count == SG_COUNT(line->words))
        return;
    struct sg_bytes *text = &line->source.text;
    if (line->count)
        sg_bytes_add_byte(text, ' ');
    line->words[line->count].column = sg_utf8_width(sg_bytes_text(text)) + 1;
    line->words[line->count].width = *word ? sg_utf8_width(word) : 1;
    line->count++;
    sg_show(text, (const uint8_t *)word, strlen(word));
}

bool sg_options_parse(int count, char **words, struct sg_options *ret, struct sg_line *line,
                      struct sg_complaints *complaints)
{
    *ret = (struct sg_options){.seed = 1};
    *line = (struct sg_line){.source = {.path = "command line"}};
    keep_word(line, "sockgrade");
    for (int i = 0; i < count; i++)
        keep_word(line, words[i]);
    struct parsing parsing = {count, words, ret, line, complaints};
    bool only_operands = false;
    for (int i = 0; i < count; i++) {
        if (!only_operands && strcmp(words[i], "--") == 0)
            only_operands = true;
        else if (!only_operands && words[i][0] == '-' && words[i][1])
            i = read_option(&parsing, i);
        else
            add_repeated(&parsing, &ret->operands, words[i], (size_t)i + 1);
    }
    return complaints->count == 0;
}

static bool belongs(const struct option *option, const char *command)
{
    size_t length = strlen(command);
    for (const char *of = option->of; of && *of; of += strspn(of, ", ")) {
        size_t word = strcspn(of, ",");
        if (word == length && memcmp(of, command, length) == 0)
            return true;
        of += word;
    }
    return !option->of;
}

bool sg_options_are_of(const struct sg_options *given, const char *command,
                       const struct sg_line *line, struct sg_complaints *complaints)
{
    for (size_t i = 0; i < SG_COUNT(options); i++) {
        if (given->given[i] && !options[i].everywhere && !belongs(&options[i], command))
            sg_line_complain(complaints, line, given->given[i],
                             "%s is not an option of %s (of: %s)", options[i].name, command,
                             options[i].of);
    }
    return complaints->count == 0;
}

size_t sg_option_word(const struct sg_options *given, const char *name)
{
    return given->given[find_option(name, strlen(name)) - options];
}

void sg_options_done(struct sg_options *given)
{
    struct sg_repeated *const all[] = {&given->cases,      &given->formats, &given->posts,
                                       &given->twins,      &given->require, &given->submissions,
                                       &given->gradebooks, &given->operands};
    for (size_t i = 0; i < SG_COUNT(all); i++) {
        free(all[i]->items);
        free(all[i]->words);
    }
}

size_t sg_choice_word(const struct sg_options *given)
{
    return given->cases.count ? given->cases.words[0] : given->role_word;
}

void sg_options_help(struct sg_bytes *out, const char *command)
{
    for (size_t i = 0; i < SG_COUNT(options); i++) {
        const struct option *option = &options[i];
        if (command && !belongs(option, command))
            continue;
        sg_autofree char *left = sg_printf("  %s%s%s", option->name, option->argument ? " " : "",
                                           option->argument ? option->argument : "");
        sg_autofree char *text = command || !option->of
                                     ? sg_strdup(option->help)
                                     : sg_printf("%s: %s", option->of, option->help);
        sg_add_row(out, left, COLUMN, text);
    }
}
