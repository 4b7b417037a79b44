/* SPDX-License-Identifier: MIT
 * Sends of a traced program that take fewer bytes than they were given: the kernel is asked for fewer. */
#include <stddef.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include "base/table.h"
#include "fault/traced.h"

enum { MOST_PARTS = 64 };

/* Makes the call shorter and returns how many bytes it was given; 0: it is left alone. */
typedef size_t shorten_call(const struct sg_notice *notice, size_t most);

static size_t shorten_argument(const struct sg_notice *notice, int index, size_t most)
{
    size_t length = (size_t)notice->request.data.args[index];
    if (length <= most)
        return 0;
    sg_registers_set_argument(&notice->thread->wanted, index, most);
    return length;
}

static size_t shorten_buffer(const struct sg_notice *notice, size_t most)
{
    return shorten_argument(notice, 2, most);
}

static size_t shorten_file(const struct sg_notice *notice, size_t most)
{
    return shorten_argument(notice, 3, most);
}

static size_t shorten_pipe(const struct sg_notice *notice, size_t most)
{
    return shorten_argument(notice, 4, most);
}

/* Cuts the list of parts at `address`: as many are left as `ret_count` says, the last of them made
 * shorter in the program's memory. */
static size_t shorten_parts(const struct sg_notice *notice, uint64_t address, uint64_t count,
                            size_t most, uint64_t *ret_count)
{
    struct iovec parts[MOST_PARTS];
    size_t length = 0, before = 0, last = 0;
    if (count > MOST_PARTS ||
        !sg_notice_read(notice, address, parts, (size_t)count * sizeof *parts))
        return 0;
    for (size_t i = 0; i < count; i++)
        length += parts[i].iov_len;
    if (length <= most)
        return 0;
    while (before + parts[last].iov_len < most)
        before += parts[last++].iov_len;
    uint64_t left = most - before;
    uint64_t place = address + last * sizeof *parts + offsetof(struct iovec, iov_len);
    if (!sg_traced_patch(notice->thread, place, &left, sizeof left))
        return 0;
    *ret_count = last + 1;
    return length;
}

static size_t shorten_writev(const struct sg_notice *notice, size_t most)
{
    uint64_t count = 0;
    const struct seccomp_data *data = &notice->request.data;
    size_t length = shorten_parts(notice, data->args[1], data->args[2], most, &count);
    if (length)
        sg_registers_set_argument(&notice->thread->wanted, 2, count);
    return length;
}

static size_t shorten_message(const struct sg_notice *notice, size_t most)
{
    struct msghdr message;
    uint64_t address = notice->request.data.args[1], count = 0;
    if (!sg_notice_read(notice, address, &message, sizeof message) || message.msg_controllen)
        return 0;
    size_t length = shorten_parts(notice, (uint64_t)(uintptr_t)message.msg_iov, message.msg_iovlen,
                                  most, &count);
    /* The list is short enough now, whether or not its count can be changed too. */
    if (length)
        (void)sg_traced_patch(notice->thread, address + offsetof(struct msghdr, msg_iovlen), &count,
                              sizeof count);
    return length;
}

/* The first message alone; that fewer than all were sent is within what the call promises. */
static size_t shorten_messages(const struct sg_notice *notice, size_t most)
{
    size_t length = shorten_message(notice, most);
    if (length)
        sg_registers_set_argument(&notice->thread->wanted, 2, 1);
    return length;
}

static const struct {
    long number;
    shorten_call *shorten;
} rows[] = {
    {SYS_sendto, shorten_buffer},     {SYS_write, shorten_buffer},  {SYS_writev, shorten_writev},
    {SYS_sendmsg, shorten_message},   {SYS_sendfile, shorten_file}, {SYS_splice, shorten_pipe},
    {SYS_sendmmsg, shorten_messages},
};

static void send_made(struct sg_supervisor *supervisor, const struct sg_notice *notice,
                      int64_t result)
{
    unsigned length = 0;
    uint64_t place = notice->request.data.args[1] + offsetof(struct mmsghdr, msg_len);
    if (result == 1 && notice->request.data.nr == SYS_sendmmsg &&
        sg_notice_read(notice, place, &length, sizeof length))
        result = length;
    if (result >= 0)
        sg_supervisor_tell(supervisor, notice, notice->thread->wanted_bytes, (int)result, 0);
}

void sg_traced_shorten(struct sg_supervisor *supervisor, const struct sg_notice *notice,
                       size_t most)
{
    (void)supervisor;
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        if (rows[i].number != notice->request.data.nr)
            continue;
        notice->thread->limit = most;
        notice->thread->wanted_bytes = rows[i].shorten(notice, most);
        if (notice->thread->wanted_bytes) {
            sg_traced_follow(notice->thread, send_made);
            return;
        }
    }
    sg_traced_continue(notice->thread);
}
