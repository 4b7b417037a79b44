/* Memory of several processes together is limited (they ask for the limit and a fifth), and the limit is named.
 * attack: status=failed codes=too-much rungs=full beside */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PROCESSES = 4, EACH_BYTES = 154 << 20, LARGE_PAGE = 2 << 20 };

int main(void)
{
    for (int i = 0; i < PROCESSES - 1; i++) {
        if (fork() == 0)
            break;
    }
    char *memory = aligned_alloc(LARGE_PAGE, EACH_BYTES);
    if (!memory)
        return 3;
    (void)madvise(memory, EACH_BYTES, MADV_HUGEPAGE); /* else the kernel takes seconds */
    memset(memory, 1, EACH_BYTES);
    for (;;)
        (void)pause();
}
