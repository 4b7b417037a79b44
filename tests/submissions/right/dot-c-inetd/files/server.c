#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void echo_sampai_titik(void)
{
    int c;
    while ((c = getchar()) != EOF) {
        putchar(c);
        if (c == '.')
            break;
    }
    fflush(stdout);
}

int main(int argc, char **argv)
{
    struct sockaddr_in a = {.sin_family = AF_INET};
    int yes = 1;
    if (argc < 3) {
        fprintf(stderr, "usage: %s host port\n", *argv);
        return 1;
    }
    a.sin_port = htons(atoi(argv[2]));
    int s = socket(PF_INET, SOCK_STREAM, 0);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
    if (bind(s, (struct sockaddr *)&a, sizeof(a)) == -1) {
        perror("bind");
        return 1;
    }
    listen(s, 3);
    for (;;) {
        int c = accept(s, NULL, NULL);
        if (c == -1)
            continue;
        pid_t pid = fork();
        if (pid == 0) {
            close(s);
            dup2(c, 0);
            dup2(c, 1);
            close(c);
            echo_sampai_titik();
            _exit(0);
        }
        close(c);
        waitpid(pid, NULL, 0); /* satu per satu saja */
    }
}
