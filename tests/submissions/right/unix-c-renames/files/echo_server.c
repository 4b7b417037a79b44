/* echo over AF_UNIX.   ./echo_server PATH
 *
 * The socket is bound beside its final name and then renamed over it, so a
 * stale file of an earlier run is replaced in one step.
 */
#include <errno.h>
#include <libgen.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { UKURAN = 5000 };

static void *layani(void *arg)
{
    int fd = (int)(intptr_t)arg;
    char b[UKURAN];
    ssize_t masuk;

    while ((masuk = read(fd, b, sizeof b)) != 0) {
        if (masuk < 0) {
            if (errno == EINTR) continue;
            break;
        }
        for (char *p = b, *e = b + masuk; p < e; ) {
            ssize_t k = write(fd, p, e - p);
            if (k < 0 && errno == EINTR) continue;
            if (k < 0) goto selesai;
            p += k;
        }
    }
selesai:
    close(fd);
    return NULL;
}

int main(int argc, char *argv[])
{
    struct sockaddr_un a;
    pthread_attr_t at;
    char salin[4096];
    int s, n;

    if (argc != 2) {
        fprintf(stderr, "usage: %s PATH\n", argv[0]);
        return 2;
    }
    if (strlen(argv[1]) >= sizeof a.sun_path) {
        fprintf(stderr, "path too long\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);

    strcpy(salin, argv[1]);
    memset(&a, 0, sizeof a);
    a.sun_family = AF_UNIX;
    n = snprintf(a.sun_path, sizeof a.sun_path, "%s/.%x", dirname(salin), (unsigned)getpid());
    if (n < 0 || n >= (int)sizeof a.sun_path) { fprintf(stderr, "path too long\n"); return 2; }
    unlink(a.sun_path);

    if ((s = socket(AF_UNIX, SOCK_STREAM, 0)) < 0) { perror("socket"); return 1; }
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0) { perror("bind"); return 1; }
    if (listen(s, 100) < 0) { perror("listen"); return 1; }
    if (rename(a.sun_path, argv[1]) < 0) { perror("rename"); unlink(a.sun_path); return 1; }
    printf("listening on %s\n", argv[1]);
    fflush(stdout);

    pthread_attr_init(&at);
    pthread_attr_setdetachstate(&at, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&at, 128 * 1024);
    for (;;) {
        pthread_t t;
        int c = accept(s, NULL, NULL);
        if (c < 0) {
            if (errno == EMFILE || errno == ENFILE) usleep(20000);
            continue;
        }
        if (pthread_create(&t, &at, layani, (void *)(intptr_t)c)) close(c);
    }
}
