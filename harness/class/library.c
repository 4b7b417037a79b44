/* SPDX-License-Identifier: MIT
 * Loading what only the intake needs. */
#include "class/library.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/table.h"

/* A struct of pointers to functions, filled by name. */
struct member {
    const char *name;
    size_t offset;
};

#define ARCHIVE_MEMBER(prefix, name) {#prefix #name, offsetof(struct sg_libarchive, name)},
#define PCRE_MEMBER(prefix, name)    {#prefix #name, offsetof(struct sg_pcre, name)},

static const struct member archive_members[] = {SG_ARCHIVE_FUNCTIONS(ARCHIVE_MEMBER)};
static const struct member pcre_members[] = {SG_PCRE_FUNCTIONS(PCRE_MEMBER)};

static int load(const char *name, const struct member *members, size_t count, void *ret,
                struct sg_error *err)
{
    void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (!library)
        return sg_fail_machine(err, "a library for the intake cannot be loaded: %s", dlerror());
    for (size_t i = 0; i < count; i++) {
        void *function = dlsym(library, members[i].name);
        if (!function)
            return sg_fail_machine(err, "'%s' has no %s()", name, members[i].name);
        memcpy((char *)ret + members[i].offset, &function, sizeof function);
    }
    return 0;
}

/* What is loaded belongs to the process, as the libraries themselves do. */
static struct {
    bool has_archive, has_pcre;
    struct sg_libarchive archive;
    struct sg_pcre pcre;
} libraries;

const struct sg_libarchive *sg_libarchive(struct sg_error *err)
{
    if (!libraries.has_archive && load("libarchive.so.13", archive_members,
                                       SG_COUNT(archive_members), &libraries.archive, err) < 0)
        return NULL;
    libraries.has_archive = true;
    return &libraries.archive;
}

const struct sg_pcre *sg_pcre(struct sg_error *err)
{
    if (!libraries.has_pcre &&
        load("libpcre2-8.so.0", pcre_members, SG_COUNT(pcre_members), &libraries.pcre, err) < 0)
        return NULL;
    libraries.has_pcre = true;
    return &libraries.pcre;
}
