#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <unistd.h>
#include <netdb.h>
#include <sys/socket.h>

int main(int argc, char *argv[])
{
    struct addrinfo hints, *hasil;
    char data[1500];
    int opt = 1;

    if (argc != 3) {
        fprintf(stderr, "Penggunaan: %s alamat port\n", argv[0]);
        return EXIT_FAILURE;
    }
    signal(SIGPIPE, SIG_IGN);
    memset(&hints, 0, sizeof(hints));
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    if (getaddrinfo(argv[1], argv[2], &hints, &hasil) != 0)
        return EXIT_FAILURE;
    int server = socket(hasil->ai_family, hasil->ai_socktype, hasil->ai_protocol);
    setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &opt, sizeof(opt));
    if (bind(server, hasil->ai_addr, hasil->ai_addrlen) < 0) {
        perror("bind");
        return EXIT_FAILURE;
    }
    listen(server, 20);
    while (1) {
        int client = accept(server, NULL, NULL);
        if (client < 0)
            continue;
        ssize_t jml;
        while ((jml = recv(client, data, sizeof(data), 0)) > 0) {
            ssize_t i = 0;
            while (i < jml) {
                ssize_t k = send(client, data + i, jml - i, 0);
                if (k < 0)
                    break;
                i += k;
            }
            if (i < jml)
                break;
        }
        close(client);
    }
}
