#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void die(const char *what)
{
	perror(what);
	exit(1);
}

int main(int argc, char **argv)
{
	struct addrinfo h = {.ai_socktype = SOCK_STREAM}, *ai;
	if (argc < 4 || getaddrinfo(argv[1], argv[2], &h, &ai)) {
		fprintf(stderr, "cara pakai: client HOST PORT PESAN\n");
		return 1;
	}
	int fd = socket(ai->ai_family, ai->ai_socktype, ai->ai_protocol);
	if (connect(fd, ai->ai_addr, ai->ai_addrlen))
		die("connect");
	fcntl(fd, F_SETFL, O_NONBLOCK);

	const char *msg = argv[3];
	size_t len = strlen(msg), sent = 0, got = 0;
	while (1) {
		struct pollfd p = {.fd = fd, .events = POLLIN | (sent < len ? POLLOUT : 0)};
		if (poll(&p, 1, -1) < 0 && errno != EINTR)
			die("poll");
		if (sent < len && (p.revents & POLLOUT)) {
			ssize_t k = send(fd, msg + sent, len - sent, MSG_NOSIGNAL);
			if (k < 0 && errno != EAGAIN)
				die("send");
			if (k > 0 && (sent += k) == len)
				shutdown(fd, SHUT_WR);
		}
		if (p.revents & (POLLIN | POLLHUP | POLLERR)) {
			char b[1000];
			ssize_t k = recv(fd, b, sizeof b, 0);
			if (k < 0 && errno != EAGAIN)
				die("recv");
			if (k == 0)
				break;
			if (k > 0) {
				fwrite(b, 1, k, stdout);
				got += k;
			}
		}
	}
	if (got != len) {
		fprintf(stderr, "\nhanya %zu dari %zu byte\n", got, len);
		return 1;
	}
	return 0;
}
