/* SPDX-License-Identifier: MIT
 * A folder for one test, gone when the test is over. */
#ifndef SG_TESTS_UNIT_SCRATCH_H
#define SG_TESTS_UNIT_SCRATCH_H

#include <criterion/criterion.h>
#include <stdlib.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/tree.h"

struct scratch {
    char path[64];
};

static inline struct scratch scratch_make(void)
{
    struct scratch scratch = {"/tmp/sockgrade-unit-XXXXXX"};
    cr_assert_not_null(mkdtemp(scratch.path));
    return scratch;
}

static inline void scratch_remove(struct scratch *scratch)
{
    struct sg_error err = {0};
    cr_expect_eq(sg_remove_tree(scratch->path, &err), 0, "%s", err.text);
}

#define SCRATCH(name) __attribute__((cleanup(scratch_remove))) struct scratch name = scratch_make()

/* PATH/name, which the caller frees. */
static inline char *scratch_path(const struct scratch *scratch, const char *name)
{
    return sg_printf("%s/%s", scratch->path, name);
}

static inline void scratch_write(const struct scratch *scratch, const char *name, const char *text)
{
    struct sg_error err = {0};
    sg_autofree char *path = scratch_path(scratch, name);
    cr_assert_eq(sg_file_write(path, sg_slice_text(text), &err), 0, "%s", err.text);
}

#endif
