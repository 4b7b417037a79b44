/* SPDX-License-Identifier: MIT
 * The process that posts: whom it listens to, and that it does not outlive anybody. */
#include "post/post.h"

#include <criterion/criterion.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"

static const char result[] = "{\"schema\": \"sockgrade/result/1\", \"assignment\": \"echo\", "
                             "\"submission\": {\"id\": \"a\"},"
                             " \"score\": 1, \"max_score\": 2, \"cases\": []}";

static const struct sg_post_parcel parcel = {
    .result = {(const uint8_t *)result, sizeof result - 1}};

static void set_up(void)
{
    /* Port 1 of this machine: nothing listens there, and no test gets that far. */
    cr_assert_eq(setenv("SOCKGRADE_WEBHOOK_URL", "http://127.0.0.1:1/", 1), 0);
    cr_assert_eq(setenv("SOCKGRADE_WEBHOOK_SECRET", "correct horse battery staple", 1), 0);
    cr_assert_eq(setenv("SOCKGRADE_POST_DEADLINE", "50ms", 1), 0);
    cr_assert_eq(setenv("SOCKGRADE_POST_FIRST_WAIT", "10ms", 1), 0);
}

static struct sg_poster open_webhook(void)
{
    struct sg_poster poster;
    struct sg_error err = {0};
    cr_assert_eq(sg_poster_open(sg_post_target_find("webhook"), 1, &poster, &err), 0, "%s",
                 err.text);
    return poster;
}

Test(poster, says_what_is_missing_and_is_gone, .init = set_up)
{
    struct sg_poster poster;
    struct sg_error err = {0};
    cr_assert_eq(unsetenv("SOCKGRADE_WEBHOOK_URL"), 0);
    cr_expect_eq(sg_poster_open(sg_post_target_find("webhook"), 1, &poster, &err), -1);
    cr_expect_eq(err.blame, SG_BLAME_INPUT);
    cr_expect_eq(strncmp(err.text, "SOCKGRADE_WEBHOOK_URL is not set", 32), 0, "%s", err.text);
    cr_expect_eq(poster.pid, 0);
    cr_expect_eq(waitpid(-1, NULL, WNOHANG), -1, "a child was left");
}

Test(poster, answers_for_every_result, .init = set_up)
{
    struct sg_poster poster = open_webhook();
    for (int i = 0; i < 3; i++) {
        struct sg_error err = {0};
        cr_expect_eq(sg_poster_post(&poster, &parcel, NULL, NULL, &err), -1);
        cr_expect_eq(err.blame, SG_BLAME_MACHINE);
        cr_expect_not_null(
            strstr(err.text, "cannot post to webhook at 127.0.0.1:1: given up after"), "%s",
            err.text);
    }
    sg_poster_close(&poster);
    sg_poster_close(&poster);
    cr_expect_eq(waitpid(-1, NULL, WNOHANG), -1, "a child was left");
}

Test(poster, leaves_the_secret_of_its_parent_to_be_forgotten, .init = set_up)
{
    struct sg_poster poster = open_webhook();
    cr_expect_not_null(getenv("SOCKGRADE_WEBHOOK_SECRET"));
    sg_post_forget_secrets();
    cr_expect_null(getenv("SOCKGRADE_WEBHOOK_SECRET"));
    cr_expect_not_null(getenv("SOCKGRADE_WEBHOOK_URL"));
    sg_poster_close(&poster);
}

Test(poster, takes_nothing_from_another_process, .init = set_up)
{
    struct sg_poster poster = open_webhook();
    pid_t other = fork();
    cr_assert_geq(other, 0);
    if (other == 0) { /* as an examiner could, which inherits the socket */
        uint64_t length = sizeof result - 1;
        struct sg_error ignored;
        struct sg_slice head = {(const uint8_t *)&length, sizeof length};
        int failed = sg_write_all(poster.fd, head, &ignored);
        _exit(failed ? 1 : 0);
    }
    int status = -1;
    cr_assert_eq(waitpid(other, &status, 0), other);
    cr_assert_eq(status, 0);
    struct sg_error err = {0};
    cr_expect_eq(sg_poster_post(&poster, &parcel, NULL, NULL, &err), -1);
    cr_expect_str_eq(err.text, "the process that posts to webhook has died");
    sg_poster_close(&poster);
}

/* A process that opens a poster, forks another that inherits the socket (as an examiner does), tells
 * both numbers, and waits to be killed. */
static _Noreturn void open_and_wait(int tell)
{
    struct sg_error ignored;
    struct sg_poster poster = open_webhook();
    pid_t heir = fork();
    if (heir == 0) {
        (void)pause();
        _exit(0);
    }
    const pid_t both[] = {poster.pid, heir};
    (void)sg_write_all(tell, (struct sg_slice){(const uint8_t *)both, sizeof both}, &ignored);
    (void)pause();
    _exit(0);
}

Test(poster, ends_with_the_process_that_opened_it, .init = set_up)
{
    int ends[2];
    pid_t both[2] = {0};
    cr_assert_eq(pipe(ends), 0);
    pid_t middle = fork();
    cr_assert_geq(middle, 0);
    if (middle == 0)
        open_and_wait(ends[1]);
    cr_assert_eq(read(ends[0], both, sizeof both), (ssize_t)sizeof both);
    int handle = (int)syscall(SYS_pidfd_open, both[0], 0);
    cr_assert_geq(handle, 0);
    struct pollfd end = {.fd = handle, .events = POLLIN};
    cr_expect_eq(poll(&end, 1, 0), 0, "it ended by itself");
    cr_assert_eq(kill(middle, SIGKILL), 0);
    cr_expect_eq(poll(&end, 1, 5000), 1, "it outlived the process that opened it");
    (void)waitpid(middle, NULL, 0);
    cr_expect_eq(kill(both[1], SIGKILL), 0);
}
