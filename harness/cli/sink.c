/* SPDX-License-Identifier: MIT
 * Where a report goes. */
#include "cli/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/asked.h"
#include "cli/output.h"

const struct sg_format *sg_sink_parse(const char *word, const char **ret_file)
{
    sg_autofree char *name = sg_asked_name(word, ret_file);
    return sg_format_find(name);
}

static int refuse_name(struct sg_call *call, size_t index)
{
    const char *word = call->options.formats.items[index];
    sg_autobytes struct sg_bytes names = {0};
    for (size_t i = 0; i < sg_format_count; i++)
        sg_bytes_printf(&names, "%s%s", i ? ", " : "", sg_formats[i].name);
    return sg_refuse_word(call, call->options.formats.words[index],
                          "unknown format '%.*s' (one of: %s)", (int)strcspn(word, "="), word,
                          sg_bytes_text(&names));
}

/* Whether somebody has opened it for us to write to. What runs below us has no use for it. */
static bool take_descriptor(int fd)
{
    int mode = fcntl(fd, F_GETFL);
    return mode >= 0 && (mode & O_ACCMODE) != O_RDONLY && fcntl(fd, F_SETFD, FD_CLOEXEC) == 0;
}

int sg_sink_check(struct sg_call *call, size_t index, const struct sg_format *format,
                  const char *file)
{
    if (!format)
        return refuse_name(call, index);
    for (size_t i = 0; i < sizeof format->needs / sizeof format->needs[0]; i++) {
        if (format->needs[i] && !*sg_sink_variable(format->needs[i]))
            return sg_refuse_word(call, call->options.formats.words[index],
                                  "%s needs the variable %s, which is not set", format->name,
                                  format->needs[i]);
    }
    if (!file && format->descriptor && take_descriptor(format->descriptor))
        call->channel = format->descriptor;
    return 0;
}

const char *sg_sink_variable(const char *name)
{
    const char *value = getenv(name);
    return value ? value : "";
}

bool sg_sink_each_case(const struct sg_options *options)
{
    for (size_t i = 0; i < options->formats.count; i++) {
        const char *file;
        if (sg_sink_parse(options->formats.items[i], &file)->each_case && file)
            return true;
    }
    return false;
}

static int append(const char *path, struct sg_slice text, struct sg_error *err)
{
    sg_autoclose int fd =
        open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0666);
    if (fd < 0 || sg_write_all(fd, text, err) < 0)
        return fd < 0 ? sg_fail_os(err, "append to '%s'", path) : sg_error_add(err, "'%s'", path);
    return 0;
}

/* A runner of GitHub Actions obeys what it reads in a log. Between these two lines it does not; the
 * word that ends it must be one that no program can know. */
static int print_fenced(struct sg_slice text)
{
    uint8_t chance[16];
    sg_autobytes struct sg_bytes word = {0}, all = {0};
    if (getrandom(chance, sizeof chance, 0) != (ssize_t)sizeof chance)
        return sg_print(text);
    for (size_t i = 0; i < sizeof chance; i++)
        sg_bytes_printf(&word, "%02x", chance[i]);
    sg_bytes_printf(&all, "::stop-commands::%s\n", sg_bytes_text(&word));
    sg_bytes_add(&all, text.data, text.length);
    sg_bytes_printf(&all, "\n::%s::\n", sg_bytes_text(&word));
    return sg_print(sg_bytes_slice(&all));
}

static int print(const struct sg_format *format, struct sg_slice text)
{
    bool obeyed = strcmp(sg_sink_variable("GITHUB_ACTIONS"), "true") == 0;
    return format->shown && obeyed ? print_fenced(text) : sg_print(text);
}

int sg_sink_write(struct sg_call *call, size_t index, const struct sg_format *format,
                  const char *file, struct sg_slice text)
{
    struct sg_error err = {0};
    const char *appended = format->appended ? sg_sink_variable(format->appended) : "";
    int failed;
    if (file)
        failed = sg_file_write(file, text, &err);
    else if (*appended)
        failed = append(appended, text, &err);
    else if (format->descriptor && call->channel == format->descriptor)
        failed = sg_write_all(call->channel, text, &err);
    else
        return print(format, text);
    return failed ? sg_print_error_at(call, call->options.formats.words[index], &err)
                  : SG_EXIT_ALL_PASSED;
}
