/* echo server */
#include <stdio.h>
#include <string.h>
#include <stdlib.h>
#include <signal.h>
#include <unistd.h>
#include <netdb.h>
#include <sys/socket.h>
#include <sys/wait.h>

int main(int argc, char *argv[])
{
    struct addrinfo h, *a;
    int s, c, y = 1;
    char buf[100];

    if (argc != 3)
        return 1;
    memset(&h, 0, sizeof h);
    h.ai_socktype = SOCK_STREAM;
    if (getaddrinfo(argv[1], argv[2], &h, &a) != 0)
        return 1;
    s = socket(a->ai_family, SOCK_STREAM, 0);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &y, sizeof y);
    if (bind(s, a->ai_addr, a->ai_addrlen) < 0 || listen(s, 20) < 0) {
        perror("server");
        return 1;
    }
    signal(SIGCHLD, SIG_IGN);
    while ((c = accept(s, NULL, NULL)) >= 0) {
        if (fork() == 0) {
            close(s);
            memset(buf, 0, sizeof buf);
            while (recv(c, buf, sizeof buf, 0) > 0) {
                send(c, buf, sizeof buf, 0);
                memset(buf, 0, sizeof buf);
            }
            exit(0);
        }
        close(c);
    }
    return 1;
}
