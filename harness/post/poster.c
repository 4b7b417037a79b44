/* SPDX-License-Identifier: MIT
 * Posters: the only processes that hold secrets, and the story of why no other does.
 *
 *   sockgrade   is started with secrets in its environment, or with the names of files that hold
 *               them. It reads neither. Before it forks anything else it forks a poster per target,
 *               and then wipes the variables. What execve() put on its stack, which
 *               /proc/PID/environ shows, is overwritten in place; no copy was ever made. So the
 *               memory that examiners, builders and the first processes of jails begin with (they
 *               are forked, not executed) holds none.
 *   poster      reads the secrets of its own target, wipes the variables likewise, says whether it
 *               has what it needs, and waits for results. It is not dumpable: no process of the
 *               same user can read its memory, its environment or its descriptors through /proc or
 *               ptrace(). What libcurl frees is wiped, the rest when it ends, which it does with
 *               sockgrade.
 *   examiners   close sockgrade's end of the socket pair, which they inherit, first of all
 *               (base/child.h). Nevertheless a poster takes results only from the process that
 *               forked it: the kernel says who wrote (SCM_CREDENTIALS), and bytes of anybody else
 *               end the poster.
 *   a student's program   is executed (the socket is closed then), with an environment of its own,
 *                         in a pid namespace in which neither sockgrade nor posters exist.
 *
 * Every text that a poster sends back has its secrets blotted out at one place, send_reply().
 * Nothing of a secret is in a command line: they come by the environment or by file, never by
 * option.
 *
 * What this cannot do: the process that started sockgrade (a shell, a CI runner) has them in its
 * own environment, out of the jail's reach but not of other processes of that user.
 *
 * On the socket pair: from the poster one `struct reply` (whether it is ready); then, to it, a
 * `struct head` and a result file, and one `struct reply` back, as often as there are results; at
 * the end of the stream it ends. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/number.h"
#include "base/stop.h"
#include "post/cut.h"
#include "post/deliver.h"
#include "post/http.h"
#include "post/library.h"
#include "post/post.h"

static const uint64_t longest_deadline_ns = 3600 * SG_NS_PER_S;

/* What comes before a result. */
struct head {
    uint64_t length; /* of the result */
    int64_t date_ms;
    char key[SG_MOST_KEY], recipient[SG_MOST_RECIPIENT];
    bool in_doubt;
};

struct reply {
    bool failed;
    enum sg_post_end end;
    struct sg_error err; /* where it did not fail: how it went */
};

/* The poster's own side. */
struct desk {
    const struct sg_post_target *target;
    pid_t parent;
    int fd;
    struct sg_post_settings settings, common;
    struct sg_http *http;
    struct sg_courier courier;
};

/* ---- both sides: bytes over the socket ---- */

/* False where nobody reads. Never raises SIGPIPE. */
static bool send_all(int fd, const void *data, size_t length)
{
    const uint8_t *at = data;
    while (length) {
        ssize_t count = send(fd, at, length, MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return false;
        at += count;
        length -= (size_t)count;
    }
    return true;
}

static bool is_from(const struct msghdr *message, pid_t pid)
{
    const struct cmsghdr *header = CMSG_FIRSTHDR(message);
    struct ucred sender;
    if (!header || header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_CREDENTIALS)
        return false;
    memcpy(&sender, CMSG_DATA(header), sizeof sender);
    return sender.pid == pid;
}

/* Receives exactly `length` bytes, all written by process `from` (0: whoever). False at the end of
 * the stream, or where anybody else wrote. */
static bool receive_all(int fd, void *data, size_t length, pid_t from)
{
    uint8_t *at = data;
    while (length) {
        union {
            struct cmsghdr header;
            char room[CMSG_SPACE(sizeof(struct ucred))];
        } ancillary = {0};
        struct iovec part = {.iov_base = at, .iov_len = length};
        struct msghdr message = {.msg_iov = &part,
                                 .msg_iovlen = 1,
                                 .msg_control = &ancillary,
                                 .msg_controllen = sizeof ancillary};
        ssize_t count = recvmsg(fd, &message, MSG_CMSG_CLOEXEC);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0 || (from && !is_from(&message, from)))
            return false;
        at += count;
        length -= (size_t)count;
    }
    return true;
}

/* ---- the poster ---- */

/* The one way out of a poster: without secrets, whatever the text was made from. */
static bool send_reply(const struct desk *desk, bool failed, enum sg_post_end end,
                       enum sg_blame blame, const char *text)
{
    sg_autobytes struct sg_bytes clean = {0};
    struct reply reply = {.failed = failed, .end = end, .err = {.blame = blame}};
    sg_bytes_add_text(&clean, text);
    sg_settings_redact(&desk->settings, &clean);
    size_t length = sg_cut_bytes(sg_bytes_slice(&clean), sizeof reply.err.text - 1);
    memcpy(reply.err.text, sg_bytes_text(&clean), length);
    return send_all(desk->fd, &reply, sizeof reply);
}

static uint64_t world_now(void *state)
{
    (void)state;
    return sg_now_ns();
}

static int64_t world_date(void *state)
{
    (void)state;
    return (int64_t)time(NULL);
}

