#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>
#include <netdb.h>
#include <sys/socket.h>
#include "echo.h"

static void *kerja(void *arg)
{
    int fd = *(int *)arg;
    free(arg);
    layani(fd);
    printf("fd %d selesai\n", fd);
    fflush(stdout);
    return NULL;
}

int main(int argc, char **argv)
{
    struct addrinfo h, *r;
    int ls, yes = 1;
    pthread_attr_t attr;

    if (argc < 3) {
        fprintf(stderr, "Usage: %s <host> <port>\n", argv[0]);
        exit(1);
    }
    signal(SIGPIPE, SIG_IGN);
    memset(&h, 0, sizeof(h));
    h.ai_socktype = SOCK_STREAM;
    h.ai_flags = AI_PASSIVE;
    if (getaddrinfo(argv[1], argv[2], &h, &r) != 0) {
        fprintf(stderr, "alamat salah\n");
        exit(1);
    }
    ls = socket(r->ai_family, r->ai_socktype, 0);
    setsockopt(ls, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
    if (bind(ls, r->ai_addr, r->ai_addrlen) < 0) { perror("bind"); exit(1); }
    if (listen(ls, 50) < 0) { perror("listen"); exit(1); }
    freeaddrinfo(r);
    pthread_attr_init(&attr);
    pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
    printf("menunggu klien ...\n");
    fflush(stdout);
    for (;;) {
        pthread_t t;
        int *p, fd = accept(ls, NULL, NULL);
        if (fd < 0) {
            perror("accept");
            continue;
        }
        p = malloc(sizeof(int));
        *p = fd;
        if (pthread_create(&t, &attr, kerja, p) != 0) {
            free(p);
            close(fd);
        }
    }
}
