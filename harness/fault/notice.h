/* SPDX-License-Identifier: MIT
 * A call of a program that the filter stopped, and how to answer it: by the listener's descriptor,
 * or by ptrace (tracer.h). */
#ifndef SG_FAULT_NOTICE_H
#define SG_FAULT_NOTICE_H

#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct sg_traced;

struct sg_notice {
    int listener; /* the descriptor that it was read from; -1: it was traced */
    struct seccomp_notif request;
    struct sg_traced *thread; /* that was traced; or NULL */
};

pid_t sg_notice_tid(const struct sg_notice *notice);
/* The process that the thread belongs to. */
pid_t sg_notice_process(const struct sg_notice *notice);
/* A duplicate of the program's descriptor `fd`, or -1. The caller owns it. */
int sg_notice_duplicate(const struct sg_notice *notice, int fd);
/* Gives the program a duplicate of our descriptor: its number there, or -1 and errno. */
int sg_notice_give(const struct sg_notice *notice, int fd, bool close_on_exec);
/* How many of `count` bytes the program's file or pipe `fd` has to give: from the offset at this
 * address of its memory, or from its own where that is 0. Of a pipe that cannot be asked (pipes.h):
 * 0. */
size_t sg_notice_source(const struct sg_notice *notice, int fd, uint64_t offset_at, size_t count);
/* What the program's descriptor `fd` is; false where it is no socket. */
bool sg_notice_socket(const struct sg_notice *notice, int fd, int *ret_family, int *ret_type);
/* The inode of the socket; 0 where it is none. */
uint32_t sg_notice_inode(const struct sg_notice *notice, int fd);
/* Whether it blocks. */
bool sg_notice_blocks(const struct sg_notice *notice, int fd);
/* A set of signals of thread `tid`: "SigCgt", "SigIgn"; bit n - 1 for signal n. */
uint64_t sg_notice_signals(pid_t tid, const char *set);
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
