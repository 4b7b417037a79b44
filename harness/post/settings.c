/* SPDX-License-Identifier: MIT
 * Settings from the environment, and the wiping of secrets. */
#include "post/settings.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/table.h"

enum { LEAST_SECRET_BYTES = 8 };

static const char *get(const char *variable)
{
    const char *value = variable ? getenv(variable) : NULL;
    return value && *value ? value : NULL;
}

static void wipe(char *secret)
{
    if (secret)
        explicit_bzero(secret, strlen(secret));
    free(secret);
}

/* Reads a file into memory that is never moved, so that no copy is left behind. */
static char *read_secret_file(const char *path, struct sg_error *err)
{
    struct stat status;
    sg_autoclose int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 || fstat(fd, &status) < 0) {
        (void)sg_fail_os(err, "cannot read '%s'", path);
        err->blame = SG_BLAME_INPUT;
        return NULL;
    }
    if (!S_ISREG(status.st_mode) || status.st_size > SG_MOST_SECRET_BYTES) {
        (void)sg_fail(err, "'%s' is no file of at most %d bytes", path, SG_MOST_SECRET_BYTES);
        return NULL;
    }
    char *text = sg_alloc(SG_MOST_SECRET_BYTES + 1);
    size_t length = 0;
    while (length < SG_MOST_SECRET_BYTES) {
        ssize_t count = read(fd, text + length, SG_MOST_SECRET_BYTES - length);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            break;
        length += (size_t)count;
    }
    return text;
}

/* The line end that an editor left is no part of a secret. Control characters in the middle are:
 * they would end a header early. */
static int tidy_secret(char *text, bool has_lines, struct sg_error *err)
{
    size_t length = strlen(text);
    if (length && text[length - 1] == '\n')
        text[--length] = 0;
    if (length && text[length - 1] == '\r')
        text[--length] = 0;
    /* What can be guessed proves nothing, and what is as short as a word cannot be blotted out. */
    if (length < LEAST_SECRET_BYTES)
        return sg_fail(err, "is shorter than %d bytes", LEAST_SECRET_BYTES);
    if (length > SG_MOST_SECRET_BYTES)
        return sg_fail(err, "is longer than %d bytes", SG_MOST_SECRET_BYTES);
    for (const char *at = text; *at; at++) {
        if (((unsigned char)*at < 0x20 && !(has_lines && strchr("\r\n", *at))) || *at == 0x7f)
            return sg_fail(err, "holds a control character");
    }
    return 0;
}

/* *ret stays NULL where neither the variable nor its _FILE is set. */
static int read_secret(const char *variable, bool has_lines, char **ret, struct sg_error *err)
{
    sg_autofree char *file_variable = sg_printf("%s_FILE", variable);
    const char *value = get(variable), *path = get(file_variable);
    const char *source = value ? variable : file_variable;
    if (!value && !path)
        return 0;
    char *text = value ? sg_strdup(value) : read_secret_file(path, err);
    if (text && tidy_secret(text, has_lines, err) == 0) {
        *ret = text;
        return 0;
    }
    wipe(text);
    return sg_error_add(err, "%s", source);
}

static int read_one(const struct sg_post_setting *row, char **ret, struct sg_error *err)
{
    for (size_t i = 0; i < SG_COUNT(row->variables) && !*ret; i++) {
        const char *variable = row->variables[i];
        if (variable && row->secret && read_secret(variable, row->has_lines, ret, err) < 0)
            return -1;
        if (!row->secret && get(variable))
            *ret = sg_strdup(get(variable));
    }
    if (!*ret && row->otherwise)
        *ret = sg_strdup(row->otherwise);
    if (*ret || !row->needed)
        return 0;
    if (!row->secret)
        return sg_fail(err, "%s is not set (%s)", row->variables[0], row->help);
    return sg_fail(err, "neither %s nor %s_FILE is set (%s)", row->variables[0], row->variables[0],
                   row->help);
}

