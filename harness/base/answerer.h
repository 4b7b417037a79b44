/* SPDX-License-Identifier: MIT
 * A child process that answers its parent through a pipe, and ends. */
#ifndef SG_BASE_ANSWERER_H
#define SG_BASE_ANSWERER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/bytes.h"
#include "base/error.h"

struct sg_answerer {
    pid_t pid; /* 0: there is none */
    int fd;    /* where its answer comes; -1: all of it has come */
    struct sg_bytes answer;
    size_t most;   /* bytes that an answer may have */
    bool too_much; /* it answered more */
    uint64_t started_ns;
    uint64_t heard_ns; /* when it began, or last sent something */
};

/* Forks. In the child *ret_fd is where its answer goes, and sg_child_begin() was called; in the
 * parent it is -1. Returns -1 where there is no child, and nothing to be ended. */
int sg_answerer_start(struct sg_answerer *answerer, size_t most, int *ret_fd, struct sg_error *err);
/* Reads what has come; true where that is all, or more than may come. Never blocks. */
bool sg_answerer_read(struct sg_answerer *answerer);
/* Whether all of its answer has come. */
bool sg_answerer_is_done(const struct sg_answerer *answerer);
/* Kills it where that is not so, and waits for its end. Returns its status as wait() does. */
int sg_answerer_end(struct sg_answerer *answerer);
/* Frees the answer of one that was ended. */
void sg_answerer_done(struct sg_answerer *answerer);

#endif
