/* SPDX-License-Identifier: MIT
 * Sends of a traced program that take fewer bytes than they were given: the kernel is asked for
 * fewer. */
#include <stddef.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include "base/table.h"
#include "fault/traced.h"

enum { MOST_PARTS = 64 };

/* How many bytes the call was given; 0: it is left alone. */
typedef size_t measure_call(const struct sg_notice *notice);
/* Makes it shorter; false where it cannot. */
typedef bool shorten_call(const struct sg_notice *notice, size_t most);

static size_t length_of(const struct sg_notice *notice, int index)
{
    return (size_t)notice->request.data.args[index];
}

static bool shorten_argument(const struct sg_notice *notice, int index, size_t most)
{
    sg_registers_set_argument(&notice->thread->wanted, index, most);
    return true;
}

static size_t measure_buffer(const struct sg_notice *notice)
{
    return length_of(notice, 2);
}

static bool shorten_buffer(const struct sg_notice *notice, size_t most)
{
    return shorten_argument(notice, 2, most);
}

static size_t measure_file(const struct sg_notice *notice)
{
    const uint64_t *a = (const uint64_t *)notice->request.data.args;
    return sg_notice_source(notice, (int)a[1], a[2], (size_t)a[3]);
}

static bool shorten_file(const struct sg_notice *notice, size_t most)
{
    return shorten_argument(notice, 3, most);
}

static size_t measure_pipe(const struct sg_notice *notice)
{
    const uint64_t *a = (const uint64_t *)notice->request.data.args;
    return sg_notice_source(notice, (int)a[0], 0, (size_t)a[4]);
}

static bool shorten_pipe(const struct sg_notice *notice, size_t most)
{
    return shorten_argument(notice, 4, most);
}

/* The parts of which a call consists: its own list, or that of its message. */
struct parts {
    struct iovec items[MOST_PARTS];
    size_t count;
    uint64_t place; /* of the list in the program's memory */
};

static bool read_parts(const struct sg_notice *notice, uint64_t place, uint64_t count,
                       struct parts *ret)
{
    ret->place = place;
    ret->count = count < MOST_PARTS ? (size_t)count : 0;
    return ret->count && sg_notice_read(notice, place, ret->items, ret->count * sizeof *ret->items);
}

static bool read_message(const struct sg_notice *notice, struct parts *ret)
{
    struct msghdr message;
    return sg_notice_read(notice, notice->request.data.args[1], &message, sizeof message) &&
           message.msg_controllen == 0 &&
           read_parts(notice, (uint64_t)(uintptr_t)message.msg_iov, message.msg_iovlen, ret);
}

static size_t sum_of(const struct parts *parts)
{
    size_t length = 0;
    for (size_t i = 0; i < parts->count; i++)
        length += parts->items[i].iov_len;
    return length;
}

/* Makes the last part that is left shorter, in the program's memory, and returns how many parts are
 * left; 0: it cannot. */
static uint64_t cut_parts(const struct sg_notice *notice, const struct parts *parts, size_t most)
{
    size_t before = 0, last = 0;
    while (before + parts->items[last].iov_len < most)
        before += parts->items[last++].iov_len;
    uint64_t left = most - before;
    uint64_t place = parts->place + last * sizeof *parts->items + offsetof(struct iovec, iov_len);
    return sg_traced_patch(notice->thread, place, &left, sizeof left) ? last + 1 : 0;
}

static size_t measure_writev(const struct sg_notice *notice)
{
    struct parts parts;
    const struct seccomp_data *data = &notice->request.data;
    return read_parts(notice, data->args[1], data->args[2], &parts) ? sum_of(&parts) : 0;
}

static bool shorten_writev(const struct sg_notice *notice, size_t most)
{
    struct parts parts;
    const struct seccomp_data *data = &notice->request.data;
    if (!read_parts(notice, data->args[1], data->args[2], &parts))
        return false;
    uint64_t count = cut_parts(notice, &parts, most);
    return count && shorten_argument(notice, 2, (size_t)count);
}

static size_t measure_message(const struct sg_notice *notice)
{
    struct parts parts;
    return read_message(notice, &parts) ? sum_of(&parts) : 0;
}

static bool shorten_message(const struct sg_notice *notice, size_t most)
{
    struct parts parts;
    if (!read_message(notice, &parts))
        return false;
    uint64_t count = cut_parts(notice, &parts, most);
    uint64_t place = notice->request.data.args[1] + offsetof(struct msghdr, msg_iovlen);
    return count && sg_traced_patch(notice->thread, place, &count, sizeof count);
}

/* The first message alone; that fewer than all were sent is within what the call promises. */
static bool shorten_messages(const struct sg_notice *notice, size_t most)
{
    return shorten_message(notice, most) && shorten_argument(notice, 2, 1);
}

static const struct {
    long number;
    measure_call *measure;
    shorten_call *shorten;
} rows[] = {
    {SYS_sendto, measure_buffer, shorten_buffer},
    {SYS_write, measure_buffer, shorten_buffer},
    {SYS_writev, measure_writev, shorten_writev},
    {SYS_sendmsg, measure_message, shorten_message},
    {SYS_sendmmsg, measure_message, shorten_messages},
    {SYS_sendfile, measure_file, shorten_file},
    {SYS_splice, measure_pipe, shorten_pipe},
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
    struct sg_traced *thread = notice->thread;
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        if (rows[i].number != notice->request.data.nr)
            continue;
        thread->wanted_bytes = rows[i].measure(notice);
        thread->limit = sg_supervisor_cut(supervisor, notice, thread->wanted_bytes, most);
        if (thread->limit && rows[i].shorten(notice, thread->limit)) {
            sg_traced_follow(thread, send_made);
            return;
        }
    }
    sg_traced_continue(thread);
}
