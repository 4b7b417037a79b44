/* So does a bomb of threads.
 * attack: status=failed codes=too-much rungs=full */
#include <pthread.h>
#include <unistd.h>

static void *wait_for_ever(void *nothing)
{
    for (;;)
        (void)pause();
    return nothing;
}

int main(void)
{
    pthread_t thread;
    pthread_attr_t small;
    (void)pthread_attr_init(&small);
    (void)pthread_attr_setstacksize(&small, 65536);
    for (int i = 0; i < 700; i++)
        (void)pthread_create(&thread, &small, wait_for_ever, NULL);
    wait_for_ever(NULL);
}
