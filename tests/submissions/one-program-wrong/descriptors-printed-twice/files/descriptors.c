#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    printf("write to stdout\n");
    fprintf(stderr, "write to stderr\n");
    pid_t child = fork(); /* on a pipe the line above is still in the buffer */
    if (child == 0)
        return 0;
    wait(NULL);
    printf("%d %d %d\n", fileno(stdin), fileno(stdout), fileno(stderr));
    return 0;
}
