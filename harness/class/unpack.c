/* SPDX-License-Identifier: MIT
 * One archive into one folder: of each entry first its name, then its sort, then its share of the
 * bounds, then its bytes. */
#include "class/archive.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/table.h"
#include "class/library.h"
#include "class/names.h"
#include "class/share.h"
#include "program/files.h"

enum { BLOCK_BYTES = 65536, MOST_PATH_BYTES = 4096, SAFE_BYTES = 64 << 20, MOST_RATIO = 200 };

struct unpacking {
    const struct sg_libarchive *lib;
    struct archive *archive;
    const struct sg_unpack_limits *limits;
    struct sg_remarks *remarks;
    struct sg_error *err;
    int folder;
    struct sg_shares shares;
    struct sg_share *current; /* of the entry that is read, or was last */
    size_t files;
    uint64_t bytes;
    bool over; /* nothing more is taken */
};

/* The name of an entry, cleaned, as the folders on its way and the file. */
struct name {
    char *shown;
    struct sg_bytes path; /* cleaned, with slashes */
    size_t depth;
};

static void name_done(struct name *name)
{
    free(name->shown);
    sg_bytes_done(&name->path);
}

static void remark(struct unpacking *unpacking, const char *path, bool spoils, const char *format,
                   ...) __attribute__((format(printf, 4, 5)));
static void remark(struct unpacking *unpacking, const char *path, bool spoils, const char *format,
                   ...)
{
    sg_autobytes struct sg_bytes text = {0};
    va_list args;
    va_start(args, format);
    sg_bytes_vprintf(&text, format, args);
    va_end(args);
    sg_remarks_add(unpacking->remarks, path, spoils, sg_bytes_text(&text));
}

static struct sg_share *share_of(struct unpacking *unpacking, const char *path)
{
    return sg_share_of(&unpacking->shares, path, unpacking->limits->share);
}

/* All of the archive is given up where more is wrong than could be said. */
static void spoil(struct unpacking *unpacking, struct sg_share *share, const char *text)
{
    if (share->spoiled)
        return;
    share->spoiled = true;
    sg_remarks_add(unpacking->remarks, share->path, true, text);
    if (!sg_remarks_full(unpacking->remarks))
        return;
    sg_remarks_add(unpacking->remarks, "", true, "too much is wrong with it");
    unpacking->over = true;
}

/* --- names ------------------------------------------------------------------------------------ */

/* Appends one component. False where the entry is not to be taken. */
static bool add_component(struct unpacking *unpacking, struct name *name, const char *part)
{
    const char *above = sg_bytes_text(&name->path);
    if (sg_files_is_clutter(part)) {
        sg_autofree char *path = sg_printf("%s%s%s", above, *above ? "/" : "", part);
        sg_autofree char *place = sg_share_path(path, unpacking->limits->share);
        const char *shown = strncmp(part, "._", 2) == 0 ? "._*" : part;
        if (*above || !unpacking->limits->share) /* beside submissions it is nobody's */
            remark(unpacking, place, false, "left out: '%s'", shown);
        return false;
    }
    if (name->path.length)
        sg_bytes_add_byte(&name->path, '/');
    size_t start = name->path.length;
    const char *wrong = sg_name_clean(part, &name->path);
    if (++name->depth > SG_SUBMISSION_MOST_DEPTH || name->path.length > MOST_PATH_BYTES - 256) {
        spoil(unpacking, share_of(unpacking, sg_bytes_text(&name->path)),
              "folders are nested too deep in it");
        return false;
    }
    if (!wrong)
        return true;
    sg_autofree char *raw = sg_name_show(part);
    sg_autofree char *place = sg_share_path(sg_bytes_text(&name->path), unpacking->limits->share);
    remark(unpacking, place, false, "a name was changed: '%s' is now '%s' (%s)", raw,
           sg_bytes_text(&name->path) + start, wrong);
    return true;
}

static const char *raw_name(const struct unpacking *unpacking, struct archive_entry *entry)
{
    const char *raw = unpacking->lib->entry_pathname(entry);
    return raw ? raw : unpacking->lib->entry_pathname_utf8(entry);
}

