/* A fork bomb (of at most 700) meets its limit, is named, and harms nobody beside it.
 * attack: status=failed codes=too-much rungs=full beside */
#include <unistd.h>

int main(void)
{
    for (int i = 0; i < 700; i++) {
        if (fork() == 0)
            break;
    }
    for (;;)
        (void)pause();
}
