/* SPDX-License-Identifier: MIT
 * Local sockets. */
#include "common/local.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "common/stream.h"

/* A path has its place in the address itself, and not more than that. */
static struct sockaddr_un address_of(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        fail(path);
    }
    strcpy(address.sun_path, path);
    return address;
}

static int open_socket(void)
{
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (fd < 0)
        fail("socket");
    /* A send to one who has gone returns EPIPE then, and does not end the program. */
    signal(SIGPIPE, SIG_IGN);
    return fd;
}

/* bind() makes the file, and nobody removes it when the program ends: an old one is in the way. What is no
 * socket is not ours to remove. */
static void remove_stale(const char *path)
{
    struct stat status;
    if (lstat(path, &status) == 0 && S_ISSOCK(status.st_mode) && unlink(path) < 0)
        fail("unlink");
}

int listen_at(const char *path)
{
    struct sockaddr_un address = address_of(path);
    int fd = open_socket();
    remove_stale(path);
    if (bind(fd, (const struct sockaddr *)&address, sizeof address) < 0)
        fail("bind");
    if (listen(fd, SOMAXCONN) < 0)
        fail("listen");
    return fd;
}

int connect_at(const char *path)
{
    struct sockaddr_un address = address_of(path);
    int fd = open_socket();
    if (connect(fd, (const struct sockaddr *)&address, sizeof address) < 0)
        fail("connect");
    return fd;
}
