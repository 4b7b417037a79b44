#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
static char b[65536];
int main(int argc, char **argv)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[2]))}, c;
    int s = socket(AF_INET, SOCK_DGRAM, 0);
    if (bind(s, (struct sockaddr *)&a, sizeof a)) {
        perror("bind");
        return 1;
    }
    for (;;) {
        socklen_t l = sizeof c;
        short n = recvfrom(s, b, sizeof b, 0, (struct sockaddr *)&c, &l);
        if (n < 0) {
            fprintf(stderr, "bad datagram\n");
            continue;
        }
        sendto(s, b, n, 0, (struct sockaddr *)&c, l);
    }
}
