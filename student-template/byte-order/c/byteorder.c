/* A number in two bytes, in both orders.
 *
 *     ./byteorder N
 *
 * This is a start. It builds and runs, and prints no bytes yet: write what the TODOs name, from the first to the
 * last. After each of them, `sockgrade check` says how far you are. */
#include <stdio.h>
#include <stdlib.h>

/* TODO 1: return the number that `text` is, or -1 where it is none from 0 to 65535. strtol() tells where the
 * digits end; atoi() does not. */
static long read_number(const char *text)
{
    fprintf(stderr, "byteorder: read_number(%s) is not written yet\n", text);
    exit(1);
}

/* TODO 2: print the more significant byte (`number >> 8`), then the other (`number & 0xff`), as "0x2b 0x67".
 *
 * TODO 3: print both the other way round in the next line. */
static void print_bytes(unsigned number)
{
    (void)number;
}

int main(int argc, char *argv[])
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s N\n", argv[0]);
        return 2;
    }
    long number = read_number(argv[1]);
    if (number < 0) {
        fprintf(stderr, "%s: %s is no number from 0 to 65535\n", argv[0], argv[1]);
        return 1;
    }
    print_bytes((unsigned)number);
    return 0;
}
