#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc < 4)
        return 2;
    for (int port = atoi(argv[2]); port <= atoi(argv[3]); port++) {
        struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
        int s = socket(AF_INET, SOCK_STREAM, 0), error = 0;
        socklen_t size = sizeof error;
        inet_pton(AF_INET, argv[1], &to.sin_addr);
        fcntl(s, F_SETFL, O_NONBLOCK);
        if (connect(s, (struct sockaddr *)&to, sizeof to) < 0 && errno == EINPROGRESS) {
            fd_set set;
            struct timeval limit = {1, 0};
            FD_ZERO(&set);
            FD_SET(s, &set);
            if (select(s + 1, NULL, &set, NULL, &limit) != 1)
                error = ETIMEDOUT;
            else
                getsockopt(s, SOL_SOCKET, SO_ERROR, &error, &size);
        } else {
            getsockopt(s, SOL_SOCKET, SO_ERROR, &error, &size);
            struct sockaddr_in other;
            socklen_t length = sizeof other;
            if (!error && getpeername(s, (struct sockaddr *)&other, &length) < 0)
                error = errno;
        }
        if (error == 0) {
            struct servent *service = getservbyport(htons(port), "tcp");
            printf("%s:%d is open (%s)\n", argv[1], port, service ? service->s_name : "?");
        }
        close(s);
    }
    return 0;
}
