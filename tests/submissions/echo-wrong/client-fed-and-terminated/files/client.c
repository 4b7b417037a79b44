#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static char text[200000];

static void stop(const char *what)
{
    perror(what);
    exit(1);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s <address> <port>\n", argv[0]);
        return 1;
    }
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[2]))};
    struct sockaddr_in6 to6 = {.sin6_family = AF_INET6, .sin6_port = to.sin_port};
    int v4 = inet_pton(AF_INET, argv[1], &to.sin_addr) == 1;
    if (!v4 && inet_pton(AF_INET6, argv[1], &to6.sin6_addr) != 1)
        stop("inet_pton");
    int fd = socket(v4 ? AF_INET : AF_INET6, SOCK_STREAM, 0);
    if (connect(fd, v4 ? (void *)&to : (void *)&to6, v4 ? sizeof to : sizeof to6) < 0)
        stop("connect");
    printf("message: ");
    fflush(stdout);
    if (!fgets(text, sizeof text, stdin))
        stop("fgets");
    size_t length = strlen(text) + 1;
    for (size_t done = 0; done < length;) {
        ssize_t n = send(fd, text + done, length - done, MSG_NOSIGNAL);
        if (n < 0)
            stop("send");
        done += n;
    }
    for (size_t done = 0; done < length;) {
        ssize_t n = recv(fd, text + done, length - done, 0);
        if (n <= 0) {
            fprintf(stderr, "the answer is not whole\n");
            return 1;
        }
        done += n;
    }
    printf("echo: %s\n", text);
    close(fd);
    return 0;
}
