#include <stdio.h>

int main(void)
{
    printf("write to stdout\n");
    fprintf(stderr, "write to stderr\n%d %d %d\n", fileno(stdin), fileno(stdout), fileno(stderr));
    return 0;
}
