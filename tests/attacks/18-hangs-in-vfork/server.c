/* A parent that waits for its vfork() cannot be stopped, nor does it hold up its examiner.
 * attack: status=failed rungs=full */
#include <unistd.h>

int main(void)
{
    if (vfork() == 0) {
        for (;;)
            (void)pause();
    }
    return 0;
}
