/* SPDX-License-Identifier: MIT
 * A number in two bytes, in both orders. On the wire the more significant byte comes first (big-endian, also
 * called network byte order); many processors store it last. */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST = 65535 }; /* what two bytes can hold */

static int read_number(const char *text, uint16_t *number)
{
    char *end;
    errno = 0;
    long value = strtol(text, &end, 10);
    if (end == text || *end != '\0' || errno == ERANGE || value < 0 || value > MOST)
        return -1;
    *number = (uint16_t)value;
    return 0;
}

int main(int argc, char **argv)
{
    uint16_t number;
    if (argc != 2) {
        fprintf(stderr, "usage: %s N\n", argv[0]);
        return 2;
    }
    if (read_number(argv[1], &number) < 0) {
        fprintf(stderr, "%s: '%s' is no number from 0 to %d\n", argv[0], argv[1], MOST);
        return 1;
    }
    unsigned high = number >> 8, low = number & 0xff;
    printf("0x%02x 0x%02x\n", high, low); /* big-endian */
    printf("0x%02x 0x%02x\n", low, high); /* little-endian */
    return 0;
}
