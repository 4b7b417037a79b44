/* SPDX-License-Identifier: MIT
 * Loading SQLite. */
#include "store/library.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/table.h"

struct member {
    const char *name;
    size_t offset;
};

#define MEMBER(name) {"sqlite3_" #name, offsetof(struct sg_sqlite, name)},

static const struct member members[] = {SG_SQLITE_FUNCTIONS(MEMBER)};

/* What is loaded belongs to the process, as the library itself does. */
static struct {
    bool loaded;
    struct sg_sqlite functions;
} library;

int sg_sqlite_load(struct sg_error *err)
{
    if (library.loaded)
        return 0;
    void *handle = dlopen("libsqlite3.so.0", RTLD_NOW | RTLD_LOCAL);
    if (!handle)
        return sg_fail_machine(err, "the library for databases cannot be loaded: %s", dlerror());
    for (size_t i = 0; i < SG_COUNT(members); i++) {
        void *function = dlsym(handle, members[i].name);
        if (!function)
            return sg_fail_machine(err, "libsqlite3 has no %s()", members[i].name);
        memcpy((char *)&library.functions + members[i].offset, &function, sizeof function);
    }
    library.loaded = true;
    return 0;
}

const struct sg_sqlite *sg_sqlite(void)
{
    return &library.functions;
}
