#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

// satu byte diterima, satu byte dikirim. pelan tapi benar
void *client_thread(void *p)
{
    int fd = *(int *)p;
    char c;
    free(p);
    while (recv(fd, &c, 1, 0) == 1) {
        if (send(fd, &c, 1, MSG_NOSIGNAL) != 1)
            break;
    }
    close(fd);
    return 0;
}

int main(int argc, char *argv[])
{
    struct sockaddr_in sa;
    int opt = 1;
    if (argc != 3) {
        printf("Usage: ./server HOST PORT\n");
        return 1;
    }
    int sock = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(sock, SOL_SOCKET, SO_REUSEADDR, &opt, sizeof(opt));
    memset(&sa, 0, sizeof(sa));
    sa.sin_family = AF_INET;
    sa.sin_addr.s_addr = inet_addr(argv[1]);
    sa.sin_port = htons(atoi(argv[2]));
    if (bind(sock, (struct sockaddr *)&sa, sizeof(sa)) == -1) {
        perror("bind");
        return 1;
    }
    listen(sock, 20);
    while (1) {
        pthread_t th;
        int *fd = malloc(sizeof(int));
        *fd = accept(sock, NULL, NULL);
        if (*fd == -1) {
            free(fd);
            continue;
        }
        if (pthread_create(&th, NULL, client_thread, fd) == 0)
            pthread_detach(th);
    }
}
