/* SPDX-License-Identifier: MIT
 * Socket files. A program names one in its own view of the files; we reach the same file through
 * the folder that the name leads to there, and never through a link that leads out of it. */
#include "exam/local.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/file.h"
#include "exam/actors.h"
#include "exam/calls.h"
#include "exam/files.h"
#include "exam/wait.h"

/* Longer than the 14 bytes of a struct sockaddr, which is not the address of a local socket. */
char *sg_exam_path(const struct sg_exam *exam)
{
    return sg_printf("socket-of-the-server-%u", (unsigned)exam->port);
}

bool sg_exam_is_local(const struct sg_exam *exam)
{
    return exam->assignment->transport == SG_TRANSPORT_UNIX;
}

/* What the name begins in: the program's directory, or the root of its view. The caller closes it.
 * -1: it leads to where we cannot follow. *ret_rest is what is left of the name. */
static int open_root(const struct sg_exam_program *program, const char *name, const char **ret_rest)
{
    bool viewed = program->exam->request->rungs->jail == SG_JAIL_FULL;
    const char *work = viewed ? SG_JAIL_WORK : program->work;
    size_t length = strlen(work);
    *ret_rest = name;
    if (name[0] != '/')
        return sg_exam_open_directory(program);
    if (strncmp(name, work, length) == 0 && name[length] == '/') {
        *ret_rest = name + length + 1;
        return open(program->work, O_PATH | O_DIRECTORY | O_CLOEXEC);
    }
    if (!viewed) {
        errno = ENOENT;
        return -1;
    }
    sg_autofree char *view = sg_printf("%s/view", program->exam->jail.folder);
    *ret_rest = name + 1;
    return open(view, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

/* Opens the folder that the file `name` of a program lies in; *ret_base is its name there. -1:
 * there is none. */
static int open_folder(const struct sg_exam_program *program, const char *name,
                       const char **ret_base)
{
    const char *rest;
    sg_autoclose int root = open_root(program, name, &rest);
    const char *slash = root < 0 ? NULL : strrchr(rest, '/');
    if (root < 0 || !slash) {
        *ret_base = rest;
        return sg_take_fd(&root);
    }
    sg_autofree char *folder = sg_printf("%.*s", (int)(slash - rest), rest);
    const struct open_how how = {.flags = O_PATH | O_DIRECTORY | O_CLOEXEC,
                                 .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS};
    *ret_base = slash + 1;
    return (int)syscall(SYS_openat2, root, folder[0] ? folder : ".", &how, sizeof how);
}

/* Opens the file itself, not what it may be a link to. */
static int open_file(const struct sg_exam_program *program, const char *name, struct stat *ret)
{
    const char *base;
    sg_autoclose int folder = open_folder(program, name, &base);
    sg_autoclose int fd = folder < 0 ? -1 : openat(folder, base, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    return fd < 0 || fstat(fd, ret) < 0 ? -1 : sg_take_fd(&fd);
}

/* The name of a local socket as a string; NULL: it is none in the file system. */
static const char *file_name(const union sg_address *address, char room[SG_ADDRESS_TEXT])
{
    if (!sg_address_is_local(address) || !address->local.sun_path[0])
        return NULL;
    return sg_address_print(address, room);
}

void sg_exam_note_file(struct sg_exam_program *program)
{
    struct stat status;
    char room[SG_ADDRESS_TEXT];
    const char *name = file_name(&program->address, room);
    sg_autoclose int file = name ? open_file(program, name, &status) : -1;
    program->file_device = file >= 0 ? status.st_dev : 0;
    program->file_inode = file >= 0 ? status.st_ino : 0;
}

/* Its socket file has the name that it was given. */
static bool is_named(struct sg_exam *exam, void *state)
{
    struct stat status;
    const struct sg_exam_program *program = state;
    sg_autofree char *given = sg_exam_path(exam);
    sg_autoclose int file = open_file(program, given, &status);
    return file >= 0 && program->file_inode && status.st_ino == program->file_inode &&
           status.st_dev == program->file_device;
}

void sg_exam_await_name(struct sg_exam *exam, struct sg_exam_program *program)
{
    struct sockaddr_un *local = &program->address.local;
    if (!sg_exam_is_local(exam) || sg_exam_is_given(exam, &program->address) ||
        sg_exam_wait(exam, is_named, program, exam->assignment->reply_ns) != SG_OUTCOME_MET)
        return;
    sg_autofree char *given = sg_exam_path(exam);
    *local = (struct sockaddr_un){.sun_family = AF_UNIX};
    (void)snprintf(local->sun_path, sizeof local->sun_path, "%s", given);
}

int sg_exam_connect_local(struct sg_exam *exam, struct sg_connection *connection,
                          struct sg_error *err)
{
    struct stat status;
    char room[SG_ADDRESS_TEXT];
    const struct sg_exam_program *server = sg_exam_program(exam, "server");
    const char *name = file_name(&server->address, room);
    sg_autoclose int place = name ? open_file(server, name, &status) : -1;
    bool is_socket = place >= 0 && S_ISSOCK(status.st_mode);
    return sg_connection_connect_local(connection, is_socket ? sg_take_fd(&place) : -1,
                                       (int)exam->connection_count, err);
}

/* Listens where a client of ours would look for `name`. */
static int listen_at(struct sg_exam *exam, const char *name, struct sg_listener *listener,
                     struct sg_error *err)
{
    const char *base;
    const struct sg_exam_program *client = sg_exam_program(exam, "client");
    sg_autoclose int folder = client ? open_folder(client, name, &base) : -1;
    if (folder < 0)
        return sg_fail_os(err, "open the folder of '%s'", name);
    return sg_listener_open_local(listener, folder, base, err);
}

int sg_exam_listen(struct sg_exam *exam, struct sg_listener *listener, uint16_t port,
                   size_t receive_buffer, struct sg_error *err)
{
    if (!sg_exam_is_local(exam))
        return sg_listener_open(listener, &exam->mapping, port, receive_buffer, err);
    sg_autofree char *name = sg_exam_path(exam);
    return listen_at(exam, name, listener, err);
}

bool sg_exam_is_given(const struct sg_exam *exam, const union sg_address *address)
{
    char room[SG_ADDRESS_TEXT];
    if (!sg_exam_is_local(exam))
        return sg_exam_port(exam, address) == exam->port;
    sg_autofree char *given = sg_exam_path(exam);
    const char *name = file_name(address, room);
    return name && strcmp(name, given) == 0;
}

/* Name services and loggers of libraries are asked over local sockets too. */
static bool is_of_the_system(const char *name)
{
    static const char *const folders[] = {"/run/", "/var/run/", "/dev/log"};
    for (size_t i = 0; i < SG_COUNT(folders); i++) {
        if (strncmp(name, folders[i], strlen(folders[i])) == 0)
            return true;
    }
    return false;
}

/* A client with a fixed name in its source finds us there too. */
static void meet_client(struct sg_exam *exam, const char *name)
{
    struct sg_error ignored;
    struct sg_listener moved = {.fd = -1};
    struct sg_listener *place = sg_exam_meeting_place(exam, NULL);
    if (!place || listen_at(exam, name, &moved, &ignored) < 0)
        return;
    sg_listener_close(place);
    *place = moved;
}

void sg_exam_note_local(struct sg_exam_program *program, const struct sg_call *call)
{
    struct stat status;
    char room[SG_ADDRESS_TEXT];
    const char *name = file_name(&call->address, room);
    if (!sg_exam_is_local(program->exam) || !name)
        return;
    if (call->kind == SG_CALL_BIND) {
        sg_autoclose int fd = open_file(program, name, &status);
        program->bind_errno = fd < 0 ? 0 : EADDRINUSE; /* it is not overwritten, whatever it is */
        program->bind_address = call->address;
        return;
    }
    if (is_of_the_system(name))
        return;
    if (program->asked_count++ == 0)
        program->asked = (struct sg_asked){.address = call->address, .type = call->type};
    if (!sg_exam_is_given(program->exam, &call->address))
        meet_client(program->exam, name);
}
