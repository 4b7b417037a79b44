/* Sends a file over UDP by stop-and-wait.
 *
 *     ./client HOST PORT FILE
 *
 * This is a start. It builds and runs, and sends nothing yet: write what the TODOs name, from the first to
 * the last. After each of them, `sockgrade check --role client` says how far you are. */
#include <stdio.h>
#include <stdlib.h>

/* TODO 1: return a socket that is connected to `host` and `port`: for datagrams that means that the kernel takes
 * nothing from anybody else.
 *
 *   getaddrinfo()   from the two texts to an address
 *   socket()        of that address's family, for datagrams (SOCK_DGRAM)
 *   connect()       to that address */
static int connect_to(const char *host, const char *port)
{
    fprintf(stderr, "client: connect_to(%s, %s) is not written yet\n", host, port);
    exit(1);
}

/* TODO 2: send the file in datagrams: a number in four bytes (htonl()), the first is 0, and up to 1,024 bytes of
 * the file behind it. Wait for the four bytes of its number before you send the next one.
 *
 * TODO 3: the end of the file is one more number, with nothing behind it. It is acknowledged as well.
 *
 * TODO 4: set a time limit (SO_RCVTIMEO). When it is over, send the same datagram again; after ten attempts give
 * up, with a word on standard error and a status that is not 0.
 *
 * TODO 5: an acknowledgement of another number is an old one: pass over it. */
static void send_file(int fd, FILE *file)
{
    fprintf(stderr, "client: send_file(%d, %p) is not written yet\n", fd, (void *)file);
    exit(1);
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: %s HOST PORT FILE\n", argv[0]);
        return 2;
    }
    FILE *file = fopen(argv[3], "rb");
    if (!file) {
        perror(argv[3]);
        return 1;
    }
    send_file(connect_to(argv[1], argv[2]), file);
    return 0;
}
