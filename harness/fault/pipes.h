/* SPDX-License-Identifier: MIT
 * A splice from a socket into a pipe holds the lock of that pipe while it waits for the socket, and
 * so does one from a pipe into a socket that is full. Whoever reads, writes or asks that pipe then
 * waits with it, in a sleep that not even SIGKILL ends: the examiner must not. */
#ifndef SG_FAULT_PIPES_H
#define SG_FAULT_PIPES_H

#include <stdbool.h>

#include "fault/supervisor.h"

/* The call is a splice() or sendfile() that could hold the lock of one of the pipes that are the
 * program's standard streams, which the examiner reads and writes. Such a call fails with EINVAL,
 * as it does on a terminal. */
bool sg_pipes_meet_standard(const struct sg_supervisor *supervisor, const struct sg_notice *notice);

/* Another thread of the process waits in a splice() or sendfile() that holds the lock of its pipe
 * `fd`. */
bool sg_pipe_is_held(const struct sg_notice *notice, int fd);

#endif
