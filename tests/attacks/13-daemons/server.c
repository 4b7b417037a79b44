/* Forty daemons of daemons that ignore signals, some of them stopped, are gone with their case. (Then it listens
 * nowhere.)
 * attack: status=failed codes=exited-early rungs=full,landlock */
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void become_daemon(int number)
{
    (void)setsid();
    if (fork() != 0)
        _exit(0);
    for (int one = 1; one < NSIG; one++)
        (void)signal(one, SIG_IGN);
    if (number % 4 == 0)
        (void)raise(SIGSTOP);
    for (;;)
        (void)pause();
}

int main(void)
{
    for (int number = 0; number < 40; number++) {
        pid_t pid = fork();
        if (pid == 0)
            become_daemon(number);
        (void)waitpid(pid, NULL, 0);
    }
    return 3;
}
