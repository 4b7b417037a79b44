/* SPDX-License-Identifier: MIT
 * The link, by rtnetlink and packet sockets. */
#include "wire/link.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/if_addr.h>
#include <linux/if_ether.h>
#include <linux/if_link.h>
#include <linux/if_packet.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"

#ifndef PACKET_IGNORE_OUTGOING
#define PACKET_IGNORE_OUTGOING 23 /* Linux 4.20 */
#endif

enum { PREFIX_BITS = 24, LARGEST_FRAME = 65536, ROOM_BYTES = 4 << 20 };

#define OUR_NAME "wire"

/* Our end of the pair, in the namespace that nobody is in. */
struct our_device {
    int index;
    int events; /* a socket that is told of its changes */
};

static const struct sg_macs macs = {.to = {2, 0, 0, 0, 0, 1}, .from = {2, 0, 0, 0, 0, 2}};

/* A message to the routing tables, with room for what it holds. */
struct request {
    struct nlmsghdr header;
    uint8_t rest[512];
};

static void add_part(struct request *request, const void *data, size_t length)
{
    memcpy((uint8_t *)request + request->header.nlmsg_len, data, length);
    request->header.nlmsg_len += (uint32_t)NLMSG_ALIGN(length);
}

/* Begins an attribute, whose value follows; its length is known when it ends. */
static struct rtattr *begin_attribute(struct request *request, unsigned short type)
{
    struct rtattr *attribute = (struct rtattr *)((uint8_t *)request + request->header.nlmsg_len);
    const struct rtattr head = {.rta_type = type};
    add_part(request, &head, sizeof head);
    return attribute;
}

static void end_attribute(const struct request *request, struct rtattr *attribute)
{
    attribute->rta_len = (unsigned short)((const uint8_t *)request + request->header.nlmsg_len -
                                          (uint8_t *)attribute);
}

static void add_attribute(struct request *request, unsigned short type, const void *data,
                          size_t length)
{
    struct rtattr *attribute = begin_attribute(request, type);
    add_part(request, data, length);
    attribute->rta_len = (unsigned short)RTA_LENGTH(length);
}

static int ask(const struct request *request, const char *what, struct sg_error *err)
{
    _Alignas(struct nlmsghdr) uint8_t room[2048];
    sg_autoclose int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    if (fd < 0 || send(fd, request, request->header.nlmsg_len, 0) < 0 ||
        recv(fd, room, sizeof room, 0) < (ssize_t)NLMSG_LENGTH(sizeof(struct nlmsgerr)))
        return sg_fail_os(err, "talk to the routing tables");
    const struct nlmsgerr *answer = NLMSG_DATA((struct nlmsghdr *)room);
    errno = -answer->error;
    return answer->error ? sg_fail_os(err, "%s", what) : 0;
}

static struct request new_request(unsigned short type, const void *body, size_t length)
{
    struct request request = {
        .header = {.nlmsg_len = NLMSG_LENGTH(0),
                   .nlmsg_type = type,
                   .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL},
    };
    add_part(&request, body, length);
    return request;
}

/* The pair: ours here, the other in the namespace behind `home`. */
static int make_pair(int home, struct sg_error *err)
{
    static const char kind[] = "veth", ours[] = OUR_NAME, theirs[] = SG_LINK_NAME;
    const struct ifinfomsg body = {.ifi_family = AF_UNSPEC};
    struct request request = new_request(RTM_NEWLINK, &body, sizeof body);
    add_attribute(&request, IFLA_IFNAME, ours, sizeof ours);
    add_attribute(&request, IFLA_ADDRESS, macs.from, SG_MAC_BYTES);
    struct rtattr *info = begin_attribute(&request, IFLA_LINKINFO);
    add_attribute(&request, IFLA_INFO_KIND, kind, sizeof kind - 1);
    struct rtattr *data = begin_attribute(&request, IFLA_INFO_DATA);
    struct rtattr *peer = begin_attribute(&request, VETH_INFO_PEER);
    add_part(&request, &body, sizeof body);
    add_attribute(&request, IFLA_IFNAME, theirs, sizeof theirs);
    add_attribute(&request, IFLA_ADDRESS, macs.to, SG_MAC_BYTES);
    add_attribute(&request, IFLA_NET_NS_FD, &home, sizeof home);
    end_attribute(&request, peer);
    end_attribute(&request, data);
    end_attribute(&request, info);
    return ask(&request, "make a pair of network devices", err);
}

static int add_address(struct in_addr address, struct sg_error *err)
{
    const struct ifaddrmsg body = {.ifa_family = AF_INET,
                                   .ifa_prefixlen = PREFIX_BITS,
                                   .ifa_index = if_nametoindex(SG_LINK_NAME)};
    struct request request = new_request(RTM_NEWADDR, &body, sizeof body);
    add_attribute(&request, IFA_LOCAL, &address, sizeof address);
    add_attribute(&request, IFA_ADDRESS, &address, sizeof address);
    return ask(&request, "give a network device its address", err);
}

