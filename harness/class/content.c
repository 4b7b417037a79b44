/* SPDX-License-Identifier: MIT
 * Digests of submissions, specs and programs. */
#include "class/content.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sha2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "program/files.h"
#include "program/submission.h"

enum { MOST_DEPTH = 64, BLOCK = 65536 };

struct digesting {
    SHA2_CTX context;
    size_t files, bytes;
    struct sg_error *err;
};

/* A text with its length in front. */
static void add(SHA2_CTX *context, const void *data, size_t length)
{
    uint64_t size = length;
    SHA256Update(context, (const uint8_t *)&size, sizeof size);
    SHA256Update(context, data, length);
}

static void finish(SHA2_CTX *context, struct sg_digest *ret)
{
    static const char digits[] = "0123456789abcdef";
    uint8_t raw[SHA256_DIGEST_LENGTH];
    SHA256Final(raw, context);
    for (size_t i = 0; i < sizeof raw; i++) {
        ret->text[2 * i] = digits[raw[i] >> 4];
        ret->text[2 * i + 1] = digits[raw[i] & 15];
    }
    ret->text[SG_DIGEST_LENGTH] = 0;
}

static int add_contents(struct digesting *digesting, int fd, const char *name)
{
    uint8_t block[BLOCK];
    uint64_t total = 0;
    for (ssize_t count; (count = read(fd, block, sizeof block)) != 0;) {
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return sg_fail_os(digesting->err, "read '%s'", name);
        SHA256Update(&digesting->context, block, (size_t)count);
        total += (uint64_t)count;
        digesting->bytes += (size_t)count;
        if (digesting->bytes > SG_MOST_SUBMISSION_BYTES)
            return sg_fail(digesting->err, "more than %d MiB", SG_MOST_SUBMISSION_BYTES >> 20);
    }
    SHA256Update(&digesting->context, (const uint8_t *)&total, sizeof total);
    return 0;
}

static int add_file(struct digesting *digesting, int dir, const char *name)
{
    sg_autoclose int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 && errno == EACCES)
        return 0;
    if (fd < 0)
        return sg_fail_os(digesting->err, "read '%s'", name);
    return add_contents(digesting, fd, name);
}

static int add_link(struct digesting *digesting, int dir, const char *name)
{
    char target[PATH_MAX];
    ssize_t length = readlinkat(dir, name, target, sizeof target);
    if (length < 0)
        return sg_fail_os(digesting->err, "read the link '%s'", name);
    add(&digesting->context, target, (size_t)length);
    return 0;
}

static int add_folder(struct digesting *digesting, int dir, const char *name, int depth);

static int add_entry(struct digesting *digesting, int dir, const char *name, int depth)
{
    struct stat status;
    if (fstatat(dir, name, &status, AT_SYMLINK_NOFOLLOW) < 0)
        return sg_fail_os(digesting->err, "look at '%s'", name);
    const char *kind = S_ISDIR(status.st_mode)    ? "folder"
                       : S_ISLNK(status.st_mode)  ? "link"
                       : !S_ISREG(status.st_mode) ? NULL
                       : status.st_mode & 0100    ? "program"
                                                  : "file";
    if (!kind)
        return 0;
    if (++digesting->files > SG_MOST_SUBMISSION_FILES)
        return sg_fail(digesting->err, "more than %d files", SG_MOST_SUBMISSION_FILES);
    add(&digesting->context, kind, strlen(kind));
    add(&digesting->context, name, strlen(name));
    if (S_ISDIR(status.st_mode))
        return add_folder(digesting, dir, name, depth + 1);
    return S_ISLNK(status.st_mode) ? add_link(digesting, dir, name)
                                   : add_file(digesting, dir, name);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int add_folder(struct digesting *digesting, int dir, const char *name, int depth)
{
    if (depth > MOST_DEPTH)
        return sg_fail(digesting->err, "folders are nested more than %d deep", MOST_DEPTH);
    sg_autoclose int fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 && errno == EACCES && depth)
        return 0;
    struct dirent **names;
    int count = fd < 0 ? -1 : scandirat(fd, ".", &names, NULL, by_name), failed = 0;
    if (count < 0)
        return sg_fail_os(digesting->err, "read the folder '%s'", name);
    for (int i = 0; i < count; i++) {
        const char *one = names[i]->d_name;
        bool skipped = strcmp(one, ".") == 0 || strcmp(one, "..") == 0 || sg_files_is_clutter(one);
        if (!skipped && !failed)
            failed = add_entry(digesting, fd, one, depth);
        free(names[i]);
    }
    free(names);
    add(&digesting->context, "end", 3);
    return failed;
}

int sg_digest_tree(const char *path, struct sg_digest *ret, struct sg_error *err)
{
    struct digesting digesting = {.err = err};
    SHA256Init(&digesting.context);
    if (add_folder(&digesting, AT_FDCWD, path, 0) < 0)
        return -1;
    finish(&digesting.context, ret);
    return 0;
}

int sg_digest_file(const char *path, struct sg_digest *ret, struct sg_error *err)
{
    sg_autoclose int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct digesting digesting = {.err = err};
    if (fd < 0)
        return sg_fail_os(err, "read '%s'", path);
    SHA256Init(&digesting.context);
    if (add_contents(&digesting, fd, path) < 0)
        return -1;
    finish(&digesting.context, ret);
    return 0;
}

void sg_digest_texts(const char *const *texts, size_t count, struct sg_digest *ret)
{
    SHA2_CTX context;
    SHA256Init(&context);
    for (size_t i = 0; i < count; i++)
        add(&context, texts[i], strlen(texts[i]));
    finish(&context, ret);
}
