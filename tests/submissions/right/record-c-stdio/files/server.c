#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void serve(int client)
{
    FILE *in = fdopen(client, "r"), *out = fdopen(dup(client), "w");
    char *line = NULL;
    size_t room = 0;
    ssize_t length;
    while ((length = getline(&line, &room, in)) > 0 && line[length - 1] == '\n') {
        int fields = 1, count = 0;
        for (ssize_t i = 0; i < length - 1; i++) {
            if (line[i] == '|') {
                fields++;
                count = 0;
                continue;
            }
            i += line[i] == '\\';
            count++;
        }
        if (fields == 5)
            fprintf(out, "OK %d\n", count);
        else
            fprintf(out, "ERR\n");
        if (fflush(out) != 0)
            break;
    }
    free(line);
    fclose(in);
    fclose(out);
}

int main(int argc, char **argv)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE}, *at;
    int on = 1;
    if (argc != 3 || getaddrinfo(argv[1], argv[2], &hints, &at) != 0)
        return 2;
    signal(SIGPIPE, SIG_IGN);
    int listener = socket(at->ai_family, SOCK_STREAM, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, at->ai_addr, at->ai_addrlen) < 0 || listen(listener, 10) < 0) {
        perror("listen");
        return 1;
    }
    for (;;) {
        int client = accept(listener, NULL, NULL);
        if (client >= 0)
            serve(client);
    }
}
