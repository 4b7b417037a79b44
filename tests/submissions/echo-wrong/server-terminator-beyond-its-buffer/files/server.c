#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <errno.h>
#include <signal.h>
#include <netdb.h>
#include <sys/socket.h>
struct client { char text[256]; int fd; };
void *run(void *v) {
    struct client *c = v;
    for (;;) {
        int n = recv(c->fd, c->text, 256, 0);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) break;
        c->text[n] = '\0';
        int o = 0;
        while (o < n) {
            int k = send(c->fd, c->text + o, n - o, MSG_NOSIGNAL);
            if (k < 0 && errno == EINTR) continue;
            if (k < 0) goto end;
            o += k;
        }
    }
end:
    close(c->fd);
    free(c);
    return NULL;
}
int main(int argc, char **argv) {
    struct addrinfo h = {.ai_socktype = SOCK_STREAM}, *r;
    getaddrinfo(argv[1], argv[2], &h, &r);
    int s = socket(r->ai_family, SOCK_STREAM, 0), y = 1;
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &y, sizeof y);
    if (bind(s, r->ai_addr, r->ai_addrlen) < 0) { perror("bind"); return 1; }
    listen(s, 50);
    for (;;) {
        struct client *c = malloc(sizeof *c);
        pthread_t t;
        c->fd = accept(s, 0, 0);
        if (c->fd < 0) { free(c); continue; }
        pthread_create(&t, 0, run, c);
        pthread_detach(t);
    }
}
