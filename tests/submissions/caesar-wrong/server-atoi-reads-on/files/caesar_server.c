#define _POSIX_C_SOURCE 200809L
#include <ctype.h>
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define MAXREQ (1024 * 1024)

static unsigned char req[MAXREQ + 1];

/* Collects a request in req[] and puts a NUL behind its dot.
   Returns its length, or 0 when the client gave up. */
static size_t get_request(int s)
{
    size_t len = 0;

    while (len < MAXREQ) {
        ssize_t n = recv(s, req + len, MAXREQ - len, 0);
        unsigned char *dot;

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return 0;
        dot = memchr(req + len, '.', (size_t)n);
        if (dot) {
            dot[1] = '\0';
            return (size_t)(dot - req) + 1;
        }
        len += (size_t)n;
    }
    return 0;
}

static int get_shift(const unsigned char *digits)
{
    if (!isdigit(digits[0]) || !isdigit(digits[1]))
        return 0;
    return atoi((const char *)digits) % 26;
}

static void translate(unsigned char *text, size_t len, int shift)
{
    for (size_t i = 0; i < len; i++)
        if (text[i] >= 'a' && text[i] <= 'z')
            text[i] = (unsigned char)('a' + (text[i] - 'a' + shift + 26) % 26);
}

static int put_answer(int s, const unsigned char *p, size_t len)
{
    while (len) {
        ssize_t n = send(s, p, len, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        p += n;
        len -= (size_t)n;
    }
    return 0;
}

static void say_goodbye(int s)
{
    struct timeval tv = { 0, 200000 };
    time_t start = time(NULL);
    char junk[2048];

    if (shutdown(s, SHUT_WR) < 0)
        return;
    setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof tv);
    while (time(NULL) - start < 2) {
        ssize_t n = recv(s, junk, sizeof junk, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
    }
}

static void serve(int s)
{
    size_t len = get_request(s);

    if (len < 4)
        return;
    int shift = get_shift(req + 1);
    if (req[0] == 'd')
        shift = -shift;
    translate(req + 3, len - 3, shift);
    if (put_answer(s, req + 3, len - 3) == 0)
        say_goodbye(s);
}

int main(int argc, char **argv)
{
    struct addrinfo want, *found, *f;
    int ls = -1, yes = 1, e;

    if (argc != 3) {
        fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
        return 1;
    }
    memset(&want, 0, sizeof want);
    want.ai_socktype = SOCK_STREAM;
    e = getaddrinfo(argv[1], argv[2], &want, &found);
    if (e) {
        fprintf(stderr, "%s: %s\n", argv[1], gai_strerror(e));
        return 1;
    }
    for (f = found; f; f = f->ai_next) {
        ls = socket(f->ai_family, f->ai_socktype, f->ai_protocol);
        if (ls < 0)
            continue;
        setsockopt(ls, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        if (bind(ls, f->ai_addr, f->ai_addrlen) == 0)
            break;
        close(ls);
        ls = -1;
    }
    freeaddrinfo(found);
    if (ls < 0 || listen(ls, 20) < 0) {
        perror("caesar_server");
        return 1;
    }
    while (1) {
        int s = accept(ls, NULL, NULL);
        if (s < 0) {
            if (errno == EMFILE || errno == ENFILE)
                sleep(1);
            continue;
        }
        serve(s);
        close(s);
    }
}
