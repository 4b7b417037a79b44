#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static void *serve(void *argument)
{
    int client = (int)(long)argument;
    char bytes[1025];
    ssize_t count;
    while ((count = recv(client, bytes, sizeof bytes - 1, 0)) > 0) {
        bytes[count] = 0;
        send(client, bytes, strlen(bytes), 0);
    }
    close(client);
    return NULL;
}

int main(int argc, char **argv)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    strcpy(at.sun_path, argv[argc - 1]);
    signal(SIGPIPE, SIG_IGN);
    unlink(at.sun_path);
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    if (bind(listener, (struct sockaddr *)&at, sizeof at) < 0 || listen(listener, 50) < 0)
        return 1;
    for (;;) {
        pthread_t thread;
        int client = accept(listener, NULL, NULL);
        pthread_create(&thread, NULL, serve, (void *)(long)client);
        pthread_detach(thread);
    }
}