static bool leads_out(const char *path)
{
    sg_autofree char *copy = sg_strdup(path);
    char *rest = copy;
    for (char *part; (part = strsep(&rest, "/"));) {
        if (strcmp(part, "..") == 0)
            return true;
    }
    return false;
}

/* Reads the name of an entry. False where it is not to be taken, which has been remarked. */
static bool read_name(struct unpacking *unpacking, struct archive_entry *entry, struct name *ret)
{
    const char *raw = raw_name(unpacking, entry);
    if (!raw || !*raw) {
        remark(unpacking, "", false, "left out: a file without a name");
        return false;
    }
    ret->shown = sg_name_show(raw);
    if (*raw == '/') {
        remark(unpacking, "", false, "left out: '%s' (an absolute path)", ret->shown);
        return false;
    }
    if (leads_out(raw)) {
        remark(unpacking, "", false, "left out: '%s' (it leads out of the archive)", ret->shown);
        return false;
    }
    sg_autofree char *copy = sg_strdup(raw);
    char *rest = copy;
    for (char *part; (part = strsep(&rest, "/"));) {
        if (!*part || strcmp(part, ".") == 0)
            continue;
        if (!add_component(unpacking, ret, part))
            return false;
    }
    return ret->path.length > 0;
}

/* --- sorts ------------------------------------------------------------------------------------ */

static const char *refused_sort(const struct unpacking *unpacking, struct archive_entry *entry)
{
    static const struct {
        unsigned type;
        const char *words;
    } rows[] = {
        {AE_IFLNK, "a symbolic link"}, {AE_IFSOCK, "a socket"}, {AE_IFCHR, "a device"},
        {AE_IFBLK, "a device"},        {AE_IFIFO, "a FIFO"},
    };
    unsigned type = unpacking->lib->entry_filetype(entry);
    if (unpacking->lib->entry_hardlink(entry))
        return "a hard link";
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        if (rows[i].type == type)
            return rows[i].words;
    }
    return type == AE_IFREG || type == AE_IFDIR ? NULL : "no file";
}

/* --- bounds ----------------------------------------------------------------------------------- */

/* Counts one more file, of all and of those in its folder. False where it must not be taken. Where
 * no folder is around the files of a class, how many one student has handed in is seen later. */
static bool count_file(struct unpacking *unpacking, const char *path, const struct sg_share *share)
{
    const struct sg_unpack_limits *limits = unpacking->limits;
    const char *slash = strrchr(path, '/');
    sg_autofree char *folder = sg_printf("%.*s", slash ? (int)(slash - path) : 0, path);
    if (++unpacking->files > limits->total_files) {
        sg_autofree char *text = sg_printf("more than %zu files", limits->total_files);
        sg_remarks_add(unpacking->remarks, "", true, text);
        unpacking->over = true;
        return false;
    }
    if (!*folder && limits->share)
        return !share->spoiled;
    struct sg_share *around = share_of(unpacking, folder);
    if (++around->files > limits->most_files) {
        sg_autofree char *text = sg_printf("more than %zu files", limits->most_files);
        spoil(unpacking, around, text);
    }
    return !around->spoiled && !share->spoiled;
}

/* Counts bytes of a file that has grown to `size`, read from `packed` bytes. */
static bool count_bytes(struct unpacking *unpacking, struct sg_share *share, size_t count,
                        uint64_t size, uint64_t packed)
{
    const struct sg_unpack_limits *limits = unpacking->limits;
    unpacking->bytes += count;
    share->bytes += count;
    if (unpacking->bytes > limits->total_bytes) {
        sg_autofree char *text =
            sg_printf("more than %llu MiB", (unsigned long long)(limits->total_bytes >> 20));
        sg_remarks_add(unpacking->remarks, "", true, text);
        unpacking->over = true;
        return false;
    }
    if (share->bytes > limits->most_bytes) {
        sg_autofree char *text =
            sg_printf("more than %llu MiB", (unsigned long long)(limits->most_bytes >> 20));
        spoil(unpacking, share, text);
        return false;
    }
    if (size > SAFE_BYTES && size / MOST_RATIO > packed + BLOCK_BYTES) {
        spoil(unpacking, share, "it grows to more than 200 times its size when it is unpacked");
        return false;
    }
    return true;
}

