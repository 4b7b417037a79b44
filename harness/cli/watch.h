/* SPDX-License-Identifier: MIT
 * Runs something again whenever the sources of a submission have changed. */
#ifndef SG_CLI_WATCH_H
#define SG_CLI_WATCH_H

#include "cli/command.h"

/* Runs `run` in a child process, and again whenever a file below `folder` differs from what it was
 * when the last run began, until this process, which has deferred it, is asked to stop
 * (base/stop.h), or there is no such folder. What the command line has written (--format,
 * --artifacts), hidden files and folders do not count. Returns the exit status of the last run, or
 * SG_EXIT_MACHINE. */
int sg_watch(struct sg_call *call, const char *folder, int (*run)(struct sg_call *call));

#endif
