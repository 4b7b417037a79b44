/* SPDX-License-Identifier: MIT
 * SQLite, loaded by the commands that open a database and not before: a case is a process forked
 * from sockgrade, and whatever is mapped there is copied each time. */
#ifndef SG_STORE_LIBRARY_H
#define SG_STORE_LIBRARY_H

#include <sqlite3.h>

#include "base/error.h"

/* X(name): the functions that are used, by the names that the library gives them. */
#define SG_SQLITE_FUNCTIONS(X) \
    X(bind_double)             \
    X(bind_int64)              \
    X(bind_null)               \
    X(bind_text)               \
    X(busy_timeout)            \
    X(close_v2)                \
    X(column_double)           \
    X(column_int64)            \
    X(column_text)             \
    X(db_config)               \
    X(errmsg)                  \
    X(errstr)                  \
    X(exec)                    \
    X(finalize)                \
    X(open_v2)                 \
    X(prepare_v2)              \
    X(reset)                   \
    X(step)                    \
    X(system_errno)

#define SG_SQLITE_MEMBER(name) __typeof__(sqlite3_##name) *name;
struct sg_sqlite {
    SG_SQLITE_FUNCTIONS(SG_SQLITE_MEMBER)
};

/* Loads it; it stays. Blames the machine where it cannot be. */
int sg_sqlite_load(struct sg_error *err);
/* Its functions, once it is loaded. */
const struct sg_sqlite *sg_sqlite(void);

#endif