/* Until the time has come, or sockgrade has gone. */
static int world_wait(void *state, uint64_t until_ns, struct sg_error *err)
{
    const struct desk *desk = state;
    for (uint64_t now; (now = sg_now_ns()) < until_ns;) {
        struct pollfd parent = {.fd = desk->fd, .events = POLLRDHUP};
        struct timespec rest = {.tv_sec = (time_t)((until_ns - now) / SG_NS_PER_S),
                                .tv_nsec = (long)((until_ns - now) % SG_NS_PER_S)};
        if (ppoll(&parent, 1, &rest, NULL) > 0)
            return sg_fail_machine(err, "nobody waits for the result any more");
    }
    return 0;
}

static int world_exchange(void *state, const struct sg_post_request *request, uint64_t most_ns,
                          struct sg_post_answer *ret, struct sg_error *err)
{
    const struct desk *desk = state;
    return sg_http_exchange(desk->http, request, most_ns, ret, err);
}

static int read_duration(const struct desk *desk, enum sg_post_common row, uint64_t *ret,
                         struct sg_error *err)
{
    const char *text = desk->common.values[row];
    if (sg_duration_parse(text, ret) && *ret > 0 && *ret <= longest_deadline_ns)
        return 0;
    return sg_fail(err, "%s takes a duration like 500ms or 90s, to 3600s, found '%s'",
                   sg_post_common[row].variables[0], text);
}

static int open_courier(struct desk *desk, uint64_t seed, const struct sg_post_world *world,
                        struct sg_error *err)
{
    desk->courier = (struct sg_courier){
        .target = desk->target, .settings = &desk->settings, .world = world, .seed = seed};
    const char *ca_file = desk->common.values[SG_POST_CA_FILE];
    if (ca_file && access(ca_file, R_OK) < 0) {
        (void)sg_fail_os(err, "%s: cannot read '%s'", sg_post_common[SG_POST_CA_FILE].variables[0],
                         ca_file);
        err->blame = SG_BLAME_INPUT;
        return -1;
    }
    if (read_duration(desk, SG_POST_DEADLINE, &desk->courier.deadline_ns, err) < 0 ||
        read_duration(desk, SG_POST_FIRST_WAIT, &desk->courier.first_wait_ns, err) < 0)
        return -1;
    return sg_http_open(ca_file, &desk->http, err);
}

static int open_desk(struct desk *desk, uint64_t seed, const struct sg_post_world *world,
                     struct sg_error *err)
{
    const struct sg_post_target *target = desk->target;
    if (sg_libraries_load(err) < 0)
        return -1;
    int failed =
        sg_settings_read(target->settings, target->setting_count, true, &desk->settings, err);
    sg_post_forget_secrets();
    if (failed || sg_settings_read(sg_post_common, SG_POST_COMMON, true, &desk->common, err) < 0 ||
        target->check(&desk->settings, err) < 0)
        return -1;
    return open_courier(desk, seed, world, err);
}

/* Takes one result and answers; false where there are no more. */
static bool serve(struct desk *desk)
{
    struct head head;
    if (!receive_all(desk->fd, &head, sizeof head, desk->parent) ||
        head.length > SG_MOST_RESULT_BYTES)
        return false;
    sg_autobytes struct sg_bytes result = {0}, words = {0};
    if (!receive_all(desk->fd, sg_bytes_reserve(&result, head.length), head.length, desk->parent))
        return false;
    result.length = head.length;
    const struct sg_post_parcel parcel = {.result = sg_bytes_slice(&result),
                                          .key = head.key,
                                          .recipient = head.recipient,
                                          .date_ms = head.date_ms,
                                          .in_doubt = head.in_doubt};
    struct sg_error err = {0};
    enum sg_post_end end;
    bool failed = sg_deliver(&desk->courier, &parcel, &end, &words, &err) < 0;
    return send_reply(desk, failed, end, err.blame, failed ? err.text : sg_bytes_text(&words));
}

/* Ends with its parent, shows nothing of itself, and is told apart in a list of processes. */
static void withdraw(pid_t parent)
{
    (void)prctl(PR_SET_DUMPABLE, 0);
    (void)prctl(PR_SET_NAME, "sockgrade-post");
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(0);
    (void)signal(SIGPIPE, SIG_IGN); /* TLS libraries write without MSG_NOSIGNAL */
}

static _Noreturn void run_poster(const struct sg_post_target *target, uint64_t seed, pid_t parent,
                                 int fd)
{
    struct sg_error err = {0};
    struct desk desk = {.target = target, .parent = parent, .fd = fd};
    const struct sg_post_world world = {.state = &desk,
                                        .now_ns = world_now,
                                        .date = world_date,
                                        .wait = world_wait,
                                        .exchange = world_exchange};
    withdraw(parent);
    bool failed = open_desk(&desk, seed, &world, &err) < 0;
    bool goes_on = send_reply(&desk, failed, SG_POST_STOPPED, err.blame, err.text) && !failed;
    while (goes_on)
        goes_on = serve(&desk);
    sg_http_close(desk.http);
    sg_settings_done(&desk.settings);
    sg_settings_done(&desk.common);
    _exit(0);
}

