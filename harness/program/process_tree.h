/* SPDX-License-Identifier: MIT
 * The processes below one, with all their threads, as /proc shows them. Looking is what a grader
 * does most: a tree keeps the files open that it reads again at the next look. */
#ifndef SG_PROGRAM_PROCESS_TREE_H
#define SG_PROGRAM_PROCESS_TREE_H

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
    unsigned siblings; /* threads of its process, itself included */
    uint64_t run_ns;   /* processor time so far */
    uint64_t delay_ns; /* time it was runnable and did not run */
    uint64_t switches; /* how often it was given a processor */
    long syscall;      /* its number, or one of the above */
    uint64_t arguments[6];
};

struct sg_thread_files;

/* All threads below a process, zombies included. The arrays are the tree's own. */
struct sg_tree {
    struct sg_thread *threads;
    size_t count;
    size_t capacity;
    size_t processes; /* alive */
    size_t zombies;
    uint64_t run_ns; /* sums over the threads */
    uint64_t delay_ns;
    struct sg_thread_files *files; /* what is kept open from one look to the next */
    size_t file_count;
};

/* Looks at all descendants of `root`, not at itself. `calls`: at what each thread is doing, too. */
void sg_tree_look(struct sg_tree *tree, pid_t root, bool calls);
/* Gives back the memory and closes what the looks kept open. */
void sg_tree_done(struct sg_tree *tree);
/* Nothing has run between the two looks: the same threads, in the same states, with the same
 * counters. */
bool sg_tree_same(const struct sg_tree *a, const struct sg_tree *b);

/* The process of this first thread has ended, and its parent has not asked for it. One whose first
 * thread has ended before the others (pthread_exit() in main()) goes on. */
bool sg_thread_is_zombie(const struct sg_thread *first);
/* The thread by which /proc shows what process `pid` of the tree holds: its first, or where that
 * has ended, one that has not. */
pid_t sg_tree_holder(const struct sg_tree *tree, pid_t pid);

/* Looks at one thread, not at its call; false where it is gone. */
bool sg_thread_look(pid_t tid, struct sg_thread *ret);
/* It waits for the child of its vfork() to call exec() or to end: uninterruptibly (vfork(2)), so
 * that it cannot be stopped, and goes on only by that child. */
bool sg_thread_is_in_vfork(pid_t tid);

#endif
