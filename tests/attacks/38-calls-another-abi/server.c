/* Calls of the 32-bit ABI, by which every filter of the 64-bit ones would be gone around, do not exist.
 * attack: status=failed codes=exited-early rungs=full,landlock */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__x86_64__)
static void call_old(void)
{
    long result = 20; /* getpid */
    __asm__ volatile("int $0x80" : "+a"(result) : : "memory", "r8", "r9", "r10", "r11");
    if (result > 0)
        (void)fputs("ESCAPED by int 0x80\n", stderr);
}

static void call_x32(void)
{
    if (syscall(0x40000000 + 39) > 0) /* getpid */
        (void)fputs("ESCAPED by x32\n", stderr);
}

/* Where the kernel has no such calls at all, it ends who makes them. */
static void in_child(void (*function)(void))
{
    pid_t pid = fork();
    if (pid == 0) {
        function();
        _exit(0);
    }
    (void)waitpid(pid, NULL, 0);
}
#endif

int main(void)
{
#if defined(__x86_64__)
    in_child(call_old);
    in_child(call_x32);
#endif
    (void)fputs("TRIED\n", stderr);
    return 3;
}