int sg_settings_read(const struct sg_post_setting *rows, size_t count, bool secrets,
                     struct sg_post_settings *ret, struct sg_error *err)
{
    *ret = (struct sg_post_settings){.rows = rows, .count = count};
    for (size_t i = 0; i < count; i++) {
        if (rows[i].secret && !secrets)
            continue;
        if (read_one(&rows[i], &ret->values[i], err) < 0)
            return -1;
    }
    return 0;
}

void sg_settings_done(struct sg_post_settings *settings)
{
    for (size_t i = 0; i < settings->count; i++)
        wipe(settings->values[i]);
    wipe(settings->learned);
    *settings = (struct sg_post_settings){0};
}

/* unsetenv() takes the pointers away and leaves the text, on the stack that execve() made, where
 * /proc/PID/environ shows it and every forked process inherits it. */
static void forget(const char *variable)
{
    size_t length = strlen(variable);
    for (char **entry = environ; entry && *entry; entry++) {
        if (strncmp(*entry, variable, length) == 0 && (*entry)[length] == '=')
            explicit_bzero(*entry + length + 1, strlen(*entry + length + 1));
    }
    (void)unsetenv(variable);
}

void sg_settings_forget(const struct sg_post_setting *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t v = 0; rows[i].secret && v < SG_COUNT(rows[i].variables); v++) {
            if (rows[i].variables[v])
                forget(rows[i].variables[v]);
        }
    }
}

static void redact_one(struct sg_slice secret, struct sg_bytes *text)
{
    sg_autobytes struct sg_bytes clean = {0};
    struct sg_slice rest = sg_bytes_slice(text);
    for (size_t at; (at = sg_slice_find(rest, secret)) != SIZE_MAX;) {
        sg_bytes_add(&clean, rest.data, at);
        sg_bytes_add_text(&clean, "(secret)");
        rest = sg_slice_skip(rest, at + secret.length);
    }
    if (rest.length == text->length)
        return;
    sg_bytes_add(&clean, rest.data, rest.length);
    explicit_bzero(text->data, text->length);
    sg_bytes_clear(text);
    sg_bytes_add(text, clean.data, clean.length);
}

void sg_settings_redact(const struct sg_post_settings *settings, struct sg_bytes *text)
{
    for (size_t i = 0; i < settings->count; i++) {
        if (settings->rows[i].secret && settings->values[i])
            redact_one(sg_slice_text(settings->values[i]), text);
    }
    if (settings->learned)
        redact_one(sg_slice_text(settings->learned), text);
}

void sg_settings_learn(struct sg_post_settings *settings, char *secret, int64_t until_ms)
{
    wipe(settings->learned);
    settings->learned = secret;
    settings->until_ms = until_ms;
}

/* "NAME, or OTHER_NAME", and for secrets the variables that name a file. */
static void add_variables(const struct sg_post_setting *row, struct sg_bytes *out)
{
    for (size_t i = 0; i < SG_COUNT(row->variables) && row->variables[i]; i++) {
        sg_bytes_printf(out, "%s%s", i ? ", or " : "", row->variables[i]);
        if (row->secret)
            sg_bytes_printf(out, ", or %s_FILE", row->variables[i]);
    }
}

void sg_settings_help(const struct sg_post_setting *rows, size_t count, struct sg_bytes *out)
{
    for (size_t i = 0; i < count; i++) {
        const struct sg_post_setting *row = &rows[i];
        sg_bytes_add_text(out, "    ");
        add_variables(row, out);
        sg_bytes_printf(out, "%s\n        %s%s",
                        row->needed && !row->otherwise ? "" : " (optional)", row->help,
                        row->secret ? "; _FILE names a file that holds it" : "");
        if (row->otherwise)
            sg_bytes_printf(out, " (%s)", row->otherwise);
        sg_bytes_add_byte(out, '\n');
    }
}
