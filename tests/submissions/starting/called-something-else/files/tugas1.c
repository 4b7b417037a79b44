#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <netdb.h>
#include <sys/types.h>
#include <sys/socket.h>

/*
 * Tugas 1 - Echo server (multi thread)
 */

int buat_server(const char *host, const char *port)
{
    struct addrinfo h, *info, *p;
    int s = -1, on = 1;

    memset(&h, 0, sizeof h);
    h.ai_family = AF_UNSPEC;
    h.ai_socktype = SOCK_STREAM;
    if (getaddrinfo(host, port, &h, &info) != 0) {
        fprintf(stderr, "alamat tidak dikenal: %s\n", host);
        exit(1);
    }
    for (p = info; p != NULL; p = p->ai_next) {
        s = socket(p->ai_family, p->ai_socktype, p->ai_protocol);
        if (s < 0)
            continue;
        setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        if (bind(s, p->ai_addr, p->ai_addrlen) == 0)
            break;
        close(s);
        s = -1;
    }
    freeaddrinfo(info);
    if (s < 0 || listen(s, 64) < 0) {
        perror("server");
        exit(1);
    }
    return s;
}

void *handle_client(void *arg)
{
    int sock = *(int *)arg;
    free(arg);
    char buffer[1024];
    ssize_t n;

    while ((n = read(sock, buffer, sizeof buffer)) > 0) {
        ssize_t off = 0;
        while (off < n) {
            ssize_t w = write(sock, buffer + off, n - off);
            if (w <= 0)
                goto selesai;
            off += w;
        }
    }
selesai:
    close(sock);
    return NULL;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "Usage: %s <host> <port>\n", argv[0]);
        exit(1);
    }
    signal(SIGPIPE, SIG_IGN);
    int server = buat_server(argv[1], argv[2]);

    while (1) {
        int client = accept(server, NULL, NULL);
        if (client < 0)
            continue;
        int *arg = malloc(sizeof(int));
        *arg = client;
        pthread_t tid;
        if (pthread_create(&tid, NULL, handle_client, arg) != 0) {
            close(client);
            free(arg);
            continue;
        }
        pthread_detach(tid);
    }
    return 0;
}