/* Without ARP: frames go out at once, whoever they are for. */
static int raise(const char *name, struct sg_error *err)
{
    sg_autoclose int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    struct ifreq request = {.ifr_flags = IFF_UP | IFF_RUNNING | IFF_NOARP | IFF_MULTICAST};
    (void)snprintf(request.ifr_name, sizeof request.ifr_name, "%s", name);
    if (fd < 0 || ioctl(fd, SIOCSIFFLAGS, &request) < 0)
        return sg_fail_os(err, "bring up a network device");
    return 0;
}

static int open_socket(const char *name, uint16_t protocol, int *ret, struct sg_error *err)
{
    const int on = 1, room = ROOM_BYTES;
    sg_autoclose int fd =
        socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0 /* nothing yet */);
    struct sockaddr_ll at = {.sll_family = AF_PACKET,
                             .sll_protocol = htons(protocol),
                             .sll_ifindex = (int)if_nametoindex(name)};
    if (fd < 0)
        return sg_fail_os(err, "create a packet socket");
    (void)setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &on, sizeof on);
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
    (void)setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
    if (bind(fd, (const struct sockaddr *)&at, sizeof at) < 0)
        return sg_fail_os(err, "bind a packet socket to %s", name);
    *ret = sg_take_fd(&fd);
    return 0;
}

/* Without IPv6 nothing is said on a device by itself. A kernel without it has no such file. */
static void silence(void)
{
    struct sg_error ignored;
    (void)sg_file_set("/proc/sys/net/ipv6/conf/default/disable_ipv6", "1", &ignored);
}

/* A socket that is told of every change of a device here. */
static int watch_devices(int *ret, struct sg_error *err)
{
    const struct sockaddr_nl groups = {.nl_family = AF_NETLINK, .nl_groups = RTMGRP_LINK};
    sg_autoclose int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    if (fd < 0 || bind(fd, (const struct sockaddr *)&groups, sizeof groups) < 0)
        return sg_fail_os(err, "watch the network devices");
    *ret = sg_take_fd(&fd);
    return 0;
}

/* What we hold of the other namespace: a socket in it. Its device is there as long as that is. */
static int open_other_side(struct sg_link *link, int home, struct our_device *ours,
                           struct sg_error *err)
{
    if (unshare(CLONE_NEWNET) < 0)
        return sg_fail_os(err, "make a second private network");
    silence();
    if (make_pair(home, err) < 0 || watch_devices(&ours->events, err) < 0 ||
        raise(OUR_NAME, err) < 0)
        return -1;
    ours->index = (int)if_nametoindex(OUR_NAME);
    return open_socket(OUR_NAME, ETH_P_ALL, &link->fd, err);
}

/* New namespaces take forwarding over from the first one: what is for others must end here. */
static int open_this_side(struct sg_link *link, struct in_addr own, struct sg_error *err)
{
    if (sg_file_set("/proc/sys/net/ipv4/ip_forward", "0", err) < 0 || add_address(own, err) < 0 ||
        raise(SG_LINK_NAME, err) < 0)
        return -1;
    return open_socket(SG_LINK_NAME, ETH_P_IP, &link->witness, err);
}

/* Whether it says of our device that it sends: that its queue is not the one which throws all
 * away. */
static bool tells_of_sending(const struct nlmsghdr *message, int index)
{
    const struct ifinfomsg *device = NLMSG_DATA(message);
    if (message->nlmsg_type != RTM_NEWLINK || device->ifi_index != index)
        return false;
    size_t left = IFLA_PAYLOAD(message);
    for (const struct rtattr *part = IFLA_RTA(device); RTA_OK(part, left);
         part = RTA_NEXT(part, left)) {
        if (part->rta_type == IFLA_QDISC)
            return strcmp(RTA_DATA(part), "noop") != 0;
    }
    return false;
}

/* Ours was brought up when the other end was down. Now that it is up, too, the kernel lets ours
 * send, but in its own time (linkwatch); until then a send() succeeds, and the frame is lost. */
static int await_sending(const struct our_device *ours, struct sg_error *err)
{
    enum { PATIENCE_MS = 10000 };
    _Alignas(struct nlmsghdr) uint8_t room[16384];
    const struct ifinfomsg body = {.ifi_family = AF_UNSPEC, .ifi_index = ours->index};
    struct request request = new_request(RTM_GETLINK, &body, sizeof body);
    request.header.nlmsg_flags = NLM_F_REQUEST;
    if (send(ours->events, &request, request.header.nlmsg_len, 0) < 0)
        return sg_fail_os(err, "ask for a network device");
    for (;;) {
        struct pollfd poll_fd = {.fd = ours->events, .events = POLLIN};
        if (poll(&poll_fd, 1, PATIENCE_MS) == 0)
            return sg_fail_machine(err, "a network device did not begin to send");
        ssize_t length = recv(ours->events, room, sizeof room, 0);
        if (length < 0 && errno != EINTR)
            return sg_fail_os(err, "hear of a network device");
        size_t left = length > 0 ? (size_t)length : 0;
        for (const struct nlmsghdr *at = (const struct nlmsghdr *)room; NLMSG_OK(at, left);
             at = NLMSG_NEXT(at, left)) {
            if (tells_of_sending(at, ours->index))
                return 0;
        }
    }
}

