/* SPDX-License-Identifier: MIT
 * What commands print. */
#include "cli/output.h"

#include <ctype.h>
#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/table.h"

bool sg_print(struct sg_slice text)
{
    struct sg_error ignored;
    return sg_write_all(STDOUT_FILENO, text, &ignored) == 0;
}

int sg_print_error(const struct sg_error *err)
{
    sg_progress_clear();
    (void)fprintf(stderr, "sockgrade: %s\n", err->text);
    return err->blame == SG_BLAME_INPUT ? SG_EXIT_WRONG_INPUT : SG_EXIT_MACHINE;
}

int sg_print_complaints(const struct sg_complaints *complaints)
{
    sg_autobytes struct sg_bytes text = {0};
    sg_complaints_print(complaints, &text);
    sg_progress_clear();
    (void)fputs(sg_bytes_text(&text), stderr);
    return SG_EXIT_WRONG_INPUT;
}

static int refuse(struct sg_call *call, size_t word, const char *format, va_list args)
{
    sg_autobytes struct sg_bytes text = {0};
    sg_bytes_vprintf(&text, format, args);
    sg_line_complain(&call->complaints, &call->line, word, "%s", sg_bytes_text(&text));
    return sg_print_complaints(&call->complaints);
}

int sg_refuse_word(struct sg_call *call, size_t word, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int status = refuse(call, word, format, args);
    va_end(args);
    return status;
}

int sg_refuse_operand(struct sg_call *call, size_t index, const char *format, ...)
{
    const struct sg_repeated *operands = &call->options.operands;
    va_list args;
    va_start(args, format);
    int status =
        refuse(call, index < operands->count ? operands->words[index] : SIZE_MAX, format, args);
    va_end(args);
    return status;
}

bool sg_wants_color(const struct sg_options *options)
{
    if (options->color != SG_COLOR_AUTO)
        return options->color == SG_COLOR_ALWAYS;
    const char *no_color = getenv("NO_COLOR"), *terminal = getenv("TERM");
    return isatty(STDOUT_FILENO) && !(no_color && *no_color) &&
           !(terminal && strcmp(terminal, "dumb") == 0);
}

bool sg_wants_ascii(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
}

const char *sg_language(const struct sg_options *options)
{
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    if (options->lang)
        return options->lang == 2 ? "id" : "en";
    for (size_t i = 0; i < SG_COUNT(variables); i++) {
        const char *locale = getenv(variables[i]);
        if (locale && *locale)
            return strncmp(locale, "id", 2) == 0 && !islower((unsigned char)locale[2]) ? "id"
                                                                                       : "en";
    }
    return "en";
}

void sg_progress(const char *format, ...)
{
    if (!isatty(STDERR_FILENO))
        return;
    sg_autobytes struct sg_bytes text = {0};
    va_list args;
    va_start(args, format);
    sg_bytes_vprintf(&text, format, args);
    va_end(args);
    (void)fprintf(stderr, "\r\033[K%s", sg_bytes_text(&text));
}

void sg_progress_clear(void)
{
    if (isatty(STDERR_FILENO))
        (void)fputs("\r\033[K", stderr);
}
