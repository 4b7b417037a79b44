/* SPDX-License-Identifier: MIT
 * Errors with blame. */
#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

const char *sg_errno_text(int os)
{
    const char *text = strerrordesc_np(os);
    return text ? text : "an unknown error";
}

static int fill(struct sg_error *err, enum sg_blame blame, int os, const char *format, va_list args)
{
    if (!err)
        return -1;
    err->blame = blame;
    err->os = os;
    int length = vsnprintf(err->text, sizeof err->text, format, args);
    if (os && length >= 0 && (size_t)length < sizeof err->text)
        (void)snprintf(err->text + length, sizeof err->text - (size_t)length, ": %s",
                       sg_errno_text(os));
    return -1;
}

int sg_fail(struct sg_error *err, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    (void)fill(err, SG_BLAME_INPUT, 0, format, args);
    va_end(args);
    return -1;
}

int sg_fail_machine(struct sg_error *err, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    (void)fill(err, SG_BLAME_MACHINE, 0, format, args);
    va_end(args);
    return -1;
}

int sg_fail_os(struct sg_error *err, const char *format, ...)
{
    int os = errno;
    va_list args;
    va_start(args, format);
    (void)fill(err, SG_BLAME_MACHINE, os, format, args);
    va_end(args);
    return -1;
}

int sg_error_add(struct sg_error *err, const char *format, ...)
{
    if (!err)
        return -1;
    char text[sizeof err->text];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (length >= 0 && (size_t)length + 3 < sizeof text) {
        int room = (int)sizeof text - length - 3;
        (void)snprintf(text + length, sizeof text - (size_t)length, ": %.*s", room, err->text);
    }
    memcpy(err->text, text, sizeof text);
    return -1;
}

_Noreturn void sg_out_of_memory(void)
{
    static const char text[] = "sockgrade: out of memory\n";
    (void)!write(STDERR_FILENO, text, sizeof text - 1);
    _exit(3);
}
