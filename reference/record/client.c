/* SPDX-License-Identifier: MIT
 * Record client: sends one record, reads the line that answers it, prints it.
 *
 * client HOST PORT MACHINE DATE TIME HEADER BODY */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/stream.h"
#include "record/record.h"

int main(int argc, char **argv)
{
    if (argc != 3 + RECORD_FIELDS) {
        fprintf(stderr, "usage: %s HOST PORT MACHINE DATE TIME HEADER BODY\n", argv[0]);
        return 2;
    }
    size_t most = 0, length = 0;
    for (int i = 3; i < argc; i++)
        most += 2 * strlen(argv[i]) + 1;
    char *line = malloc(most);
    if (!line)
        fail("malloc");
    for (int i = 3; i < argc; i++) {
        length += record_escape(argv[i], strlen(argv[i]), line + length);
        line[length++] = i + 1 < argc ? '|' : '\n';
    }
    int fd = connect_to(argv[1], argv[2]);
    if (send_all(fd, line, length) < 0)
        fail("send");
    char answer[4096];
    ssize_t received = receive_until(fd, '\n', answer, sizeof answer);
    if (received < 0)
        fail("recv");
    if (received == 0 || answer[received - 1] != '\n') {
        errno = 0;
        fail("the server closed the connection before the end of its answer");
    }
    print_all(answer, (size_t)received);
    free(line);
    close(fd);
    return 0;
}
