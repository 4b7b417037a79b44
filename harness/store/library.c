/* SPDX-License-Identifier: MIT
 * Loading SQLite. */
#include "store/library.h"

#include <stdbool.h>
#include <stddef.h>

#include "base/symbols.h"
#include "base/table.h"

#define ROW(name) {"sqlite3_" #name, offsetof(struct sg_sqlite, name)},

static const struct sg_symbol rows[] = {SG_SQLITE_FUNCTIONS(ROW)};
static const struct sg_symbols symbols = {"libsqlite3.so.0", "databases", rows, SG_COUNT(rows)};

/* What is loaded belongs to the process, as the library itself does. */
static struct {
    bool loaded;
    struct sg_sqlite functions;
} library;

int sg_sqlite_load(struct sg_error *err)
{
    if (!library.loaded && sg_symbols_load(&symbols, &library.functions, err) < 0)
        return -1;
    library.loaded = true;
    return 0;
}

const struct sg_sqlite *sg_sqlite(void)
{
    return &library.functions;
}
