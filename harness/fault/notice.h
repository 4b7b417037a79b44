/* SPDX-License-Identifier: MIT
 * A call of a program that the filter stopped, and how to answer it. */
#ifndef SG_FAULT_NOTICE_H
#define SG_FAULT_NOTICE_H

#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct sg_notice {
    int listener; /* the descriptor that it was read from */
    struct seccomp_notif request;
};

pid_t sg_notice_tid(const struct sg_notice *notice);
/* The process that the thread belongs to. */
pid_t sg_notice_process(const struct sg_notice *notice);
/* A duplicate of the program's descriptor `fd`, or -1. The caller owns it. */
int sg_notice_duplicate(const struct sg_notice *notice, int fd);
/* Copies from and to the program's memory; false where it cannot. */
bool sg_notice_read(const struct sg_notice *notice, uint64_t address, void *to, size_t length);
bool sg_notice_write(const struct sg_notice *notice, uint64_t address, const void *from,
                     size_t length);
/* The caller still waits for an answer. To be asked right before an effect that it must see. */
bool sg_notice_is_alive(const struct sg_notice *notice);

/* One of these answers it, once: go on as if nothing were; return this; fail with this errno. */
void sg_notice_continue(const struct sg_notice *notice);
void sg_notice_return(const struct sg_notice *notice, int64_t value);
void sg_notice_fail(const struct sg_notice *notice, int error);

#endif
