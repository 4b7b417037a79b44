/* SPDX-License-Identifier: MIT
 * Loopback addresses and ports of a case's own. */
#include <criterion/criterion.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/file.h"
#include "wire/mapping.h"

enum { NUMBER = 7, PORT = 21000 };

static uint16_t take_port(struct sg_mapping *mapping)
{
    struct sg_error err = {0};
    uint16_t port = PORT;
    cr_assert(sg_mapping_take_port(mapping, &port, &err) == 0, "%s", err.text);
    return port;
}

static struct sg_mapping take(void)
{
    struct sg_error err = {0};
    struct sg_mapping ret;
    cr_assert(sg_mapping_take(&ret, NUMBER, &err) == 0, "%s", err.text);
    return ret;
}

Test(mapping, no_two_have_the_same_address)
{
    struct sg_mapping one = take(), other = take();
    cr_expect_neq(one.host.v4.sin_addr.s_addr, other.host.v4.sin_addr.s_addr);
    sg_mapping_release(&one);
    sg_mapping_release(&other);
}

/* A program may bind its port of every address: not only of the one that is its own. */
Test(mapping, no_two_have_the_same_port)
{
    struct sg_mapping one = take(), other = take();
    uint16_t port = take_port(&one);
    cr_expect_neq(take_port(&one), port);
    cr_expect_neq(take_port(&other), port);
    sg_mapping_release(&one);
    sg_mapping_release(&other);

    one = take();
    cr_expect_eq(take_port(&one), port, "a port that was let go of is free");
    sg_mapping_release(&one);
}

Test(mapping, a_port_that_somebody_listens_on_is_not_taken)
{
    struct sg_mapping one = take();
    uint16_t port = take_port(&one);
    sg_mapping_release(&one);

    sg_autoclose int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in any = {.sin_family = AF_INET, .sin_port = htons(port)};
    one = take();
    any.sin_addr = one.host.v4.sin_addr;
    cr_assert(bind(fd, (struct sockaddr *)&any, sizeof any) == 0 && listen(fd, 1) == 0);
    cr_expect_neq(take_port(&one), port);
    sg_mapping_release(&one);
}
