/* SPDX-License-Identifier: MIT
 * Answers each recv() with how many bytes it returned, in a line. */
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *address;
    if (argc != 3 || getaddrinfo(argv[1], argv[2], &hints, &address) != 0)
        return 1;
    int listener = socket(address->ai_family, address->ai_socktype, 0), on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, address->ai_addr, address->ai_addrlen) < 0 || listen(listener, 5) < 0)
        return 1;
    for (;;) {
        int client = accept(listener, NULL, NULL);
        char bytes[256], line[16];
        ssize_t received;
        while ((received = recv(client, bytes, sizeof bytes, 0)) > 0) {
            int length = snprintf(line, sizeof line, "%zd\n", received);
            if (send(client, line, (size_t)length, MSG_NOSIGNAL) != length)
                break;
        }
        close(client);
    }
}
