#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
    int silent[2], output = dup(STDOUT_FILENO);
    socketpair(AF_UNIX, SOCK_STREAM, 0, silent);
    (void)splice(silent[0], NULL, output, NULL, 4096, 0);
    (void)sendfile(output, silent[0], NULL, 4096);
    return 0;
}
