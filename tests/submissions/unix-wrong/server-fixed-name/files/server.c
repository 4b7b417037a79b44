#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define NAME "/tmp/echo_server"

int main(void)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX, .sun_path = NAME};
    char bytes[512];
    signal(SIGPIPE, SIG_IGN);
    unlink(NAME);
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    if (bind(listener, (struct sockaddr *)&at, sizeof at) < 0 || listen(listener, 5) < 0) {
        perror(NAME);
        return 1;
    }
    for (;;) {
        int client = accept(listener, NULL, NULL);
        ssize_t count;
        while ((count = read(client, bytes, sizeof bytes)) > 0) {
            for (ssize_t sent = 0, step; sent < count; sent += step) {
                step = write(client, bytes + sent, (size_t)(count - sent));
                if (step < 0)
                    break;
            }
        }
        close(client);
    }
}
