/* SPDX-License-Identifier: MIT
 * A namespace's loopback device, by ioctl and rtnetlink. */
#include "wire/network.h"

#include <errno.h>
#include <linux/if_addr.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/file.h"

static int raise_loopback(struct sg_error *err)
{
    sg_autoclose int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return sg_fail_os(err, "create a socket");
    struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING};
    if (ioctl(fd, SIOCSIFFLAGS, &request) < 0)
        return sg_fail_os(err, "bring up the loopback device of a private network");
    return 0;
}

int sg_network_raise(struct sg_error *err)
{
    if (raise_loopback(err) < 0)
        return -1;
    /* Real servers bind 80; here nobody else wants it. */
    if (sg_file_set("/proc/sys/net/ipv4/ip_unprivileged_port_start", "0", err) < 0)
        return -1;
    return 0;
}

int sg_network_allow_ping(gid_t group, struct sg_error *err)
{
    char range[32];
    (void)snprintf(range, sizeof range, "%u %u", (unsigned)group, (unsigned)group);
    return sg_file_set("/proc/sys/net/ipv4/ping_group_range", range, err);
}

int sg_network_shrink_buffers(struct sg_error *err)
{
    return sg_file_set("/proc/sys/net/ipv4/tcp_wmem", "4096 4096 4096", err);
}

struct address_request {
    struct nlmsghdr header;
    struct ifaddrmsg body;
    uint8_t attributes[64];
};

static void add_attribute(struct address_request *request, unsigned short type, const void *data,
                          uint32_t length)
{
    struct rtattr *attribute =
        (struct rtattr *)((uint8_t *)request + NLMSG_ALIGN(request->header.nlmsg_len));
    attribute->rta_type = type;
    attribute->rta_len = (unsigned short)RTA_LENGTH(length);
    memcpy(RTA_DATA(attribute), data, length);
    request->header.nlmsg_len =
        NLMSG_ALIGN(request->header.nlmsg_len) + (uint32_t)RTA_ALIGN(attribute->rta_len);
}

int sg_network_add_address(const union sg_address *address, struct sg_error *err)
{
    sg_autoclose int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    if (fd < 0)
        return sg_fail_os(err, "open a socket to the routing tables");
    uint32_t length;
    const void *bytes = sg_address_bytes(address, &length);
    struct address_request request = {
        .header = {.nlmsg_len = NLMSG_LENGTH(sizeof request.body),
                   .nlmsg_type = RTM_NEWADDR,
                   .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE},
        .body = {.ifa_family = (uint8_t)address->any.sa_family,
                 .ifa_prefixlen = (uint8_t)(length * 8),
                 .ifa_flags = address->any.sa_family == AF_INET6 ? IFA_F_NODAD : 0,
                 .ifa_index = if_nametoindex("lo")},
    };
    add_attribute(&request, IFA_LOCAL, bytes, length);
    add_attribute(&request, IFA_ADDRESS, bytes, length);
    _Alignas(struct nlmsghdr) uint8_t room[1024];
    if (send(fd, &request, request.header.nlmsg_len, 0) < 0 ||
        recv(fd, room, sizeof room, 0) < (ssize_t)sizeof(struct nlmsghdr))
        return sg_fail_os(err, "talk to the routing tables");
    const struct nlmsgerr *answer = NLMSG_DATA((struct nlmsghdr *)room);
    if (answer->error == 0 || answer->error == -EEXIST)
        return 0;
    char text[SG_ADDRESS_TEXT];
    errno = -answer->error;
    return sg_fail_os(err, "make %s an address of the private network",
                      sg_address_print_host(address, text));
}
