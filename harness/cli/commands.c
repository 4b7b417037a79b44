/* SPDX-License-Identifier: MIT
 * The table of commands, and the way from a command line to one of them. */
#include <locale.h>
#include <string.h>

#include "base/child.h"
#include "base/language.h"
#include "base/stop.h"
#include "base/table.h"
#include "class/intake.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/paths.h"
#include "post/post.h"
#include "report/report.h"

static void add_formats(struct sg_bytes *out);
static void add_layouts(struct sg_bytes *out);

const struct sg_command sg_commands[] = {
    {"check", "[DIR]", "grade one submission and explain what failed", 0, 1, sg_command_check,
     .posts = true, .forks = true, .more_help = add_formats},
    {"grade", "PATH...", "grade a class, into a database", 1, SIZE_MAX, sg_command_grade,
     .posts = true, .forks = true, .more_help = add_layouts},
    {"report", "DB", "what is in a database of results", 1, 1, sg_command_report,
     .more_help = add_formats},
    {"merge", "OUT DB...", "join the databases of several shards", 2, SIZE_MAX, sg_command_merge},
    {"list", "[ASSIGNMENT]", "the assignments, and the cases of one", 0, 1, sg_command_list},
    {"init", "ASSIGNMENT [DIR]", "a start for a student", 1, 2, sg_command_init},
    {"spec lint", "FILE...", "say what is wrong in specs", 1, SIZE_MAX, sg_command_spec_lint},
    {"spec show", "FILE...", "show what specs expand to", 1, SIZE_MAX, sg_command_spec_show},
    {"spec prove", "FILE...", "whether specs tell right programs from broken ones", 1, SIZE_MAX,
     sg_command_spec_prove, .forks = true},
    {"explain", "CODE", "what a diagnosis means and what to do", 1, 1, sg_command_explain},
    {"post", "TARGET FILE... | --status [TARGET] DB...",
     "post result files, or those of a database; what has become of them", 1, SIZE_MAX,
     sg_command_post, .posts = true, .forks = true, .more_help = sg_post_help},
    {"doctor", "", "what this machine allows", 0, 0, sg_command_doctor, .forks = true},
};

const size_t sg_command_count = SG_COUNT(sg_commands);

/* The first words of names of two. */
static const char *const families[] = {"spec"};

enum { COMMAND_COLUMN = 35, FORMAT_COLUMN = 31 };

static void add_formats(struct sg_bytes *out)
{
    sg_bytes_add_text(out, "formats\n\n");
    for (size_t i = 0; i < sg_format_count; i++) {
        sg_autofree char *left = sg_printf("  %s", sg_formats[i].name);
        sg_add_row(out, left, FORMAT_COLUMN, sg_formats[i].help);
    }
}

static void add_layouts(struct sg_bytes *out)
{
    sg_bytes_add_text(out, "layouts of exported submissions, which are recognised\n\n");
    for (size_t i = 0; sg_intake_layout_name(i); i++) {
        sg_autofree char *left = sg_printf("  %s", sg_intake_layout_name(i));
        sg_add_row(out, left, FORMAT_COLUMN, sg_intake_layout_help(i));
    }
}

/* "sockgrade check [DIR]" */
static char *call_of(const struct sg_command *command)
{
    return sg_printf("sockgrade %s%s%s", command->name, *command->usage ? " " : "", command->usage);
}

static int print_help(void)
{
    sg_autobytes struct sg_bytes text = {0};
    sg_bytes_add_text(&text,
                      "sockgrade grades socket assignments, and says what is wrong in the words\n"
                      "of sockets.\n\n");
    for (size_t i = 0; i < sg_command_count; i++) {
        sg_autofree char *call = call_of(&sg_commands[i]);
        sg_autofree char *left = sg_printf("  %s", call);
        sg_add_row(&text, left, COMMAND_COLUMN, sg_commands[i].help);
    }
    sg_bytes_add_text(&text, "\noptions\n\n");
    sg_options_help(&text, NULL);
    sg_bytes_add_byte(&text, '\n');
    add_formats(&text);
    sg_bytes_add_text(&text,
                      "\nexit status: 0 all cases passed, 1 some failed, 2 the command line, a "
                      "spec or a\nmanifest is wrong, 3 the machine could not do its work\n");
    return sg_print(sg_bytes_slice(&text));
}

static void add_command_help(const struct sg_command *command, struct sg_bytes *out)
{
    sg_autofree char *call = call_of(command);
    sg_bytes_printf(out, "%s%s: %s\n\n", out->length ? "\n" : "", call, command->help);
    if (command->more_help)
        command->more_help(out);
    sg_bytes_add_text(out, command->more_help ? "\noptions\n\n" : "options\n\n");
    sg_options_help(out, command->name);
}

/* The second word of a command's name behind `first`; NULL: it has none, or begins otherwise. */
static const char *second_word(const struct sg_command *command, const char *first)
{
    size_t length = strlen(first);
    bool begins = strncmp(command->name, first, length) == 0 && command->name[length] == ' ';
    return begins ? command->name + length + 1 : NULL;
}

