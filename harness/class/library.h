/* SPDX-License-Identifier: MIT
 * libarchive and PCRE2, loaded by the process that needs them when it does. Every case is a process
 * that is forked from sockgrade, and whatever is mapped there is copied each time. */
#ifndef SG_CLASS_LIBRARY_H
#define SG_CLASS_LIBRARY_H

#define PCRE2_CODE_UNIT_WIDTH 8

#include <archive.h>
#include <archive_entry.h>
#include <pcre2.h>

#include "base/error.h"

/* X(prefix, name): the functions that are used, by the names that the libraries give them. */
#define SG_ARCHIVE_FUNCTIONS(X)            \
    X(archive_, read_new)                  \
    X(archive_, read_free)                 \
    X(archive_, read_support_filter_bzip2) \
    X(archive_, read_support_filter_gzip)  \
    X(archive_, read_support_filter_xz)    \
    X(archive_, read_support_filter_zstd)  \
    X(archive_, read_support_format_tar)   \
    X(archive_, read_support_format_zip)   \
    X(archive_, read_open_filename)        \
    X(archive_, read_next_header)          \
    X(archive_, read_data)                 \
    X(archive_, error_string)              \
    X(archive_, filter_bytes)              \
    X(archive_, entry_filetype)            \
    X(archive_, entry_hardlink)            \
    X(archive_, entry_is_data_encrypted)   \
    X(archive_, entry_pathname)            \
    X(archive_, entry_pathname_utf8)       \
    X(archive_, entry_perm)
#define SG_PCRE_FUNCTIONS(X)                    \
    X(pcre2_, compile_8)                        \
    X(pcre2_, code_free_8)                      \
    X(pcre2_, get_error_message_8)              \
    X(pcre2_, get_ovector_pointer_8)            \
    X(pcre2_, match_8)                          \
    X(pcre2_, match_context_create_8)           \
    X(pcre2_, match_context_free_8)             \
    X(pcre2_, match_data_create_from_pattern_8) \
    X(pcre2_, match_data_free_8)                \
    X(pcre2_, set_match_limit_8)                \
    X(pcre2_, substring_number_from_name_8)

#define SG_CLASS_LIBRARY_MEMBER(prefix, name) __typeof__(prefix##name) *name;
struct sg_libarchive {
    SG_ARCHIVE_FUNCTIONS(SG_CLASS_LIBRARY_MEMBER)
};
struct sg_pcre {
    SG_PCRE_FUNCTIONS(SG_CLASS_LIBRARY_MEMBER)
};

/* Their functions, which stay loaded; NULL, and the machine blamed, where they cannot be. */
const struct sg_libarchive *sg_libarchive(struct sg_error *err);
const struct sg_pcre *sg_pcre(struct sg_error *err);

#endif
