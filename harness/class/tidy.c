/* SPDX-License-Identifier: MIT
 * What in a submission would keep its own source from being graded: compiled programs that were
 * handed in with it, and line ends of Windows where a shell or make reads. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/table.h"
#include "class/gather.h"
#include "class/names.h"
#include "program/files.h"
#include "program/source.h"

enum { MOST_SCRIPT_BYTES = 1 << 20 };

struct tidying {
    struct sg_draft *draft;
    const char *folder;
    struct sg_files files;
};

static char *full_path(const struct tidying *tidying, const struct sg_file_entry *file)
{
    return sg_printf("%s/%s", tidying->folder, file->path);
}

static bool begins_with(const struct tidying *tidying, const struct sg_file_entry *file,
                        const char *start)
{
    sg_autobytes struct sg_bytes head = {0};
    sg_autofree char *path = full_path(tidying, file);
    return sg_file_peek(AT_FDCWD, path, strlen(start), &head) &&
           sg_slice_equal(sg_bytes_slice(&head), sg_slice_text(start));
}

/* --- compiled programs ------------------------------------------------------------------------ */

/* The length of a file's name without what tells its language. */
static size_t stem_of(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot && dot != name ? (size_t)(dot - name) : strlen(name);
}

/* Whether one of the sources could be what `file` was compiled from: it has the same stem, or
 * `file` has the name that a compiler gives by itself. */
static const struct sg_file_entry *source_of(const struct tidying *tidying,
                                             const struct sg_file_entry *file)
{
    size_t stem = stem_of(file->name);
    bool nameless = strcmp(file->name, "a.out") == 0;
    for (size_t i = 0; i < tidying->files.count; i++) {
        const struct sg_file_entry *other = &tidying->files.items[i];
        enum sg_language language = sg_source_language(other->name);
        if (language == SG_LANGUAGE_NONE || language == SG_LANGUAGE_JAVA)
            continue;
        size_t length = stem_of(other->name);
        if (nameless || (length == stem && strncmp(other->name, file->name, stem) == 0))
            return other;
    }
    return NULL;
}

static int look_at_program(struct tidying *tidying, const struct sg_file_entry *file,
                           struct sg_error *err)
{
    if (!begins_with(tidying, file, "\177ELF"))
        return 0;
    sg_autofree char *shown = sg_name_show(file->path);
    const struct sg_file_entry *source = source_of(tidying, file);
    if (!source) {
        sg_texts_add(&tidying->draft->notes, "'%s' is a compiled program; its source is not there",
                     shown);
        return 0;
    }
    sg_autofree char *path = full_path(tidying, file);
    sg_autofree char *from = sg_name_show(source->path);
    if (unlink(path) < 0)
        return sg_fail_os(err, "remove '%s'", path);
    sg_texts_add(&tidying->draft->notes, "removed: '%s', which was compiled; '%s' is graded", shown,
                 from);
    return 0;
}

static void look_at_foreign(struct tidying *tidying, const struct sg_file_entry *file)
{
    static const struct {
        const char *end, *start, *words;
    } rows[] = {
        {".exe", "MZ", "a program for Windows, which does not run here"},
        {".class", "\xca\xfe\xba\xbe", "compiled Java, which was handed in"},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        if (!sg_name_ends(file->name, rows[i].end) || !begins_with(tidying, file, rows[i].start))
            continue;
        sg_autofree char *shown = sg_name_show(file->path);
        sg_texts_add(&tidying->draft->notes, "'%s' is %s", shown, rows[i].words);
    }
}

/* --- line ends -------------------------------------------------------------------------------- */

static bool is_read_by_lines(const struct tidying *tidying, const struct sg_file_entry *file)
{
    static const char *const names[] = {"Makefile", "makefile", "GNUmakefile", "configure"};
    for (size_t i = 0; i < SG_COUNT(names); i++) {
        if (strcmp(file->name, names[i]) == 0)
            return true;
    }
    return sg_name_ends(file->name, ".mk") || sg_name_ends(file->name, ".sh") ||
           begins_with(tidying, file, "#!");
}

/* Appends `text` with "\r\n" as "\n"; returns how many there were. */
static size_t without_returns(struct sg_slice text, struct sg_bytes *out)
{
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '\r' && i + 1 < text.length && text.data[i + 1] == '\n')
            count++;
        else
            sg_bytes_add_byte(out, text.data[i]);
    }
    return count;
}

static int mend_lines(struct tidying *tidying, const struct sg_file_entry *file,
                      struct sg_error *err)
{
    sg_autobytes struct sg_bytes text = {0}, mended = {0};
    sg_autofree char *path = full_path(tidying, file);
    struct sg_error ignored = {0};
    if (file->size > MOST_SCRIPT_BYTES || !is_read_by_lines(tidying, file) ||
        sg_file_read(path, MOST_SCRIPT_BYTES, &text, &ignored) < 0 ||
        !without_returns(sg_bytes_slice(&text), &mended))
        return 0;
    sg_autoclose int fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return sg_fail_os(err, "open '%s'", path);
    if (sg_write_all(fd, sg_bytes_slice(&mended), err) < 0)
        return -1;
    sg_autofree char *shown = sg_name_show(file->path);
    sg_texts_add(&tidying->draft->notes,
                 "'%s' has the line ends of Windows (CR LF): mended in the copy that is graded",
                 shown);
    return 0;
}

/* --- case ------------------------------------------------------------------------------------- */

struct caseless {
    char *key;
    const char *path;
};

static int compare_caseless(const void *a, const void *b)
{
    const struct caseless *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    return order ? order : strcmp(x->path, y->path);
}

static void note_case_clashes(struct tidying *tidying)
{
    size_t count = tidying->files.count;
    struct caseless *all = sg_alloc((count + 1) * sizeof *all);
    for (size_t i = 0; i < count; i++) {
        all[i].path = tidying->files.items[i].path;
        all[i].key = sg_name_caseless(all[i].path);
    }
    qsort(all, count, sizeof *all, compare_caseless);
    for (size_t i = 1; i < count; i++) {
        if (strcmp(all[i - 1].key, all[i].key) != 0)
            continue;
        sg_autofree char *one = sg_name_show(all[i - 1].path);
        sg_autofree char *other = sg_name_show(all[i].path);
        sg_texts_add(&tidying->draft->notes, "'%s' and '%s' differ in case alone", one, other);
    }
    for (size_t i = 0; i < count; i++)
        free(all[i].key);
    free(all);
}

int sg_gather_tidy(struct sg_draft *draft, const char *target, struct sg_error *err)
{
    struct tidying tidying = {.draft = draft, .folder = target};
    if (sg_files_list(target, &tidying.files, err) < 0)
        return -1;
    int failed = 0;
    for (size_t i = 0; !failed && i < tidying.files.count; i++) {
        const struct sg_file_entry *file = &tidying.files.items[i];
        look_at_foreign(&tidying, file);
        failed = mend_lines(&tidying, file, err) < 0 || look_at_program(&tidying, file, err) < 0;
    }
    note_case_clashes(&tidying);
    sg_files_done(&tidying.files);
    return failed ? -1 : 0;
}
