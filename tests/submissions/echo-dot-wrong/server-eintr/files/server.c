#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <signal.h>
#include <sys/wait.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <arpa/inet.h>

void bersihkan(int sig)
{
    (void)sig;
    while (waitpid(-1, NULL, WNOHANG) > 0)
        ;
}

void proses(int sock)
{
    char buf[512];
    char *msg = NULL;
    int len = 0, i, selesai = 0;

    while (!selesai) {
        int n = read(sock, buf, sizeof(buf));
        if (n <= 0)
            break;
        msg = realloc(msg, len + n);
        for (i = 0; i < n && !selesai; i++) {
            msg[len++] = buf[i];
            if (buf[i] == '.')
                selesai = 1;
        }
    }
    if (selesai) {
        int terkirim = 0;
        while (terkirim < len) {
            int k = write(sock, msg + terkirim, len - terkirim);
            if (k <= 0)
                break;
            terkirim += k;
        }
    }
    free(msg);
}

int main(int argc, char *argv[])
{
    struct sockaddr_in server;
    struct sigaction sa;
    int opt = 1;

    if (argc != 3) {
        printf("cara pakai: ./server host port\n");
        return 1;
    }

    memset(&sa, 0, sizeof(sa));
    sa.sa_handler = bersihkan;
    sigaction(SIGCHLD, &sa, NULL);

    int listenfd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(listenfd, SOL_SOCKET, SO_REUSEADDR, &opt, sizeof(opt));
    memset(&server, 0, sizeof(server));
    server.sin_family = AF_INET;
    server.sin_addr.s_addr = htonl(INADDR_ANY);
    server.sin_port = htons((unsigned short)atoi(argv[2]));
    if (bind(listenfd, (struct sockaddr *)&server, sizeof(server)) == -1) {
        perror("bind gagal");
        exit(EXIT_FAILURE);
    }
    listen(listenfd, 10);

    while (1) {
        int sock = accept(listenfd, NULL, NULL);
        if (sock == -1) {
            perror("accept gagal");
            exit(EXIT_FAILURE);
        }
        if (fork() == 0) {
            close(listenfd);
            proses(sock);
            close(sock);
            exit(EXIT_SUCCESS);
        }
        close(sock);
    }
    return 0;
}
