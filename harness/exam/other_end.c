/* SPDX-License-Identifier: MIT
 * The program's end of a connection, as the kernel sees it: a TCP socket by the addresses of both
 * ends, a local one as what our own socket is connected to. */
#include <sys/ioctl.h>
#include <sys/stat.h>

#include "exam/settle.h"

/* Whether a process of the program holds the other end of our socket; it is remembered then. */
static bool learn_other_end(struct sg_exam *exam, struct sg_connection *connection)
{
    struct stat status;
    struct sg_local_row own;
    if (connection->fd < 0 || fstat(connection->fd, &status) < 0 ||
        !sg_diag_find_local(&exam->diag, (uint32_t)status.st_ino, &own))
        return connection->fd < 0;
    if (own.peer)
        connection->other_inode = own.peer;
    return own.peer != 0;
}

/* What is sent to a local socket is there at once, and so is the end: there is no way that takes
 * time. */
static bool find_local(struct sg_exam *exam, struct sg_connection *connection,
                       struct sg_socket_row *ret)
{
    int untaken = 0;
    struct sg_local_row row = {0};
    bool held = learn_other_end(exam, connection);
    if (connection->other_inode &&
        (!held || !sg_diag_find_local(&exam->diag, connection->other_inode, &row)))
        return false; /* it has closed */
    *ret = (struct sg_socket_row){
        .local = connection->remote,
        .remote = connection->local,
        .state = connection->ended ? SG_TCP_CLOSE_WAIT : SG_TCP_ESTABLISHED,
        .receive_queue = row.receive_queue,
        .inode = connection->other_inode,
        .bytes_received = connection->sent,
        .whole = true,
    };
    if (connection->other_inode)
        return true;
    /* It waits to be accepted, and nothing of it has been read. */
    (void)ioctl(connection->fd, TIOCOUTQ, &untaken);
    ret->receive_queue = untaken ? (uint32_t)connection->sent : 0;
    return connection->fd >= 0 && connection->end == SG_STREAM_OPEN;
}

bool sg_exam_find_other_end(struct sg_exam *exam, struct sg_connection *connection,
                            struct sg_socket_row *ret)
{
    if (sg_connection_is_local(connection))
        return find_local(exam, connection, ret);
    return sg_diag_find(&exam->diag, &connection->remote, &connection->local, ret);
}
