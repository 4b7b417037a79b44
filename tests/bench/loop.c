/* SPDX-License-Identifier: MIT
 * The tightest loop that starts a server, learns that it listens, exchanges some bytes with it and reaps it:
 * what grading a case costs at the least. Prints what a case took on average, in nanoseconds.
 *
 * bench_loop bare COUNT FOLDER
 * bench_loop isolated COUNT FOLDER MOUNT_POINT */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "bench.h"

uint64_t bench_now(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * UINT64_C(1000000000) + (uint64_t)now.tv_nsec;
}

_Noreturn void bench_die(const char *what)
{
    perror(what);
    exit(1);
}

long bench_check(long result, const char *what)
{
    if (result < 0)
        bench_die(what);
    return result;
}

static struct sockaddr_in loopback(uint16_t port)
{
    return (struct sockaddr_in){
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

static int open_socket(void)
{
    return (int)bench_check(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket");
}

int bench_connect(uint16_t port)
{
    struct sockaddr_in at = loopback(port);
    int fd = open_socket();
    if (connect(fd, (const struct sockaddr *)&at, sizeof at) == 0)
        return fd;
    (void)close(fd);
    return -1;
}

void bench_converse(int fd)
{
    static const char message[] = "hello, echo server";
    char answer[sizeof message];
    size_t length = 0;
    bench_check(send(fd, message, sizeof message - 1, MSG_NOSIGNAL), "send");
    bench_check(shutdown(fd, SHUT_WR), "shutdown");
    for (ssize_t count; (count = recv(fd, answer + length, sizeof answer - length, 0)) > 0;)
        length += (size_t)count;
    errno = EPROTO;
    if (length != sizeof message - 1 || memcmp(answer, message, length) != 0)
        bench_die("the answer");
    (void)close(fd);
}

/* A port that nobody uses now. */
static uint16_t find_port(void)
{
    struct sockaddr_in at = loopback(0);
    socklen_t length = sizeof at;
    int fd = open_socket();
    bench_check(bind(fd, (const struct sockaddr *)&at, sizeof at), "bind");
    bench_check(getsockname(fd, (struct sockaddr *)&at, &length), "getsockname");
    (void)close(fd);
    return ntohs(at.sin_port);
}

static void play_bare(const struct bench_server *server, struct bench_moments *moments)
{
    char path[4096], port_text[8];
    uint16_t port = find_port();
    (void)snprintf(path, sizeof path, "%s/server", server->folder);
    (void)snprintf(port_text, sizeof port_text, "%u", (unsigned)port);
    char *argv[] = {path, "127.0.0.1", port_text, NULL};
    pid_t pid;
    int fd;
    moments->begun = bench_now();
    errno = posix_spawn(&pid, path, NULL, NULL, argv, environ);
    bench_check(errno ? -1 : 0, path);
    moments->started = bench_now();
    while ((fd = bench_connect(port)) < 0) {
        if (waitpid(pid, NULL, WNOHANG) != 0)
            bench_die("the server has ended");
        (void)sched_yield();
    }
    moments->listening = bench_now();
    bench_converse(fd);
    moments->played = bench_now();
    bench_check(kill(pid, SIGKILL), "kill");
    bench_check(waitpid(pid, NULL, 0), "waitpid");
}

/* As an examiner does it: a wake-up across processors costs ten times one on the same. */
static void stay_on_one_processor(void)
{
    cpu_set_t ours, one;
    CPU_ZERO(&one);
    bench_check(sched_getaffinity(0, sizeof ours, &ours), "sched_getaffinity");
    for (size_t cpu = 0; cpu < CPU_SETSIZE && !CPU_COUNT(&one); cpu++) {
        if (CPU_ISSET(cpu, &ours))
            CPU_SET(cpu, &one);
    }
    bench_check(sched_setaffinity(0, sizeof one, &one), "sched_setaffinity");
}

int main(int argc, char **argv)
{
    bool isolated = argc == 5 && strcmp(argv[1], "isolated") == 0;
    if (!isolated && !(argc == 4 && strcmp(argv[1], "bare") == 0)) {
        (void)fprintf(stderr, "usage: %s bare COUNT FOLDER | isolated COUNT FOLDER MOUNT_POINT\n",
                      argv[0]);
        return 2;
    }
    uint64_t count = strtoull(argv[2], NULL, 10), prepare = 0, listen = 0, play = 0;
    const struct bench_server server = {.folder = argv[3], .mount_point = argv[4]};
    struct bench_moments *moments =
        mmap(NULL, sizeof *moments, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (moments == MAP_FAILED)
        bench_die("mmap");
    void (*play_one)(const struct bench_server *, struct bench_moments *) =
        isolated ? bench_isolated : play_bare;
    stay_on_one_processor();
    uint64_t begun = bench_now();
    for (uint64_t i = 0; i < count; i++) {
        play_one(&server, moments);
        prepare += moments->started - moments->begun;
        listen += moments->listening - moments->started;
        play += moments->played - moments->listening;
    }
    double whole = (double)(bench_now() - begun), cases = (double)count;
    printf("{\"whole\": %.0f, \"prepare\": %.0f, \"listen\": %.0f, \"play\": %.0f}\n",
           whole / cases, (double)prepare / cases, (double)listen / cases, (double)play / cases);
    return 0;
}
