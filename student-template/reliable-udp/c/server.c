/* Receives a file over UDP by stop-and-wait.
 *
 *     ./server HOST PORT FILE
 *
 * This is a start. It builds and runs, and receives nothing yet: write what the TODOs name, from the first to
 * the last. After each of them, `sockgrade check --role server` says how far you are. */
#include <stdio.h>
#include <stdlib.h>

/* TODO 1: return a socket that receives what is sent to `host` and `port`.
 *
 *   getaddrinfo()   from the two texts to an address
 *   socket()        of that address's family, for datagrams (SOCK_DGRAM)
 *   bind()          to that address */
static int bind_to(const char *host, const char *port)
{
    fprintf(stderr, "server: bind_to(%s, %s) is not written yet\n", host, port);
    exit(1);
}

/* TODO 2: receive datagrams with recvfrom(), which tells where they come from. Each has a number in its first
 * four bytes (ntohl()) and up to 1,024 bytes of data: how large must the buffer be? Write the data of the
 * number that is due, and send its four bytes back with sendto().
 *
 * TODO 3: a number that you have written already came again: acknowledge it, and do not write it.
 *
 * TODO 4: a number with no data ends the file: close it, acknowledge, and go on acknowledging that number when it
 * comes again, for at least two seconds (SO_RCVTIMEO).
 *
 * TODO 5: write nothing that comes from another address than the first datagram did. */
static void receive_file(int fd, FILE *file)
{
    fprintf(stderr, "server: receive_file(%d, %p) is not written yet\n", fd, (void *)file);
    exit(1);
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: %s HOST PORT FILE\n", argv[0]);
        return 2;
    }
    int fd = bind_to(argv[1], argv[2]);
    FILE *file = fopen(argv[3], "wb");
    if (!file) {
        perror(argv[3]);
        return 1;
    }
    receive_file(fd, file);
    return 0;
}
