#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <pthread.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>

static void *client(void *p)
{
    int fd = (int)(long)p;
    char b[2000];
    ssize_t n;
    while ((n = recv(fd, b, sizeof b, 0)) > 0) {
        char *q = b;
        while (n > 0) {
            ssize_t k = send(fd, q, n, MSG_NOSIGNAL);
            if (k < 0)
                goto out;
            q += k;
            n -= k;
        }
    }
out:
    close(fd);
    return NULL;
}

int main(int argc, char *argv[])
{
    struct sockaddr_in6 addr; // dua-duanya, IPv4 dan IPv6
    pthread_attr_t attr;
    int on = 1, off = 0;

    if (argc != 3) {
        fprintf(stderr, "server host port\n");
        return 1;
    }
    int s = socket(AF_INET6, SOCK_STREAM, 0);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    memset(&addr, 0, sizeof addr);
    addr.sin6_family = AF_INET6;
    addr.sin6_port = atoi(argv[2]);
    addr.sin6_addr = in6addr_any;
    if (bind(s, (struct sockaddr *)&addr, sizeof addr) < 0) {
        perror("bind");
        return 1;
    }
    listen(s, 40);
    pthread_attr_init(&attr);
    pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
    for (;;) {
        pthread_t t;
        int fd = accept(s, NULL, NULL);
        if (fd >= 0 && pthread_create(&t, &attr, client, (void *)(long)fd) != 0)
            close(fd);
    }
}
