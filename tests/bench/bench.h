/* SPDX-License-Identifier: MIT
 * What the loops share that sockgrade is measured against. Whatever fails ends the process with a message:
 * half a measurement is none. */
#ifndef BENCH_H
#define BENCH_H

#include <stdint.h>

/* What a server is started with, and where it is started. */
struct bench_server {
    const char *folder;      /* "server" lies in it */
    const char *mount_point; /* a folder for the private file system to be mounted on */
};

/* Moments of one case, in nanoseconds of CLOCK_MONOTONIC. Written by one process, read by another. */
struct bench_moments {
    uint64_t begun;     /* the namespaces are there */
    uint64_t started;   /* the server's process is there */
    uint64_t listening; /* it is known that it listens */
    uint64_t played;    /* the conversation is over */
};

uint64_t bench_now(void);

_Noreturn void bench_die(const char *what);

/* `result`, where it is no failure. */
long bench_check(long result, const char *what);

/* A socket that is connected to this port of 127.0.0.1, or -1. */
int bench_connect(uint16_t port);

/* Sends a message and the end of the stream, takes the same bytes and the end from the server; closes. */
void bench_converse(int fd);

/* Plays one case as an examiner isolates it, in a process of its own, and waits until all of it is gone. */
void bench_isolated(const struct bench_server *server, struct bench_moments *shared);

/* In a mount namespace of the caller's own: builds the file system that the server will see. */
void bench_view_build(const struct bench_server *server);

/* In a mount and pid namespace below that: makes it the root, and a copy of the server's folder the working one. */
void bench_view_enter(void);

#endif
