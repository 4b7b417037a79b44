#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    struct sockaddr_in a = {.sin_family = AF_INET};
    int on = 1, s = socket(AF_INET, SOCK_STREAM, 0);
    if (argc < 3)
        return 1;
    signal(SIGPIPE, SIG_IGN);
    a.sin_port = htons(atoi(argv[2]));
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(s, (struct sockaddr *)&a, sizeof a) || listen(s, 4))
        return 1;
    for (;;) {
        char c = 0;
        int f = accept(s, NULL, NULL);
        while (c != '.' && read(f, &c, 1) == 1)
            if (write(f, &c, 1) != 1)
                break;
        close(f);
    }
}
