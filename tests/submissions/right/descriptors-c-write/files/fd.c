#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void say(int fd, const char *text)
{
    if (write(fd, text, strlen(text)) < 0)
        _exit(1);
}

int main(void)
{
    char line[32];
    say(STDOUT_FILENO, "write to stdout\n");
    say(STDERR_FILENO, "write to stderr\n");
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        snprintf(line, sizeof line, "fd = %d\n", fd);
        say(STDOUT_FILENO, line);
    }
    return 0;
}
