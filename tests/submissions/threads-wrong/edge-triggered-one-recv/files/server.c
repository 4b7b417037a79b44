/* echo server with epoll (edge triggered), many clients in one process */
#define _GNU_SOURCE
#include <errno.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#define MAXEV 64
#define BUFSZ 16384

struct conn {
	int fd;
	size_t off, len;	/* not yet echoed: buf[off .. off+len) */
	char buf[BUFSZ];
};

static int listen_on(const char *host, const char *port)
{
	struct addrinfo hints = {0}, *res, *ai;
	int fd = -1, one = 1;

	hints.ai_socktype = SOCK_STREAM;
	hints.ai_flags = AI_PASSIVE;
	int rc = getaddrinfo(host, port, &hints, &res);
	if (rc != 0) {
		fprintf(stderr, "%s\n", gai_strerror(rc));
		exit(1);
	}
	for (ai = res; ai; ai = ai->ai_next) {
		fd = socket(ai->ai_family, ai->ai_socktype | SOCK_NONBLOCK, ai->ai_protocol);
		if (fd < 0)
			continue;
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
		if (!bind(fd, ai->ai_addr, ai->ai_addrlen) && !listen(fd, SOMAXCONN))
			break;
		perror("bind");
		close(fd);
		fd = -1;
	}
	freeaddrinfo(res);
	if (fd < 0)
		exit(1);
	return fd;
}

static void drop(struct conn *c)
{
	close(c->fd);
	free(c);
}

/* -1 connection gone, 0 socket full, 1 everything written */
static int flush(struct conn *c)
{
	while (c->len > 0) {
		ssize_t n = send(c->fd, c->buf + c->off, c->len, MSG_NOSIGNAL);
		if (n < 0) {
			if (errno == EINTR)
				continue;
			return errno == EAGAIN ? 0 : -1;
		}
		c->off += n;
		c->len -= n;
	}
	return 1;
}

static void on_event(struct conn *c)
{
	int r = flush(c);
	if (r == 0)
		return;		/* wait for EPOLLOUT */
	if (r < 0) {
		drop(c);
		return;
	}

	ssize_t n = recv(c->fd, c->buf, BUFSZ, 0);
	if (n < 0) {
		if (errno != EAGAIN && errno != EINTR)
			drop(c);
		return;
	}
	if (n == 0) {
		drop(c);
		return;
	}
	c->off = 0;
	c->len = n;
	if (flush(c) < 0)
		drop(c);
}

static void on_accept(int ep, int lfd)
{
	for (;;) {
		int fd = accept4(lfd, NULL, NULL, SOCK_NONBLOCK);
		if (fd < 0)
			return;
		struct conn *c = malloc(sizeof *c);
		if (!c) {
			close(fd);
			continue;
		}
		c->fd = fd;
		c->off = c->len = 0;
		struct epoll_event ev = { .events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = c };
		if (epoll_ctl(ep, EPOLL_CTL_ADD, fd, &ev) < 0) {
			perror("epoll_ctl");
			drop(c);
		}
	}
}

int main(int argc, char **argv)
{
	if (argc != 3) {
		fprintf(stderr, "usage: %s host port\n", argv[0]);
		return 2;
	}
	int lfd = listen_on(argv[1], argv[2]);
	int ep = epoll_create1(0);
	struct epoll_event ev = { .events = EPOLLIN, .data.ptr = NULL }, evs[MAXEV];

	epoll_ctl(ep, EPOLL_CTL_ADD, lfd, &ev);
	printf("listening on %s:%s\n", argv[1], argv[2]);
	fflush(stdout);

	for (;;) {
		int n = epoll_wait(ep, evs, MAXEV, -1);
		if (n < 0) {
			if (errno == EINTR)
				continue;
			perror("epoll_wait");
			return 1;
		}
		for (int i = 0; i < n; i++) {
			if (evs[i].data.ptr == NULL)
				on_accept(ep, lfd);
			else
				on_event(evs[i].data.ptr);
		}
	}
}
