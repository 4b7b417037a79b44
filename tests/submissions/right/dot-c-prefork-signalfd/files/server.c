#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORKERS = 6, STEP = 4096, LONGEST = 4 << 20 };

static int send_all(int fd, const char *at, size_t rest)
{
	while (rest > 0) {
		ssize_t sent = send(fd, at, rest, MSG_NOSIGNAL);
		if (sent < 0 && errno == EINTR)
			continue;
		if (sent < 0)
			return -1;
		at += sent;
		rest -= (size_t)sent;
	}
	return 0;
}

/* Waits a moment for the client's own end, so that what it still sends does not reset the connection. */
static void part(int fd)
{
	char scrap[STEP];
	struct pollfd one = {fd, POLLIN, 0};

	shutdown(fd, SHUT_WR);
	for (int turns = 0; turns < 64; turns++) {
		if (poll(&one, 1, 500) <= 0 || recv(fd, scrap, sizeof scrap, 0) <= 0)
			return;
	}
}

static void converse(int fd)
{
	char *text = NULL, *dot = NULL;
	size_t length = 0;

	while (!dot && length < LONGEST) {
		char *more = realloc(text, length + STEP);
		if (!more)
			break;
		text = more;
		ssize_t got = recv(fd, text + length, STEP, 0);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		dot = memchr(text + length, '.', (size_t)got);
		length += (size_t)got;
	}
	if (dot && send_all(fd, text, (size_t)(dot - text) + 1) == 0)
		part(fd);
	free(text);
}

static void work(int listener)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (;;) {
		int fd = accept(listener, NULL, NULL);
		if (fd < 0)
			continue;
		converse(fd);
		close(fd);
	}
}

static void hire(int listener)
{
	if (fork() == 0)
		work(listener);
}

int main(int argc, char **argv)
{
	struct sockaddr_in here = {.sin_family = AF_INET};
	struct signalfd_siginfo told;
	int on = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
	sigset_t children;

	if (argc != 3 || inet_pton(AF_INET, argv[1], &here.sin_addr) != 1)
		return 2;
	here.sin_port = htons((unsigned short)atoi(argv[2]));
	setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(listener, (struct sockaddr *)&here, sizeof here) < 0 || listen(listener, 64) < 0) {
		perror(argv[0]);
		return 1;
	}
	sigemptyset(&children);
	sigaddset(&children, SIGCHLD);
	sigprocmask(SIG_BLOCK, &children, NULL);
	int signals = signalfd(-1, &children, SFD_CLOEXEC);
	for (int i = 0; i < WORKERS; i++)
		hire(listener);
	for (;;) {
		ssize_t got = read(signals, &told, sizeof told);
		if (got < 0 && errno != EINTR)
			return 1;
		while (waitpid(-1, NULL, WNOHANG) > 0)
			hire(listener);
	}
}
