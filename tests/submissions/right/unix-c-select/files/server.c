#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

struct client {
    char bytes[2048];
    size_t start, end;
    int open;
} clients[FD_SETSIZE];

int main(int argc, char **argv)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    if (argc != 2 || strlen(argv[1]) >= sizeof at.sun_path)
        return 2;
    strcpy(at.sun_path, argv[1]);
    signal(SIGPIPE, SIG_IGN);
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    unlink(argv[1]);
    if (bind(listener, (struct sockaddr *)&at, sizeof at) < 0 || listen(listener, 64) < 0) {
        perror(argv[1]);
        return 1;
    }
    for (;;) {
        fd_set in, out;
        FD_ZERO(&in);
        FD_ZERO(&out);
        FD_SET(listener, &in);
        for (int fd = 0; fd < FD_SETSIZE; fd++) {
            if (clients[fd].open)
                FD_SET(fd, clients[fd].start < clients[fd].end ? &out : &in);
        }
        if (select(FD_SETSIZE, &in, &out, NULL, NULL) < 0)
            continue;
        if (FD_ISSET(listener, &in)) {
            int fd = accept(listener, NULL, NULL);
            if (fd >= 0)
                clients[fd] = (struct client){.open = 1};
        }
        for (int fd = 0; fd < FD_SETSIZE; fd++) {
            struct client *client = &clients[fd];
            ssize_t count = 1;
            if (!client->open || fd == listener)
                continue;
            if (FD_ISSET(fd, &out)) {
                count = send(fd, client->bytes + client->start, client->end - client->start,
                             MSG_DONTWAIT);
                client->start += count > 0 ? (size_t)count : 0;
            } else if (FD_ISSET(fd, &in)) {
                count = recv(fd, client->bytes, sizeof client->bytes, 0);
                client->start = 0;
                client->end = count > 0 ? (size_t)count : 0;
            }
            if (count <= 0) {
                close(fd);
                client->open = 0;
            }
        }
    }
}
