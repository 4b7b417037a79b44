/* SPDX-License-Identifier: MIT
 * Any bytes as an archive, unpacked in this process as the archive of a class or as a student's
 * own, and what comes out read by the layout that it has. Bounds are small, so that a round is
 * short. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/tree.h"
#include "class/archive.h"
#include "class/intake.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fail(const char *what)
{
    (void)fprintf(stderr, "%s\n", what);
    abort();
}

static void unpack(const char *file, const char *top, size_t share)
{
    const struct sg_unpack_limits limits = {.share = share,
                                            .most_files = 50,
                                            .most_bytes = 1 << 20,
                                            .total_files = 200,
                                            .total_bytes = 4 << 20};
    struct sg_remarks remarks = {0};
    struct sg_error err = {0};
    sg_autofree char *folder = sg_printf("%s/unpacked-%zu", top, share);
    sg_autofree char *scratch = sg_printf("%s/scratch-%zu", top, share);
    if (mkdir(folder, 0700) < 0 || mkdir(scratch, 0700) < 0)
        fail("no folder");
    if (sg_archive_unpack_here(file, folder, &limits, &remarks, &err) < 0)
        fail(err.text);
    struct sg_intake intake;
    const struct sg_intake_options options = {.scratch = scratch};
    if (sg_intake_open((const char *const[]){folder}, 1, &options, &intake, &err) < 0)
        fail(err.text);
    for (size_t i = 0; i < intake.entry_count; i++) {
        if (!intake.entries[i].member_count || access(intake.entries[i].path, R_OK | X_OK) < 0)
            fail("an entry without members or a folder");
    }
    sg_intake_done(&intake);
    sg_remarks_done(&remarks);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char top[] = "/tmp/sockgrade-fuzz-XXXXXX";
    struct sg_error err = {0};
    if (!mkdtemp(top))
        fail("no scratch folder");
    sg_autofree char *file = sg_printf("%s/archive", top);
    /* Not sg_file_write(): it waits for the disk. */
    sg_autoclose int fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0 || sg_write_all(fd, (struct sg_slice){data, size}, &err) < 0)
        fail("the archive cannot be written");
    unpack(file, top, size % 2 ? 2 : 0);
    if (sg_remove_tree(top, &err) < 0)
        fail(err.text);
    return 0;
}
