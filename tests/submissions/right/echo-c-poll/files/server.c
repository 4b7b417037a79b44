#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAXC 200

static struct pollfd pfd[MAXC + 1];
static char *out[MAXC + 1];
static size_t outlen[MAXC + 1], outoff[MAXC + 1];
static int n = 1;

static void drop(int i)
{
	close(pfd[i].fd);
	free(out[i]);
	n--;
	pfd[i] = pfd[n];
	out[i] = out[n];
	outlen[i] = outlen[n];
	outoff[i] = outoff[n];
}

static void add(int fd)
{
	if (n > MAXC) {
		close(fd);
		return;
	}
	pfd[n].fd = fd;
	pfd[n].events = POLLIN;
	pfd[n].revents = 0;
	out[n] = malloc(2048);
	outlen[n] = outoff[n] = 0;
	n++;
}

/* kembalikan 0 kalau client harus dibuang */
static int serve(int i)
{
	if (outlen[i] == 0) {
		ssize_t k = read(pfd[i].fd, out[i], 2048);
		if (k == 0)
			return 0;
		if (k < 0)
			return errno == EAGAIN || errno == EINTR;
		outlen[i] = k;
		outoff[i] = 0;
	}
	while (outoff[i] < outlen[i]) {
		ssize_t k = send(pfd[i].fd, out[i] + outoff[i], outlen[i] - outoff[i], MSG_NOSIGNAL);
		if (k < 0 && errno == EAGAIN) {
			pfd[i].events = POLLOUT;
			return 1;
		}
		if (k < 0)
			return 0;
		outoff[i] += k;
	}
	outlen[i] = 0;
	pfd[i].events = POLLIN;
	return 1;
}

int main(int argc, char **argv)
{
	struct addrinfo h = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE}, *ai;
	int one = 1;

	if (argc < 3 || getaddrinfo(argv[1], argv[2], &h, &ai)) {
		fprintf(stderr, "cara pakai: server HOST PORT\n");
		return 1;
	}
	int s = socket(ai->ai_family, ai->ai_socktype, ai->ai_protocol);
	setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
	if (bind(s, ai->ai_addr, ai->ai_addrlen) || listen(s, 50)) {
		perror("server");
		return 1;
	}
	pfd[0].fd = s;
	pfd[0].events = POLLIN;
	for (;;) {
		if (poll(pfd, n, -1) < 0)
			continue;
		for (int i = n - 1; i > 0; i--)
			if (pfd[i].revents && !serve(i))
				drop(i);
		if (pfd[0].revents) {
			int c = accept4(s, NULL, NULL, SOCK_NONBLOCK);
			if (c >= 0)
				add(c);
		}
	}
}
