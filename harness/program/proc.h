/* SPDX-License-Identifier: MIT
 * Single facts of a process, as /proc shows them from outside; program/process_tree.h has all below
 * one. */
#ifndef SG_PROGRAM_PROC_H
#define SG_PROGRAM_PROC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* The children of `pid`; *ret_pids is the caller's to free. */
void sg_proc_children(pid_t pid, pid_t **ret_pids, size_t *ret_count);
/* The first child of `pid`, 0 where it has none. */
pid_t sg_proc_first_child(pid_t pid);
/* How many descriptors process `pid` holds; 0 where it is gone. */
size_t sg_proc_descriptors(pid_t pid);
/* What most of the descriptors of a process are. */
struct sg_held {
    char what[128]; /* "socket", "pipe", or a file's name, below the submission where it is */
    size_t count;   /* how many of them; 0: it holds none, or is gone */
};
void sg_proc_most_held(pid_t pid, struct sg_held *ret);
/* It is one of Go's. */
bool sg_proc_is_go(pid_t pid);
/* Its language collects garbage when it pleases: what memory it holds says nothing. */
bool sg_proc_is_managed(pid_t pid);
/* Resident memory of its own (not of mapped files), in bytes. */
uint64_t sg_proc_memory(pid_t pid);
/* Which signals it has handlers for: bit n - 1 for signal n. */
uint64_t sg_proc_handled_signals(pid_t pid);
/* Whether a descriptor of process `pid` is the socket with this inode. */
bool sg_proc_holds_socket(pid_t pid, uint32_t inode);
/* Copies `length` bytes at `address` of process `pid`; false where it cannot. */
bool sg_proc_read_memory(pid_t pid, uint64_t address, void *to, size_t length);

#endif
