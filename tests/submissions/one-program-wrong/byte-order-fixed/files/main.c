#include <stdio.h>

int main(void)
{
    unsigned short n = 11111;
    printf("0x%02x 0x%02x\n", n >> 8, n & 0xff);
    printf("0x%02x 0x%02x\n", n & 0xff, n >> 8);
    return 0;
}
