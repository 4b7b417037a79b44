#include <arpa/inet.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static char message[1 << 17];

static void shift(char *text, long length, int by)
{
    for (long i = 0; i < length; i++)
        if (text[i] >= 'a' && text[i] <= 'z')
            text[i] = 'a' + (text[i] - 'a' + by) % 26;
}

int main(int argc, char **argv)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    int on = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
    if (argc != 3)
        return 1;
    inet_pton(AF_INET, argv[1], &address.sin_addr);
    address.sin_port = htons(atoi(argv[2]));
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    bind(listener, (struct sockaddr *)&address, sizeof address);
    listen(listener, 10);
    for (;;) {
        int client = accept(listener, NULL, NULL);
        long length = 0, n;
        char *dot = NULL;
        while (!dot && (n = read(client, message + length, sizeof message - length)) > 0) {
            dot = memchr(message + length, '.', n);
            length += n;
        }
        if (dot && dot - message >= 3) {
            char digits[3] = {message[1], message[2], 0};
            int by = isdigit(digits[0]) && isdigit(digits[1]) ? atoi(digits) % 26 : 0;
            if (message[0] == 'd')
                by = 26 - by;
            length = dot - message + 1;
            shift(message + 3, length - 3, by);
            write(client, message + 3, length - 3);
        }
        close(client);
    }
}
