#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void show(const char *label, uint16_t stored)
{
    unsigned char b[2];
    memcpy(b, &stored, 2);
    printf("%s: %02X %02X\n", label, b[0], b[1]);
}

int main(int argc, char *argv[])
{
    char *end;
    long n = argc > 1 ? strtol(argv[1], &end, 0) : -1;
    if (argc < 2 || *end || n < 0 || n > 0xffff) {
        fprintf(stderr, "N harus 0..65535\n");
        return EXIT_FAILURE;
    }
    uint16_t big = htons((uint16_t)n);
    printf("%ld = 0x%lx\n", n, n);
    show("Big-endian", big);
    show("Little-endian", (uint16_t)(big << 8 | big >> 8));
    return 0;
}
