/* The three standard descriptors.
 *
 *     ./descriptors
 *
 * This is a start. It builds and runs, and prints nothing yet: write what the TODOs name. After each of them,
 * `sockgrade check` says how far you are. */
#include <stdio.h>

int main(void)
{
    /* TODO 1: print the line "write to stdout" on standard output.
     *
     * TODO 2: print the line "write to stderr" on standard error: fprintf() takes the stream first.
     *
     * TODO 3: print the numbers of stdin, stdout and stderr, in this order, on standard output. fileno() tells
     * the descriptor of a stream. */
    fprintf(stderr, "descriptors: not written yet\n");
    return 1;
}
