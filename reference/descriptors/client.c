/* SPDX-License-Identifier: MIT
 * What a program has open when it begins: standard input, standard output and standard error, which are the
 * descriptors 0, 1 and 2. A socket is the next number. */
#include <stdio.h>

int main(void)
{
    fputs("write to stdout\n", stdout);
    fputs("write to stderr\n", stderr);
    printf("%d %d %d\n", fileno(stdin), fileno(stdout), fileno(stderr));
    return fflush(stdout) == 0 ? 0 : 1;
}
