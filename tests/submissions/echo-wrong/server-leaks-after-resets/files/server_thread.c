#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <errno.h>
#include <signal.h>
#include <pthread.h>
#include <netdb.h>
#include <arpa/inet.h>
#include <sys/socket.h>

#define SIZE 1024

/* gcc -o server_thread server_thread.c -lpthread */

void *connection_handler(void *socket_desc)
{
    int sock = (int)(long)socket_desc;
    char buffer[SIZE];
    ssize_t read_size, sent, off;

    while (1)
    {
        read_size = recv(sock, buffer, SIZE, 0);
        if (read_size == -1)
        {
            if (errno == EINTR)
                continue;
            perror("recv failed");
            return NULL;
        }
        if (read_size == 0)
        {
            puts("Client disconnected");
            break;
        }
        off = 0;
        while (off < read_size)
        {
            sent = send(sock, buffer + off, read_size - off, 0);
            if (sent == -1)
            {
                if (errno == EINTR)
                    continue;
                perror("send failed");
                break;
            }
            off += sent;
        }
        if (off < read_size)
            break;
    }
    fflush(stdout);
    close(sock);
    return NULL;
}

int main(int argc, char *argv[])
{
    struct addrinfo hints, *info;
    int server_fd, client, opt = 1;
    pthread_t tid;

    if (argc != 3)
    {
        printf("Usage: %s host port\n", argv[0]);
        return 1;
    }
    signal(SIGPIPE, SIG_IGN);
    bzero(&hints, sizeof(hints));
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    if (getaddrinfo(argv[1], argv[2], &hints, &info) != 0)
    {
        fprintf(stderr, "unknown host\n");
        return 1;
    }
    server_fd = socket(info->ai_family, SOCK_STREAM, 0);
    if (server_fd == -1)
    {
        perror("socket");
        return 1;
    }
    setsockopt(server_fd, SOL_SOCKET, SO_REUSEADDR, &opt, sizeof(opt));
    if (bind(server_fd, info->ai_addr, info->ai_addrlen) < 0)
    {
        perror("bind failed");
        return 1;
    }
    puts("bind done");
    freeaddrinfo(info);
    listen(server_fd, 64);
    puts("Waiting for incoming connections...");
    fflush(stdout);
    while (1)
    {
        client = accept(server_fd, NULL, NULL);
        if (client < 0)
        {
            perror("accept failed");
            continue;
        }
        if (pthread_create(&tid, NULL, connection_handler, (void *)(long)client) != 0)
        {
            perror("could not create thread");
            close(client);
            continue;
        }
        pthread_detach(tid);
    }
    return 0;
}
