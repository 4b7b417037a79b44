/* A splice that waits for a socket holds the lock of the pipe that it fills: whoever reads that pipe waits with it.
 * The examiner's own pipes are kept from that.
 * attack: status=passed rungs=full,landlock */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <unistd.h>

static int silent[2];

static void *hold_output(void *output)
{
    (void)splice(silent[0], NULL, *(int *)output, NULL, 4096, 0);
    (void)sendfile(*(int *)output, silent[0], NULL, 4096);
    return NULL;
}

static void *hold_input(void *unused)
{
    static char much[1 << 20];
    (void)unused;
    (void)fcntl(silent[1], F_SETFL, O_NONBLOCK);
    while (write(silent[1], much, sizeof much) > 0) {
    }
    (void)fcntl(silent[1], F_SETFL, 0);
    (void)splice(STDIN_FILENO, NULL, silent[1], NULL, 4096, 0);
    return NULL;
}

int main(int count, char **words)
{
    int outputs[] = {STDOUT_FILENO, dup(STDERR_FILENO)};
    pthread_t threads[3];
    struct sockaddr_in address = {.sin_family = AF_INET};
    if (count < 3)
        return 2;
    address.sin_addr.s_addr = inet_addr(words[1]);
    address.sin_port = htons((unsigned short)atoi(words[2]));
    int on = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    socketpair(AF_UNIX, SOCK_STREAM, 0, silent);
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, hold_output, &outputs[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    pthread_create(&threads[2], NULL, hold_input, NULL);
    dprintf(STDOUT_FILENO, "TRIED\n");
    bind(listener, (struct sockaddr *)&address, sizeof address);
    listen(listener, 5);
    for (int client; (client = accept(listener, NULL, NULL)) >= 0; close(client)) {
        char room[4096];
        for (ssize_t length; (length = read(client, room, sizeof room)) > 0;)
            (void)!write(client, room, (size_t)length);
    }
    return 1;
}
