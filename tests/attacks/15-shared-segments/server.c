/* Shared memory of System V counts as well, though no process has it mapped.
 * attack: status=failed codes=too-much rungs=full */
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <unistd.h>

enum { SEGMENTS = 10, EACH_BYTES = 56 << 20 };

int main(void)
{
    for (int i = 0; i < SEGMENTS; i++) {
        int id = shmget(IPC_PRIVATE, EACH_BYTES, 0600);
        char *memory = shmat(id, NULL, 0);
        if (memory == (void *)-1)
            return 3;
        memset(memory, 1, EACH_BYTES);
        (void)shmdt(memory);
    }
    for (;;)
        (void)pause();
}
