/* SPDX-License-Identifier: MIT
 * What commands print. */
#include "cli/output.h"

#include <ctype.h>
#include <errno.h>
#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/file.h"
#include "base/table.h"
#include "base/utf8.h"
#include "report/paint.h"

int sg_print(struct sg_slice text)
{
    struct sg_error err = {0};
    sg_progress_clear();
    if (sg_write_all(STDOUT_FILENO, text, &err) == 0)
        return SG_EXIT_ALL_PASSED;
    if (err.os != EPIPE) {
        (void)sg_error_add(&err, "cannot write to standard output");
        (void)sg_print_error(&err);
    }
    return SG_EXIT_MACHINE;
}

int sg_tell(const char *format, ...)
{
    sg_autobytes struct sg_bytes text = {0};
    va_list args;
    va_start(args, format);
    sg_bytes_vprintf(&text, format, args);
    va_end(args);
    return sg_print(sg_bytes_slice(&text));
}

/* An error may repeat what stands in a submission. */
int sg_print_error(const struct sg_error *err)
{
    sg_autobytes struct sg_bytes shown = {0};
    sg_show_lines(&shown, (const uint8_t *)err->text, strlen(err->text));
    sg_progress_clear();
    (void)fprintf(stderr, "sockgrade: %s\n", sg_bytes_text(&shown));
    return err->blame == SG_BLAME_INPUT ? SG_EXIT_WRONG_INPUT : SG_EXIT_MACHINE;
}

void sg_remark(const char *format, ...)
{
    sg_autobytes struct sg_bytes text = {0}, shown = {0};
    va_list args;
    va_start(args, format);
    sg_bytes_vprintf(&text, format, args);
    va_end(args);
    sg_show_lines(&shown, (const uint8_t *)sg_bytes_text(&text), text.length);
    sg_progress_clear();
    (void)fprintf(stderr, "sockgrade: %s\n", sg_bytes_text(&shown));
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
    struct sg_complaints one = {0};
    sg_line_complain(&one, &call->line, word, "%s", sg_bytes_text(&text));
    int status = sg_print_complaints(&one);
    sg_complaints_done(&one);
    return status;
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
    va_list args;
    va_start(args, format);
    int status = refuse(call, sg_operand_word(call, index), format, args);
    va_end(args);
    return status;
}

size_t sg_operand_word(const struct sg_call *call, size_t index)
{
    const struct sg_repeated *operands = &call->options.operands;
    return index < operands->count ? operands->words[index] : SIZE_MAX;
}

int sg_print_error_at(struct sg_call *call, size_t word, const struct sg_error *err)
{
    return err->blame == SG_BLAME_INPUT ? sg_refuse_word(call, word, "%s", err->text)
                                        : sg_print_error(err);
}

void sg_add_row(struct sg_bytes *out, const char *left, size_t column, const char *text)
{
    size_t width = sg_utf8_width(left);
    sg_autobytes struct sg_bytes lines = {0};
    const struct sg_paint paint = {.out = &lines};
    sg_paint_wrapped(&paint, SG_PAINT_PLAIN, column, text);
    bool fits = width < column;
    sg_bytes_printf(out, "%s%s", left, fits ? "" : "\n");
    sg_bytes_add_text(out, sg_bytes_text(&lines) + (fits ? width : 0));
}

/* Characters that a shell leaves alone. */
static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                            "-_./,:=+@%";

void sg_add_word(struct sg_bytes *out, const char *option, const char *word)
{
    const char *leave = word[0] == '-' && !*option ? " --" : "";
    if (*word && !word[strspn(word, plain)]) {
        sg_bytes_printf(out, "%s%s %s", option, leave, word);
        return;
    }
    sg_bytes_printf(out, "%s%s '", option, leave);
    for (const char *c = word; *c; c++)
        sg_bytes_printf(out, *c == '\'' ? "'\\%c'" : "%c", *c);
    sg_bytes_add_byte(out, '\'');
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

/* Whether a line can be written over. */
static bool has_progress(void)
{
    const char *terminal = getenv("TERM");
    return isatty(STDERR_FILENO) && !(terminal && strcmp(terminal, "dumb") == 0);
}

/* A line that the terminal would wrap could not be written over. */
static size_t progress_width(void)
{
    struct winsize size = {0};
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_col < 2)
        size.ws_col = SG_PAINT_WIDTH;
    return size.ws_col - 1U;
}

void sg_progress(const char *format, ...)
{
    if (!has_progress())
        return;
    sg_autobytes struct sg_bytes text = {0}, shown = {0};
    const struct sg_paint paint = {.out = &shown, .ascii = sg_wants_ascii()};
    va_list args;
    va_start(args, format);
    sg_bytes_vprintf(&text, format, args);
    va_end(args);
    (void)sg_paint_cut(&paint, SG_PAINT_PLAIN, sg_bytes_text(&text), progress_width());
    (void)fprintf(stderr, "\r\033[K%s", sg_bytes_text(&shown));
    (void)fflush(stderr);
}

void sg_progress_clear(void)
{
    if (has_progress())
        (void)fputs("\r\033[K", stderr);
}
