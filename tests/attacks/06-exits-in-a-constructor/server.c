/* An exit status is no verdict: 0, before main(), is an early end.
 * attack: status=failed codes=exited-early rungs=full,landlock */
#include <unistd.h>

__attribute__((constructor)) static void leave(void)
{
    _exit(0);
}

int main(void)
{
    return 0;
}