/* --- files ------------------------------------------------------------------------------------ */

/* Opens the folder that `path` is in (all of `path` with `whole`), making what is missing. -1: a
 * file is in the way, or the machine refuses (`errno`). */
static int open_way(const struct unpacking *unpacking, const char *path, bool whole,
                    const char **ret_last)
{
    sg_autofree char *copy = sg_strdup(path);
    sg_autoclose int dir = dup(unpacking->folder);
    char *rest = copy;
    for (char *part; dir >= 0 && (part = strsep(&rest, "/"));) {
        if (!rest && !whole) {
            *ret_last = path + (part - copy);
            break;
        }
        if (mkdirat(dir, part, 0700) < 0 && errno != EEXIST)
            return -1;
        int below = openat(dir, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        (void)close(dir);
        dir = below;
    }
    return sg_take_fd(&dir);
}

static int copy_data(struct unpacking *unpacking, int fd, struct sg_share *share, const char *shown)
{
    uint8_t block[BLOCK_BYTES];
    uint64_t size = 0;
    int64_t before = unpacking->lib->filter_bytes(unpacking->archive, -1);
    for (;;) {
        la_ssize_t count = unpacking->lib->read_data(unpacking->archive, block, sizeof block);
        if (count == ARCHIVE_RETRY)
            continue;
        if (count < 0) {
            const char *why = unpacking->lib->error_string(unpacking->archive);
            sg_autofree char *text = sg_printf("'%s' is damaged: %s", shown, why ? why : "?");
            spoil(unpacking, share, text);
            unpacking->over = unpacking->over || count == ARCHIVE_FATAL;
            return 0;
        }
        if (count == 0)
            return 0;
        size += (uint64_t)count;
        int64_t now = unpacking->lib->filter_bytes(unpacking->archive, -1);
        uint64_t packed = now > before ? (uint64_t)(now - before) : 0;
        if (!count_bytes(unpacking, share, (size_t)count, size, packed))
            return 0;
        if (sg_write_all(fd, (struct sg_slice){block, (size_t)count}, unpacking->err) < 0)
            return -1;
    }
}

/* Where the machine has no room left the error is its; what a name collides with is the
 * archive's. */
static int fail_to_create(struct unpacking *unpacking, const struct name *name)
{
    static const int of_machine[] = {ENOSPC, EDQUOT, EMFILE, ENFILE, EROFS, EIO, ENOMEM};
    for (size_t i = 0; i < SG_COUNT(of_machine); i++) {
        if (errno == of_machine[i])
            return sg_fail_os(unpacking->err, "create a file");
    }
    sg_autofree char *place = sg_share_path(sg_bytes_text(&name->path), unpacking->limits->share);
    remark(unpacking, place, false, "left out: '%s' (something else has its name)", name->shown);
    return 0;
}

static int take_file(struct unpacking *unpacking, struct archive_entry *entry,
                     const struct name *name, struct sg_share *share)
{
    const char *path = sg_bytes_text(&name->path), *last = path;
    unsigned perm = unpacking->lib->entry_perm(entry);
    sg_autoclose int dir = open_way(unpacking, path, false, &last);
    if (dir < 0)
        return fail_to_create(unpacking, name);
    if (unpacking->lib->entry_is_data_encrypted(entry)) {
        sg_autofree char *text = sg_printf("'%s' is protected by a password", name->shown);
        spoil(unpacking, share, text);
        return 0;
    }
    if (perm & 07000)
        remark(unpacking, share->path, false, "'%s' had a set-user-id bit or the like: removed",
               name->shown);
    int flags = O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC;
    mode_t mode = perm & 0111 ? 0700 : 0600;
    sg_autoclose int fd = openat(dir, last, flags | O_EXCL, mode);
    if (fd < 0 && errno == EEXIST) {
        fd = openat(dir, last, flags | O_TRUNC, mode);
        if (fd >= 0)
            remark(unpacking, share->path, false, "'%s' stands twice: the last one counts",
                   name->shown);
    }
    if (fd < 0)
        return fail_to_create(unpacking, name);
    return copy_data(unpacking, fd, share, name->shown);
}

static int take_entry(struct unpacking *unpacking, struct archive_entry *entry)
{
    __attribute__((cleanup(name_done))) struct name name = {0};
    if (!read_name(unpacking, entry, &name))
        return 0;
    const char *path = sg_bytes_text(&name.path);
    struct sg_share *share = unpacking->current = share_of(unpacking, path);
    const char *refused = refused_sort(unpacking, entry);
    if (refused) {
        remark(unpacking, share->path, false, "left out: '%s' (%s)", name.shown, refused);
        return 0;
    }
    if (!count_file(unpacking, path, share))
        return 0;
    if (unpacking->lib->entry_filetype(entry) == AE_IFREG)
        return take_file(unpacking, entry, &name, share);
    sg_autoclose int dir = open_way(unpacking, path, true, NULL);
    return dir < 0 ? fail_to_create(unpacking, &name) : 0;
}

/* --- the archive ------------------------------------------------------------------------------ */

static int open_archive(struct unpacking *unpacking, const char *file)
{
    const struct sg_libarchive *lib = unpacking->lib;
    unpacking->archive = lib->read_new();
    if (!unpacking->archive)
        sg_out_of_memory();
    (void)lib->read_support_filter_bzip2(unpacking->archive);
    (void)lib->read_support_filter_gzip(unpacking->archive);
    (void)lib->read_support_filter_xz(unpacking->archive);
    (void)lib->read_support_filter_zstd(unpacking->archive);
    (void)lib->read_support_format_tar(unpacking->archive);
    (void)lib->read_support_format_zip(unpacking->archive);
    return lib->read_open_filename(unpacking->archive, file, BLOCK_BYTES);
}

static void remark_damage(struct unpacking *unpacking, bool begun)
{
    const char *why = unpacking->lib->error_string(unpacking->archive);
    sg_autofree char *shown = sg_name_show(why ? why : "?");
    remark(unpacking, "", true, "%s: %s",
           begun ? "the archive is damaged" : "no archive that can be read", shown);
    if (begun && unpacking->current && unpacking->limits->share)
        spoil(unpacking, unpacking->current, "the archive is damaged here");
}

static int take_all(struct unpacking *unpacking)
{
    for (bool begun = false; !unpacking->over; begun = true) {
        struct archive_entry *entry = NULL;
        int result = unpacking->lib->read_next_header(unpacking->archive, &entry);
        if (result == ARCHIVE_EOF)
            return 0;
        if (result == ARCHIVE_RETRY)
            continue;
        if (result < ARCHIVE_WARN) {
            remark_damage(unpacking, begun);
            return 0;
        }
        if (take_entry(unpacking, entry) < 0)
            return -1;
        /* One submission that is spoiled has nothing more to give. */
        if (!unpacking->limits->share && unpacking->current && unpacking->current->spoiled)
            return 0;
    }
    return 0;
}

int sg_archive_unpack_here(const char *file, const char *folder,
                           const struct sg_unpack_limits *limits, struct sg_remarks *ret,
                           struct sg_error *err)
{
    struct unpacking unpacking = {
        .lib = sg_libarchive(err), .limits = limits, .remarks = ret, .err = err};
    if (!unpacking.lib)
        return -1;
    unpacking.folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (unpacking.folder < 0)
        return sg_fail_os(err, "open '%s'", folder);
    /* Names go through the locale's encoding. */
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    locale_t before = utf8 ? uselocale(utf8) : (locale_t)0;
    int failed = 0;
    if (open_archive(&unpacking, file) != ARCHIVE_OK)
        remark_damage(&unpacking, false);
    else
        failed = take_all(&unpacking);
    (void)unpacking.lib->read_free(unpacking.archive);
    if (utf8) {
        (void)uselocale(before);
        freelocale(utf8);
    }
    (void)close(unpacking.folder);
    sg_shares_done(&unpacking.shares);
    return failed;
}
