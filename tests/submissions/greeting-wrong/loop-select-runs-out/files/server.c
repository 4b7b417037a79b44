#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static int greet(int client, unsigned number)
{
    char text[64];
    size_t length = snprintf(text, sizeof text, "Welcome, visitor %u\r\n", number), sent = 0;
    while (sent < length) {
        ssize_t n = send(client, text + sent, length - sent, MSG_NOSIGNAL);
        if (n <= 0)
            return -1;
        sent += n;
    }
    return shutdown(client, SHUT_WR);
}

int main(int argc, char *argv[])
{
    struct addrinfo ask, *got;
    memset(&ask, 0, sizeof ask);
    ask.ai_socktype = SOCK_STREAM;
    if (argc < 3 || getaddrinfo(argv[1], argv[2], &ask, &got))
        return 1;
    int one = 1, listener = socket(got->ai_family, SOCK_STREAM, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, got->ai_addr, got->ai_addrlen) || listen(listener, 16)) {
        perror("server");
        return 1;
    }
    unsigned visitors = 0;
    struct timeval limit = {1, 500000};
    while (1) {
        fd_set set;
        FD_ZERO(&set);
        FD_SET(listener, &set);
        if (select(listener + 1, &set, NULL, NULL, &limit) < 1)
            continue; /* nobody yet */
        int client = accept(listener, NULL, NULL);
        if (client < 0)
            continue;
        greet(client, ++visitors);
        close(client);
    }
}
