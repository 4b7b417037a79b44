#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static char text[70000];

static void serve(int client)
{
    size_t have = 0;
    while (!(have > 3 && memchr(text + 3, '.', have - 3))) {
        ssize_t n = recv(client, text + have, sizeof text - have, 0);
        if (n <= 0)
            return;
        have += n;
    }
    char *end = memchr(text + 3, '.', have - 3), *at = text + 3;
    int shift = text[1] >= '0' && text[1] <= '9' && text[2] >= '0' && text[2] <= '9'
                    ? (text[1] - '0') * 10 + text[2] - '0' : 0;
    shift = text[0] == 'd' ? 26 - shift % 26 : shift % 26;
    for (char *c = at; c < end; c++)
        if (*c >= 'a' && *c <= 'z')
            *c = 'a' + (*c - 'a' + shift) % 26;
    while (at < end) {
        ssize_t n = send(client, at, end - at, MSG_NOSIGNAL);
        if (n < 0)
            return;
        at += n;
    }
    write(client, ".", 1);
}

int main(int argc, char **argv)
{
    struct sockaddr_in own = {.sin_family = AF_INET};
    int on = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
    if (argc < 3)
        return 2;
    inet_pton(AF_INET, argv[1], &own.sin_addr);
    own.sin_port = htons(atoi(argv[2]));
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&own, sizeof own) < 0 || listen(listener, 8) < 0)
        return 1;
    for (;;) {
        int client = accept(listener, NULL, NULL);
        if (client < 0)
            continue;
        serve(client);
        close(client);
    }
}
