/* SPDX-License-Identifier: MIT
 * A child that answers through a pipe. */
#include <criterion/criterion.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/answerer.h"
#include "base/file.h"

enum { MOST = 64 };

/* Starts one that answers `text`, and then ends with `status`, or stays for ever if that is < 0. */
static struct sg_answerer start(const char *text, int status)
{
    struct sg_answerer ret;
    struct sg_error err = {0};
    int fd;
    cr_assert(sg_answerer_start(&ret, MOST, &fd, &err) == 0, "%s", err.text);
    if (fd < 0)
        return ret;
    (void)sg_write_all(fd, sg_slice_text(text), &err);
    while (status < 0)
        (void)pause();
    _exit(status);
}

static void await(const struct sg_answerer *answerer)
{
    struct pollfd fd = {.fd = answerer->fd, .events = POLLIN};
    cr_assert(poll(&fd, 1, -1) == 1);
}

static void read_all(struct sg_answerer *answerer)
{
    while (!sg_answerer_read(answerer))
        await(answerer);
}

Test(answerer, its_answer_and_its_status_are_read)
{
    struct sg_answerer one = start("an answer", 3);
    read_all(&one);
    cr_expect(sg_answerer_is_done(&one));
    int status = sg_answerer_end(&one);
    cr_expect(WIFEXITED(status) && WEXITSTATUS(status) == 3);
    cr_expect(sg_slice_equal(sg_bytes_slice(&one.answer), sg_slice_text("an answer")));
    sg_answerer_done(&one);
}

Test(answerer, one_that_does_not_end_is_killed)
{
    struct sg_answerer one = start("half", -1);
    while (one.answer.length < strlen("half")) {
        await(&one);
        cr_expect_not(sg_answerer_read(&one));
    }
    cr_expect_not(sg_answerer_is_done(&one));
    int status = sg_answerer_end(&one);
    cr_expect(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    sg_answerer_done(&one);
}

Test(answerer, one_that_answers_too_much_is_not_heard_to_the_end)
{
    struct sg_answerer one =
        start("twelve bytes twelve bytes twelve bytes twelve bytes twelve bytes "
              "twelve bytes",
              -1);
    read_all(&one);
    cr_expect(one.too_much);
    cr_expect_not(sg_answerer_is_done(&one));
    cr_expect(WIFSIGNALED(sg_answerer_end(&one)));
    sg_answerer_done(&one);
}

Test(answerer, where_there_is_none_nobody_is_killed)
{
    struct sg_answerer none = {0};
    cr_expect_eq(sg_answerer_end(&none), 0);
}