/* The command that the operands begin with; *ret_words of them are its name. */
static const struct sg_command *find_command(const struct sg_repeated *operands, size_t *ret_words)
{
    for (size_t i = 0; i < sg_command_count && operands->count; i++) {
        const char *second = second_word(&sg_commands[i], operands->items[0]);
        *ret_words = second ? 2 : 1;
        if (second ? operands->count > 1 && strcmp(second, operands->items[1]) == 0
                   : strcmp(sg_commands[i].name, operands->items[0]) == 0)
            return &sg_commands[i];
    }
    return NULL;
}

/* The help of all commands whose names begin with `first`; false where there is none. */
static bool add_family_help(const char *first, struct sg_bytes *out)
{
    for (size_t i = 0; i < sg_command_count; i++) {
        if (second_word(&sg_commands[i], first))
            add_command_help(&sg_commands[i], out);
    }
    return out->length;
}

/* Complains of a command that is not known: its first word, or the second behind one that is. */
static int refuse_command(struct sg_call *call)
{
    const struct sg_repeated *operands = &call->options.operands;
    const char *first = operands->items[0], *second = operands->count > 1 ? operands->items[1] : "";
    struct sg_nearest nearest = {.word = first}, nearest_second = {.word = second};
    sg_autobytes struct sg_bytes seconds = {0};
    for (size_t i = 0; i < SG_COUNT(families); i++)
        sg_nearest_offer(&nearest, families[i]);
    for (size_t i = 0; i < sg_command_count; i++) {
        const char *word = second_word(&sg_commands[i], first);
        sg_nearest_offer(&nearest, sg_commands[i].name);
        if (!word)
            continue;
        sg_nearest_offer(&nearest_second, word);
        sg_bytes_printf(&seconds, "%s%s", seconds.length ? ", " : "", word);
    }
    if (seconds.length && !*second)
        return sg_refuse_operand(call, 1, "'sockgrade %s' does what? One of: %s", first,
                                 sg_bytes_text(&seconds));
    if (seconds.length && nearest_second.found)
        return sg_refuse_operand(call, 1, "'sockgrade %s' has no '%s' (did you mean '%s'?)", first,
                                 second, nearest_second.found);
    if (seconds.length)
        return sg_refuse_operand(call, 1, "'sockgrade %s' has no '%s' (one of: %s)", first, second,
                                 sg_bytes_text(&seconds));
    if (nearest.found)
        return sg_refuse_operand(call, 0, "unknown command '%s' (did you mean '%s'?)", first,
                                 nearest.found);
    return sg_refuse_operand(call, 0, "unknown command '%s' (sockgrade --help lists them)", first);
}

static int help(struct sg_call *call)
{
    const struct sg_repeated *operands = &call->options.operands;
    size_t words;
    const struct sg_command *command = find_command(operands, &words);
    sg_autobytes struct sg_bytes text = {0};
    if (!operands->count)
        return print_help();
    if (command)
        add_command_help(command, &text);
    else if (operands->count > 1 || !add_family_help(operands->items[0], &text))
        return refuse_command(call);
    return sg_print(sg_bytes_slice(&text));
}

/* Takes the first `count` operands away. */
static void drop_operands(struct sg_repeated *operands, size_t count)
{
    operands->count -= count;
    memmove(operands->items, operands->items + count, operands->count * sizeof operands->items[0]);
    memmove(operands->words, operands->words + count, operands->count * sizeof operands->words[0]);
}

/* Runs a command whose name is taken away already. */
static int run_command(struct sg_call *call, const struct sg_command *command)
{
    const struct sg_repeated *operands = &call->options.operands;
    sg_autofree char *usage = call_of(command);
    if (operands->count < command->least)
        return sg_refuse_operand(call, operands->count, "usage: %s", usage);
    if (operands->count > command->most)
        return sg_refuse_operand(call, command->most, "usage: %s", usage);
    if (!sg_options_are_of(&call->options, command->name, &call->line, &call->complaints))
        return sg_print_complaints(&call->complaints);
    if (!command->posts)
        sg_post_forget_secrets();
    if (command->forks) {
        sg_stop_defer();
        sg_children_adopt();
    }
    sg_autofree char *catalogues = sg_path_catalogues();
    sg_language_use(sg_language(&call->options), catalogues);
    return command->run(call);
}

static int run(struct sg_call *call)
{
    struct sg_repeated *operands = &call->options.operands;
    size_t words;
    if (call->options.version)
        return sg_tell("sockgrade %s\n", SG_VERSION);
    bool asks = operands->count && strcmp(operands->items[0], "help") == 0;
    if (asks)
        drop_operands(operands, 1);
    if (asks || call->options.help)
        return help(call);
    if (operands->count == 0)
        return sg_refuse_operand(call, 0, "a command is missing (sockgrade --help lists them)");
    const struct sg_command *command = find_command(operands, &words);
    if (!command)
        return refuse_command(call);
    drop_operands(operands, words);
    return run_command(call, command);
}

int sg_command_main(int count, char **words)
{
    (void)setlocale(LC_CTYPE, "");
    struct sg_call call = {0};
    int status = sg_options_parse(count, words, &call.options, &call.line, &call.complaints)
                     ? run(&call)
                     : sg_print_complaints(&call.complaints);
    sg_complaints_done(&call.complaints);
    sg_bytes_done(&call.line.source.text);
    sg_options_done(&call.options);
    return status;
}
