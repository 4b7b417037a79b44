/* SPDX-License-Identifier: MIT
 * What options ask for. */
#include "cli/asked.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/output.h"
#include "cli/sink.h"

char *sg_asked_name(const char *word, const char **ret_file)
{
    size_t length = strcspn(word, "=");
    *ret_file = word[length] ? word + length + 1 : NULL;
    return sg_printf("%.*s", (int)length, word);
}

int sg_asked_file(struct sg_call *call, size_t word, const char *file)
{
    struct sg_error err = {0};
    if (file && !*file)
        return sg_refuse_word(call, word, "the name of a file is missing behind '='");
    if (file && sg_file_check_writable(file, &err) < 0)
        return sg_print_error_at(call, word, &err);
    return 0;
}

int sg_asked_formats(struct sg_call *call, const char *placeholder)
{
    const struct sg_repeated *formats = &call->options.formats;
    for (size_t i = 0; i < formats->count; i++) {
        const char *file;
        const struct sg_format *format = sg_sink_parse(formats->items[i], &file);
        bool later = file && placeholder && strstr(file, placeholder);
        int refused = later ? 0 : sg_asked_file(call, formats->words[i], file);
        if (!refused)
            refused = sg_sink_check(call, i, format, file);
        if (refused)
            return refused;
    }
    return 0;
}

int sg_asked_folder(const char *folder, struct sg_error *err)
{
    int failed = sg_make_folders(folder, err);
    if (failed && err->os != ENOSPC && err->os != EIO)
        err->blame = SG_BLAME_INPUT;
    return failed;
}

int sg_asked_machine(struct sg_call *call, const struct sg_machine *machine, struct sg_error *err)
{
    for (size_t i = 0; i < call->options.require.count; i++) {
        for (const char *rest = call->options.require.items[i]; *rest;) {
            size_t length = strcspn(rest, ",");
            sg_autofree char *word = sg_printf("%.*s", (int)length, rest);
            int result = sg_machine_require(machine, word, err);
            if (result == -2)
                return sg_refuse_word(call, call->options.require.words[i],
                                      "'%s' cannot be required (private, faults, jail)", word);
            if (result < 0)
                return -1;
            rest += length + (rest[length] == ',');
        }
    }
    return 0;
}

int sg_asked_jobs(const struct sg_call *call)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    return call->options.jobs ? (int)call->options.jobs : (int)(processors > 0 ? processors : 1);
}
