/* SPDX-License-Identifier: MIT
 * The kernel's counts of IP packets. A packet counts as delivered when its protocol has handled it:
 * a datagram is then in the queue of its socket (RFC 4293, ipIfStatsInDelivers). */
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

/* A protocol has two lines that begin alike ("Ip: "): the names, and under them the numbers. */
static bool read_number(const char *text, const char *protocol, const char *name, uint64_t *ret)
{
    const char *names = strstr(text, protocol);
    const char *numbers = names ? strstr(names + strlen(protocol), protocol) : NULL;
    size_t at = numbers ? find_column(names, name) : SIZE_MAX;
    if (at == SIZE_MAX)
        return false;
    *ret = column(numbers, at);
    return true;
}

static bool read_v4(struct sg_packets *ret)
{
    sg_autobytes struct sg_bytes bytes = {0};
    if (!sg_file_peek(AT_FDCWD, "/proc/net/snmp", MOST_BYTES, &bytes))
        return false;
    const char *text = sg_bytes_text(&bytes);
    return read_number(text, "Ip: ", "OutRequests", &ret->sent) &&
           read_number(text, "Ip: ", "InDelivers", &ret->delivered) &&
           read_number(text, "Udp: ", "InDatagrams", &ret->taken) &&
           read_number(text, "Udp: ", "NoPorts", &ret->unclaimed);
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
    ret->taken += named(sg_bytes_text(&text), "Udp6InDatagrams");
    ret->unclaimed += named(sg_bytes_text(&text), "Udp6NoPorts");
    return true;
}
