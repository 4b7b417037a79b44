/* SPDX-License-Identifier: MIT
 * Loading what only the intake needs. */
#include "class/library.h"

#include <stdbool.h>
#include <stddef.h>

#include "base/symbols.h"
#include "base/table.h"

#define ARCHIVE_ROW(prefix, name) {#prefix #name, offsetof(struct sg_libarchive, name)},
#define PCRE_ROW(prefix, name)    {#prefix #name, offsetof(struct sg_pcre, name)},

static const struct sg_symbol archive_rows[] = {SG_ARCHIVE_FUNCTIONS(ARCHIVE_ROW)};
static const struct sg_symbol pcre_rows[] = {SG_PCRE_FUNCTIONS(PCRE_ROW)};

static const struct sg_symbols archive_symbols = {"libarchive.so.13", "archives", archive_rows,
                                                  SG_COUNT(archive_rows)};
static const struct sg_symbols pcre_symbols = {"libpcre2-8.so.0", "expressions", pcre_rows,
                                               SG_COUNT(pcre_rows)};

/* What is loaded belongs to the process, as the libraries themselves do. */
static struct {
    bool has_archive, has_pcre;
    struct sg_libarchive archive;
    struct sg_pcre pcre;
} libraries;

const struct sg_libarchive *sg_libarchive(struct sg_error *err)
{
    if (!libraries.has_archive && sg_symbols_load(&archive_symbols, &libraries.archive, err) < 0)
        return NULL;
    libraries.has_archive = true;
    return &libraries.archive;
}

const struct sg_pcre *sg_pcre(struct sg_error *err)
{
    if (!libraries.has_pcre && sg_symbols_load(&pcre_symbols, &libraries.pcre, err) < 0)
        return NULL;
    libraries.has_pcre = true;
    return &libraries.pcre;
}
