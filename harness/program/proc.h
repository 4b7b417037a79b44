/* SPDX-License-Identifier: MIT
 * The threads and processes of a program, as /proc shows them from outside. */
#ifndef SG_PROGRAM_PROC_H
#define SG_PROGRAM_PROC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum {
    SG_SYSCALL_RUNNING = -1, /* in user space, or on its way */
    SG_SYSCALL_NONE = -2,    /* not to be read: ended, or not ours to look at */
};

struct sg_thread {
    pid_t pid; /* of its process */
    pid_t tid;
    char state;      /* R, S, D, T, Z … of proc(5) */
    int exit_status; /* of a zombie: as wait() will tell it */
    char name[16];
    uint64_t run_ns;   /* processor time so far */
    uint64_t delay_ns; /* time it was runnable and did not run */
    uint64_t switches; /* how often it was given a processor */
    long syscall;      /* its number, or one of the above */
    uint64_t arguments[6];
};

/* All threads below a process, zombies included. The array is the tree's own. */
struct sg_tree {
    struct sg_thread *threads;
    size_t count;
    size_t capacity;
    size_t processes; /* alive */
    size_t zombies;
    uint64_t run_ns; /* sums over the threads */
    uint64_t delay_ns;
};

/* Looks at all descendants of `root`, not at itself. `calls`: at what each thread is doing, too. */
void sg_tree_look(struct sg_tree *tree, pid_t root, bool calls);
void sg_tree_done(struct sg_tree *tree);
/* Nothing has run between the two looks: the same threads, in the same states, with the same
 * counters. */
bool sg_tree_same(const struct sg_tree *a, const struct sg_tree *b);

/* Looks at one thread, not at its call; false where it is gone. */
bool sg_proc_look(pid_t tid, struct sg_thread *ret);
/* The children of `pid`; *ret_pids is the caller's to free. */
void sg_proc_children(pid_t pid, pid_t **ret_pids, size_t *ret_count);
/* The first child of `pid`, 0 where it has none. */
pid_t sg_proc_first_child(pid_t pid);
/* How many descriptors process `pid` holds; 0 where it is gone. */
size_t sg_proc_descriptors(pid_t pid);
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
/* A duplicate of descriptor `fd` of process `pid` (pidfd_getfd(2)), or -1. The caller owns it. */
int sg_proc_duplicate(pid_t pid, int fd);
/* Copies `length` bytes at `address` of process `pid`; false where it cannot. */
bool sg_proc_read_memory(pid_t pid, uint64_t address, void *to, size_t length);

#endif
