#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    unsigned short n = argc > 1 ? (unsigned short)atoi(argv[1]) : 0;
    printf("%02x %02x\n%02x %02x\n", n >> 8, n & 255, n & 255, n >> 8);
    return 0;
}