/* ---- sockgrade ---- */

/* Not those of the posters that were forked before. */
static void keep_only(int *fd)
{
    enum { FIRST = STDERR_FILENO + 1 };
    if (*fd != FIRST)
        (void)dup3(*fd, FIRST, O_CLOEXEC);
    *fd = FIRST;
    (void)close_range(FIRST + 1, ~0U, 0);
}

static int fork_poster(const struct sg_post_target *target, uint64_t seed, struct sg_poster *ret,
                       struct sg_error *err)
{
    int ends[2], on = 1;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
        return sg_fail_os(err, "make a pair of sockets");
    sg_autoclose int ours = ends[0], theirs = ends[1];
    if (setsockopt(theirs, SOL_SOCKET, SO_PASSCRED, &on, sizeof on) < 0)
        return sg_fail_os(err, "ask a socket for its peer");
    pid_t parent = getpid(), pid = fork();
    if (pid < 0)
        return sg_fail_os(err, "fork");
    if (pid == 0) {
        (void)close(ours);
        keep_only(&theirs);
        run_poster(target, seed, parent, theirs);
    }
    *ret = (struct sg_poster){.target = target, .pid = pid, .fd = sg_take_fd(&ours)};
    return 0;
}

/* False where this process was asked to stop first. */
static bool await(int fd)
{
    sg_autoclose int stop = sg_stop_open();
    struct pollfd fds[] = {{.fd = fd, .events = POLLIN}, {.fd = stop, .events = POLLIN}};
    while (!sg_stop_asked()) {
        if (poll(fds, 2, -1) > 0 && fds[0].revents)
            return true;
    }
    return false;
}

/* Appends the poster's words; or fails in its words, or because it has gone. */
static int hear(const struct sg_poster *poster, enum sg_post_end *ret_end,
                struct sg_bytes *ret_words, struct sg_error *err)
{
    struct reply reply;
    if (!await(poster->fd))
        return sg_fail_machine(err, "stopped");
    if (!receive_all(poster->fd, &reply, sizeof reply, 0))
        return sg_fail_machine(err, "the process that posts to %s has died", poster->target->name);
    if (ret_end)
        *ret_end = reply.end;
    if (reply.failed) {
        *err = reply.err;
        return -1;
    }
    if (ret_words)
        sg_bytes_add_text(ret_words, reply.err.text);
    return 0;
}

int sg_poster_open(const struct sg_post_target *target, uint64_t seed, struct sg_poster *ret,
                   struct sg_error *err)
{
    *ret = (struct sg_poster){0};
    if (fork_poster(target, seed, ret, err) < 0)
        return -1;
    if (hear(ret, NULL, NULL, err) == 0)
        return 0;
    sg_poster_close(ret);
    return -1;
}

static int make_head(const struct sg_post_parcel *parcel, struct head *ret, struct sg_error *err)
{
    const char *key = parcel->key ? parcel->key : "";
    const char *recipient = parcel->recipient ? parcel->recipient : "";
    memset(ret, 0, sizeof *ret); /* what lies between the members goes over the socket as well */
    if (strlen(key) >= sizeof ret->key || strlen(recipient) >= sizeof ret->recipient)
        return sg_fail_machine(err, "the name of who is to be told is too long");
    ret->length = parcel->result.length;
    ret->date_ms = parcel->date_ms;
    ret->in_doubt = parcel->in_doubt;
    memcpy(ret->key, key, strlen(key));
    memcpy(ret->recipient, recipient, strlen(recipient));
    return 0;
}

int sg_poster_post(struct sg_poster *poster, const struct sg_post_parcel *parcel,
                   enum sg_post_end *ret_end, struct sg_bytes *ret_words, struct sg_error *err)
{
    struct head head;
    struct sg_slice result = parcel->result;
    if (ret_end)
        *ret_end = SG_POST_REFUSED;
    if (result.length > SG_MOST_RESULT_BYTES)
        return sg_fail_machine(err, "cannot post to %s: the result is larger than %d MiB",
                               poster->target->name, SG_MOST_RESULT_BYTES >> 20);
    if (make_head(parcel, &head, err) < 0)
        return sg_error_add(err, "cannot post to %s", poster->target->name);
    if (ret_end)
        *ret_end = SG_POST_UNKNOWN;
    if (!send_all(poster->fd, &head, sizeof head) ||
        !send_all(poster->fd, result.data, result.length))
        return sg_fail_machine(err, "the process that posts to %s has died", poster->target->name);
    return hear(poster, ret_end, ret_words, err);
}

void sg_poster_close(struct sg_poster *poster)
{
    if (!poster->pid)
        return;
    if (sg_stop_asked())
        (void)kill(poster->pid, SIGKILL); /* it may be at it for as long as its deadline says */
    /* Processes forked since then hold the socket too: closing it alone would not end the
     * stream. */
    (void)shutdown(poster->fd, SHUT_WR);
    (void)close(poster->fd);
    while (waitpid(poster->pid, NULL, 0) < 0 && errno == EINTR) {
    }
    *poster = (struct sg_poster){0};
}
