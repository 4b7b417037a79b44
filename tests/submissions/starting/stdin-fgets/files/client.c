#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static char pesan[200000], balas[200000];

int main(int argc, char **argv)
{
    struct addrinfo h = {.ai_socktype = SOCK_STREAM}, *ai;
    if (argc < 3) {
        fprintf(stderr, "usage %s hostname port\n", argv[0]);
        exit(1);
    }
    printf("Please enter the message: ");
    fflush(stdout);
    if (!fgets(pesan, sizeof pesan, stdin))
        exit(1);
    pesan[strcspn(pesan, "\n")] = 0;
    if (getaddrinfo(argv[1], argv[2], &h, &ai)) {
        fprintf(stderr, "ERROR, no such host\n");
        exit(1);
    }
    int fd = socket(ai->ai_family, ai->ai_socktype, 0);
    if (connect(fd, ai->ai_addr, ai->ai_addrlen) < 0) {
        perror("ERROR connecting");
        exit(1);
    }
    size_t n = strlen(pesan), i = 0;
    while (i < n) {
        ssize_t k = send(fd, pesan + i, n - i, MSG_NOSIGNAL);
        if (k < 0) {
            perror("ERROR writing to socket");
            exit(1);
        }
        i += k;
    }
    for (i = 0; i == 0 || balas[i - 1] != '.'; ) {
        ssize_t k = recv(fd, balas + i, sizeof balas - i, 0);
        if (k <= 0) {
            fprintf(stderr, "ERROR reading from socket\n");
            exit(1);
        }
        i += k;
    }
    printf("%s\n", balas);
    return 0;
}
