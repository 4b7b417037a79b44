/* SPDX-License-Identifier: MIT
 * The kernel's counts of IP packets. A packet counts as delivered when its protocol has handled it: a
 * datagram is then in the queue of its socket (RFC 4293, ipIfStatsInDelivers). */
#include "wire/packets.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

enum { MOST_BYTES = 1 << 16 };

/* The number in column `index` of a line. */
static uint64_t column(const char *line, size_t index)
{
    const char *end = line + strcspn(line, "\n");
    while (index-- && line < end)
        line += strcspn(line, " \n") + 1;
    return line < end ? strtoull(line, NULL, 10) : 0;
}

/* The column of `name` in a line of names; SIZE_MAX: it is not there. */
static size_t find_column(const char *line, const char *name)
{
    const char *end = line + strcspn(line, "\n");
    for (size_t index = 0; line < end; index++) {
        size_t length = strcspn(line, " \n");
        if (length == strlen(name) && strncmp(line, name, length) == 0)
            return index;
        line += length + 1;
    }
    return SIZE_MAX;
}

/* Two lines that begin with "Ip:": the names, and under them the numbers. */
static bool read_v4(struct sg_packets *ret)
{
    sg_autobytes struct sg_bytes text = {0};
    if (!sg_file_peek(AT_FDCWD, "/proc/net/snmp", MOST_BYTES, &text))
        return false;
    const char *names = strstr(sg_bytes_text(&text), "Ip: ");
    const char *numbers = names ? strstr(names + 4, "\nIp: ") : NULL;
    size_t sent = names ? find_column(names, "OutRequests") : SIZE_MAX;
    size_t delivered = names ? find_column(names, "InDelivers") : SIZE_MAX;
    if (!numbers || sent == SIZE_MAX || delivered == SIZE_MAX)
        return false;
    ret->sent = column(numbers + 1, sent);
    ret->delivered = column(numbers + 1, delivered);
    return true;
}

static uint64_t named(const char *text, const char *name)
{
    const char *line = strstr(text, name);
    return line ? strtoull(line + strlen(name), NULL, 10) : 0;
}

bool sg_packets_read(struct sg_packets *ret)
{
    sg_autobytes struct sg_bytes text = {0};
    if (!read_v4(ret))
        return false;
    if (!sg_file_peek(AT_FDCWD, "/proc/net/snmp6", MOST_BYTES, &text))
        return true; /* no IPv6 */
    ret->sent += named(sg_bytes_text(&text), "Ip6OutRequests");
    ret->delivered += named(sg_bytes_text(&text), "Ip6InDelivers");
    return true;
}
