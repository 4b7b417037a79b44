/* SPDX-License-Identifier: MIT
 * Whether a program uses more than it may of what the kernel does not limit by itself, or limits
 * without telling us: all of its processes together. */
#ifndef SG_PROGRAM_USAGE_H
#define SG_PROGRAM_USAGE_H

#include "program/process.h"
#include "program/process_tree.h"

enum sg_excess {
    SG_EXCESS_NONE,
    SG_EXCESS_PROCESSES, /* processes and threads */
    SG_EXCESS_MEMORY,
    SG_EXCESS_TIME,   /* processor time of one process, which may ignore SIGXCPU */
    SG_EXCESS_OUTPUT, /* on standard output and standard error */
    SG_EXCESS_FILES,  /* a build's: bytes, files or nested folders in the submission's folder */
};

/* The limit that a running program is beyond, or NONE. `tree`: a look at its processes, taken just
 * before. */
enum sg_excess sg_usage_look(const struct sg_process *process, const struct sg_limits *limits,
                             const struct sg_tree *tree);
/* The limit in words that end "it went beyond …": "512 processes and threads". The caller frees
 * it. */
char *sg_usage_limit(const struct sg_limits *limits, enum sg_excess excess);

#endif
