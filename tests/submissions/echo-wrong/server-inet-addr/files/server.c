#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/types.h>
#include <sys/socket.h>

/*
 * Tugas 1 - Echo server (multi thread)
 */

int buat_server(const char *host, const char *port)
{
    struct sockaddr_in alamat;
    int s, on = 1;

    s = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    memset(&alamat, 0, sizeof alamat);
    alamat.sin_family = AF_INET;
    alamat.sin_port = htons(atoi(port));
    alamat.sin_addr.s_addr = inet_addr(host);
    if (bind(s, (struct sockaddr *)&alamat, sizeof alamat) < 0) {
        perror("bind");
        exit(1);
    }
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
