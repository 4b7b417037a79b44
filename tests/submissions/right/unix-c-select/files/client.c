#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    char bytes[1000];
    ssize_t count;
    if (argc != 3 || strlen(argv[1]) >= sizeof at.sun_path)
        return 2;
    strcpy(at.sun_path, argv[1]);
    signal(SIGPIPE, SIG_IGN);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&at, sizeof at) < 0) {
        perror(argv[1]);
        return 1;
    }
    size_t length = strlen(argv[2]), sent = 0, got = 0;
    while (sent < length && (count = write(fd, argv[2] + sent, length - sent)) > 0)
        sent += (size_t)count;
    while (got < length && (count = read(fd, bytes, sizeof bytes)) > 0) {
        fwrite(bytes, 1, (size_t)count, stdout);
        got += (size_t)count;
    }
    if (got < length) {
        fprintf(stderr, "no whole echo\n");
        return 1;
    }
    return 0;
}
