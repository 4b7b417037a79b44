/* SPDX-License-Identifier: MIT
 * What errors say does not depend on the machine's language. */
#include "base/error.h"

#include <errno.h>
#include <libintl.h>
#include <locale.h>
#include <stdint.h>
#include <string.h>

#include "../scratch.h"

#define ENGLISH    "Permission denied"
#define INDONESIAN "Izin ditolak"

/* A catalogue of one text, in the format of gettext's .mo files. */
struct catalogue {
    uint32_t magic, version, count, originals_at, translations_at, hash_size, hash_at;
    uint32_t original[2], translation[2]; /* length, offset */
    char texts[sizeof ENGLISH + sizeof INDONESIAN];
};

/* As where the package of this language is installed. */
static void install_libc_catalogue(const struct scratch *scratch)
{
    struct sg_error err = {0};
    const uint32_t texts = offsetof(struct catalogue, texts);
    struct catalogue catalogue = {
        .magic = 0x950412de,
        .count = 1,
        .originals_at = offsetof(struct catalogue, original),
        .translations_at = offsetof(struct catalogue, translation),
        .original = {sizeof ENGLISH - 1, texts},
        .translation = {sizeof INDONESIAN - 1, texts + sizeof ENGLISH},
    };
    memcpy(catalogue.texts, ENGLISH "\0" INDONESIAN, sizeof catalogue.texts);
    sg_autofree char *folder = scratch_path(scratch, "id/LC_MESSAGES");
    sg_autofree char *file = scratch_path(scratch, "id/LC_MESSAGES/libc.mo");
    cr_assert_eq(sg_make_folders(folder, &err), 0);
    const struct sg_slice bytes = {(const uint8_t *)&catalogue, sizeof catalogue};
    cr_assert_eq(sg_file_write(file, bytes, &err), 0);
    cr_assert_not_null(setlocale(LC_MESSAGES, "C.UTF-8"));
    cr_assert_eq(setenv("LANGUAGE", "id", 1), 0);
    cr_assert_not_null(bindtextdomain("libc", scratch->path));
}

Test(error, what_the_system_refused_is_said_in_english)
{
    SCRATCH(scratch);
    install_libc_catalogue(&scratch);
    cr_assert_str_eq(strerror(EACCES), INDONESIAN, "the catalogue is not used");
    struct sg_error err = {0};
    errno = EACCES;
    cr_expect_eq(sg_fail_os(&err, "open '%s'", "file"), -1);
    cr_expect_str_eq(err.text, "open 'file': " ENGLISH);
    cr_expect_eq(err.os, EACCES);
    cr_expect_str_eq(sg_errno_text(EACCES), ENGLISH);
    cr_expect_str_eq(sg_errno_text(-1), "an unknown error");
}
