/*
 * Tugas 2 Pemrograman Jaringan - server echo dengan pthread
 * satu socket untuk IPv4 dan IPv6 sekaligus
 */
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static void *handle(void *arg)
{
    int fd = (int)(intptr_t)arg;
    char *buf = malloc(16384);
    ssize_t n;
    while (buf && (n = recv(fd, buf, 16384, 0)) > 0) {
        ssize_t done = 0;
        while (done < n) {
            ssize_t k = send(fd, buf + done, n - done, 0);
            if (k <= 0)
                goto out;
            done += k;
        }
    }
out:
    free(buf);
    close(fd);
    return NULL;
}

int main(int argc, char **argv)
{
    struct sockaddr_in6 a = {.sin6_family = AF_INET6, .sin6_addr = in6addr_any};
    int on = 1, off = 0;

    signal(SIGPIPE, SIG_IGN);
    /* argv[1] adalah host, tapi kita dengarkan di semua alamat */
    a.sin6_port = htons(argc > 2 ? atoi(argv[2]) : 7777);
    int s = socket(AF_INET6, SOCK_STREAM, 0);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0 || listen(s, 128) < 0) {
        perror("server");
        return 1;
    }
    printf("server jalan di port %d\n", ntohs(a.sin6_port));
    fflush(stdout);
    for (;;) {
        pthread_t t;
        int c = accept(s, NULL, NULL);
        if (c < 0)
            continue;
        if (pthread_create(&t, NULL, handle, (void *)(intptr_t)c) != 0) {
            close(c);
            continue;
        }
        pthread_detach(t);
    }
}
