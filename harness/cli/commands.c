/* SPDX-License-Identifier: MIT
 * The table of commands, and the way from a command line to one of them. */
#include <locale.h>
#include <string.h>

#include "base/child.h"
#include "base/language.h"
#include "base/stop.h"
#include "base/table.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/paths.h"
#include "post/post.h"
#include "report/report.h"

const struct sg_command sg_commands[] = {
    {"check", "[DIR]", "grade one submission and explain what failed", 0, 1, sg_command_check,
     .posts = true, .forks = true},
    {"grade", "PATH...", "grade a class, into a database", 1, SIZE_MAX, sg_command_grade,
     .posts = true, .forks = true},
    {"report", "DB", "what is in a database of results", 1, 1, sg_command_report},
    {"merge", "OUT DB...", "join the databases of several shards", 2, SIZE_MAX, sg_command_merge},
    {"list", "[ASSIGNMENT]", "the assignments, and the cases of one", 0, 1, sg_command_list},
    {"init", "ASSIGNMENT [DIR]", "a start for a student", 1, 2, sg_command_init},
    {"spec", "lint|show|prove FILE...", "check, show or prove a spec", 2, SIZE_MAX, sg_command_spec,
     .forks = true},
    {"explain", "CODE", "what a diagnosis means and what to do", 1, 1, sg_command_explain},
    {"post", "TARGET FILE...", "post result files, or those of a database", 1, SIZE_MAX,
     sg_command_post, .posts = true, .forks = true, .more_help = sg_post_help},
    {"doctor", "", "what this machine allows", 0, 0, sg_command_doctor, .forks = true},
};

const size_t sg_command_count = SG_COUNT(sg_commands);

static int print_help(void)
{
    sg_autobytes struct sg_bytes text = {0};
    sg_bytes_add_text(&text,
                      "sockgrade grades socket assignments, and says what is wrong in the words\n"
                      "of sockets.\n\n");
    for (size_t i = 0; i < sg_command_count; i++) {
        sg_autofree char *left =
            sg_printf("sockgrade %s %s", sg_commands[i].name, sg_commands[i].usage);
        sg_bytes_printf(&text, "  %-32s %s\n", left, sg_commands[i].help);
    }
    sg_bytes_add_text(&text, "\noptions\n\n");
    sg_options_help(&text, NULL);
    sg_bytes_add_text(&text, "\nformats\n\n");
    for (size_t i = 0; i < sg_format_count; i++)
        sg_bytes_printf(&text, "  %-28s %s\n", sg_formats[i].name, sg_formats[i].help);
    sg_bytes_add_text(&text,
                      "\nexit status: 0 all cases passed, 1 some failed, 2 the command line, a "
                      "spec or a\nmanifest is wrong, 3 the machine could not do its work\n");
    return sg_print(sg_bytes_slice(&text));
}

static int print_command_help(const struct sg_command *command)
{
    sg_autobytes struct sg_bytes text = {0};
    sg_bytes_printf(&text, "sockgrade %s %s: %s\n\n", command->name, command->usage, command->help);
    if (command->more_help)
        command->more_help(&text);
    sg_bytes_add_text(&text, command->more_help ? "\noptions\n\n" : "options\n\n");
    sg_options_help(&text, command->name);
    return sg_print(sg_bytes_slice(&text));
}

static const struct sg_command *find_command(const char *name, struct sg_nearest *nearest)
{
    for (size_t i = 0; i < sg_command_count; i++) {
        if (strcmp(sg_commands[i].name, name) == 0)
            return &sg_commands[i];
        sg_nearest_offer(nearest, sg_commands[i].name);
    }
    return NULL;
}

static int run(struct sg_call *call)
{
    struct sg_repeated *operands = &call->options.operands;
    if (call->options.version)
        return sg_tell("sockgrade %s\n", SG_VERSION);
    struct sg_nearest nearest = {.word = operands->count ? operands->items[0] : ""};
    const struct sg_command *command = find_command(nearest.word, &nearest);
    if (call->options.help)
        return command ? print_command_help(command) : print_help();
    if (operands->count == 0)
        return sg_refuse_operand(call, 0, "a command is missing (sockgrade --help lists them)");
    if (!command)
        return sg_refuse_operand(call, 0, "unknown command '%s'%s%s%s", operands->items[0],
                                 nearest.found ? " (did you mean '" : "",
                                 nearest.found ? nearest.found : "", nearest.found ? "'?)" : "");
    operands->count--;
    memmove(operands->items, operands->items + 1, operands->count * sizeof operands->items[0]);
    memmove(operands->words, operands->words + 1, operands->count * sizeof operands->words[0]);
    if (operands->count < command->least)
        return sg_refuse_operand(call, operands->count, "usage: sockgrade %s %s", command->name,
                                 command->usage);
    if (operands->count > command->most)
        return sg_refuse_operand(call, command->most, "usage: sockgrade %s %s", command->name,
                                 command->usage);
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
