/* SPDX-License-Identifier: MIT
 * Files and descriptors: read with a bound, written whole or not at all. */
#ifndef SG_BASE_FILE_H
#define SG_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/bytes.h"
#include "base/error.h"

void sg_close_pointer(int *fd); /* for the cleanup attribute */
#define sg_autoclose __attribute__((cleanup(sg_close_pointer)))
/* Hands a descriptor over: returns it and leaves -1 behind. */
int sg_take_fd(int *fd);

/* Appends what `path` holds. Fails where it cannot be read, is no regular file, or is larger than
 * `most` bytes (blame: the input). */
int sg_file_read(const char *path, size_t most, struct sg_bytes *ret, struct sg_error *err);
/* Reads at most `most` bytes of a small file of /proc or the like, relative to `dir`; appends them.
 * False when it is gone. */
bool sg_file_peek(int dir, const char *path, size_t most, struct sg_bytes *ret);

/* The same of a file below `folder`, where a student's program could have put anything: no link is
 * followed, nor does `path` lead upwards. */
int sg_file_read_below(const char *folder, const char *path, size_t most, struct sg_bytes *ret,
                       struct sg_error *err);

/* Replaces `path` by `data`: written beside, synced, renamed. A symbolic link, a pipe or a folder
 * at `path` is refused; a name below /dev or /proc is written to. Blames the input where it named a
 * path that cannot be, the machine where that failed. */
int sg_file_write(const char *path, struct sg_slice data, struct sg_error *err);
/* The same, but not synced: for what is soon written anew. It outlives this process, not the
 * machine. */
int sg_file_write_for_now(const char *path, struct sg_slice data, struct sg_error *err);
/* Whether that can be hoped for, before there is anything to write. */
int sg_file_check_writable(const char *path, struct sg_error *err);
/* Writes `text` to an existing file, as the files of /proc/sys want it. */
int sg_file_set(const char *path, const char *text, struct sg_error *err);
/* Writes all of `data`, however often a write is cut short or interrupted. */
int sg_write_all(int fd, struct sg_slice data, struct sg_error *err);

/* Makes `path` and the folders above it, mode 0777 less the umask. */
int sg_make_folders(const char *path, struct sg_error *err);

#endif
