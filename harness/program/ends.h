/* SPDX-License-Identifier: MIT
 * What a program's descriptors are, and whether they are ready: seen on duplicates of them
 * (pidfd_getfd(2)), or where those are not to be had, in the kernel's tables of sockets and in
 * /proc.
 *
 * The tables know less. A socket's time limit (SO_RCVTIMEO) is not in them: whoever uses them must
 * learn of it otherwise. What they do not tell of is `not known`, and then nothing is proven. */
#ifndef SG_PROGRAM_ENDS_H
#define SG_PROGRAM_ENDS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "program/process_tree.h"
#include "wire/diag.h"

enum sg_end_kind {
    SG_END_OTHER, /* a file, a terminal: never waited for long */
    SG_END_SOCKET,
    SG_END_PIPE,
    SG_END_EPOLL,
    SG_END_EVENT, /* eventfd, timerfd and the like */
};

/* One descriptor of a program. */
struct sg_end {
    enum sg_end_kind kind;
    bool ready;
    bool input;     /* it is the program's standard input, whose other end is ours */
    bool listens;   /* a socket */
    bool datagrams; /* likewise */
    bool raw;       /* it gets packets, of a protocol or of a device */
    bool internet;
    bool named; /* a local socket that has a name, or whose other end has one: no socket pair */
    bool connected;
    uint32_t inode; /* of a socket */
    union sg_address local, remote;
    uint64_t limit_ns; /* how long a call on it waits at most; 0: for ever, or not known */
};

/* For one look at a program. */
struct sg_ends {
    const struct sg_diag *diag;
    struct stat input; /* of our end of its standard input; st_ino 0: none */
    bool listed;       /* the tables have been read: `rows` */
    struct sg_socket_row *rows;
    size_t count, capacity;
};

/* `input`: our end of the program's standard input, or -1. */
void sg_ends_open(struct sg_ends *ends, const struct sg_diag *diag, int input);
void sg_ends_close(struct sg_ends *ends);
/* Looks whether descriptor `fd` of a thread, which lives, is ready for `events` of poll(2). False
 * where it is not known. */
bool sg_ends_look(struct sg_ends *ends, const struct sg_thread *thread, int fd, short events,
                  struct sg_end *ret);

/* ends_table.c: the same without a duplicate. */
bool sg_ends_look_up(struct sg_ends *ends, pid_t tid, int fd, short events, struct sg_end *ret);

#endif