int sg_link_open(struct sg_link *link, struct in_addr own, struct sg_error *err)
{
    *link = (struct sg_link){.fd = -1, .witness = -1, .macs = macs};
    sg_autoclose int home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    if (home < 0)
        return sg_fail_os(err, "open the network namespace");
    silence();
    struct our_device ours = {.events = -1};
    int failed = open_other_side(link, home, &ours, err);
    if (setns(home, CLONE_NEWNET) < 0 && !failed)
        failed = sg_fail_os(err, "return to the network namespace");
    if (!failed && (open_this_side(link, own, err) < 0 || await_sending(&ours, err) < 0))
        failed = -1;
    if (ours.events >= 0)
        (void)close(ours.events);
    return failed;
}

void sg_link_close(struct sg_link *link)
{
    if (link->fd >= 0)
        (void)close(link->fd);
    if (link->witness >= 0)
        (void)close(link->witness);
    *link = (struct sg_link){.fd = -1, .witness = -1};
}

bool sg_link_send_frame(struct sg_link *link, struct sg_slice frame)
{
    ssize_t sent;
    do
        sent = send(link->fd, frame.data, frame.length, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent > 0;
}

bool sg_link_send(struct sg_link *link, const struct sg_packet *packet)
{
    sg_autobytes struct sg_bytes frame = {0};
    sg_frame_add_ipv4(&frame, &link->macs, packet);
    bool sent = sg_link_send_frame(link, sg_bytes_slice(&frame));
    link->sent += sent;
    return sent;
}

/* The lines of a table behind its heading. */
static bool count_lines(const char *path, size_t *ret)
{
    enum { MOST_BYTES = 1 << 16 };
    sg_autobytes struct sg_bytes text = {0};
    if (!sg_file_peek(AT_FDCWD, path, MOST_BYTES, &text))
        return false;
    size_t lines = 0;
    for (const char *at = sg_bytes_text(&text); (at = strchr(at, '\n')); at++)
        lines++;
    *ret = lines ? lines - 1 : 0;
    return true;
}

/* The witness is in the table too. */
bool sg_link_count_sockets(const struct sg_link *link, size_t *ret_packet, size_t *ret_raw)
{
    size_t all;
    if (!count_lines("/proc/net/packet", &all) || !count_lines("/proc/net/raw", ret_raw))
        return false;
    size_t ours = link->witness >= 0;
    *ret_packet = all > ours ? all - ours : 0;
    return true;
}

uint64_t sg_link_age_ns(const struct sg_link *link)
{
    uint64_t now = sg_date_ns();
    return link->came_ns && now > link->came_ns ? now - link->came_ns : 0;
}

/* When it came, as the kernel has written down beside it. */
static uint64_t time_of(struct msghdr *message)
{
    struct timespec came;
    for (struct cmsghdr *part = CMSG_FIRSTHDR(message); part; part = CMSG_NXTHDR(message, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_TIMESTAMPNS)
            continue;
        memcpy(&came, CMSG_DATA(part), sizeof came);
        return (uint64_t)came.tv_sec * 1000000000 + (uint64_t)came.tv_nsec;
    }
    return 0;
}

bool sg_link_read(struct sg_link *link, struct sg_bytes *room)
{
    sg_bytes_clear(room);
    if (link->fd < 0)
        return false;
    _Alignas(struct cmsghdr) uint8_t beside[128];
    struct iovec part = {.iov_base = sg_bytes_reserve(room, LARGEST_FRAME),
                         .iov_len = LARGEST_FRAME};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = beside, .msg_controllen = sizeof beside};
    ssize_t length;
    do
        length = recvmsg(link->fd, &message, MSG_DONTWAIT);
    while (length < 0 && errno == EINTR);
    if (length < 0)
        return false;
    room->length = (size_t)length;
    link->came_ns = time_of(&message);
    link->received++;
    return true;
}

bool sg_link_has_delivered(struct sg_link *link)
{
    uint8_t byte;
    while (link->witness >= 0 && link->witnessed < link->sent &&
           recv(link->witness, &byte, sizeof byte, MSG_DONTWAIT | MSG_TRUNC) >= 0)
        link->witnessed++;
    return link->witnessed >= link->sent;
}

/* A line for each device: its name, eight numbers of what it received, and of what it sent. */
static bool count_sent(uint64_t *ret)
{
    enum { MOST_BYTES = 1 << 14, SENT_PACKETS = 9 };
    sg_autobytes struct sg_bytes text = {0};
    if (!sg_file_peek(AT_FDCWD, "/proc/net/dev", MOST_BYTES, &text))
        return false;
    char *at = strstr(sg_bytes_text(&text), SG_LINK_NAME ":");
    if (!at)
        return false;
    at += sizeof SG_LINK_NAME;
    for (int column = 0; column <= SENT_PACKETS; column++)
        *ret = strtoull(at, &at, 10);
    return true;
}

bool sg_link_has_received(const struct sg_link *link)
{
    uint64_t sent;
    return count_sent(&sent) && sent <= link->received;
}
