/* An echo server that crashes at its first message. */
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    int on = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in at = {.sin_family = AF_INET};
    at.sin_port = htons((unsigned short)atoi(argc > 1 ? argv[1] : "5000"));
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&at, sizeof at) < 0 || listen(listener, 8) < 0) {
        perror("server");
        return 1;
    }
    for (;;) {
        char *line = NULL, room[64];
        int connection = accept(listener, NULL, NULL);
        if (read(connection, room, sizeof room) > 0)
            line[0] = room[0];
        close(connection);
    }
}
