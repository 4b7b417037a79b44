#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORKERS = 3 };

static void *serve(void *client)
{
	int fd = (int)(intptr_t)client;
	char room[8192];
	for (;;) {
		ssize_t got = recv(fd, room, sizeof room, 0);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		for (ssize_t at = 0, sent; at < got; at += sent) {
			sent = send(fd, room + at, (size_t)(got - at), 0);
			if (sent < 0 && errno == EINTR)
				sent = 0;
			else if (sent < 0)
				goto done;
		}
	}
done:
	close(fd);
	return NULL;
}

/* One process at a time waits in accept(). */
static void turn(int turns, short type)
{
	struct flock whole = {.l_type = type, .l_whence = SEEK_SET};
	while (fcntl(turns, F_SETLKW, &whole) < 0 && errno == EINTR) {
	}
}

static void work(int listener, int turns)
{
	pthread_attr_t detached;
	pthread_attr_init(&detached);
	pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
	for (;;) {
		pthread_t thread;
		turn(turns, F_WRLCK);
		int fd = accept(listener, NULL, NULL);
		turn(turns, F_UNLCK);
		if (fd >= 0 && pthread_create(&thread, &detached, serve, (void *)(intptr_t)fd) != 0)
			close(fd);
	}
}

int main(int argc, char **argv)
{
	char name[] = "/tmp/turns-XXXXXX";
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *here;
	int on = 1, turns = mkstemp(name);

	if (argc != 3 || turns < 0 || getaddrinfo(argv[1], argv[2], &hints, &here) != 0)
		return 2;
	int listener = socket(here->ai_family, SOCK_STREAM, 0);
	unlink(name);
	signal(SIGPIPE, SIG_IGN);
	setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(listener, here->ai_addr, here->ai_addrlen) < 0 || listen(listener, 128) < 0) {
		perror(argv[0]);
		return 1;
	}
	for (int i = 0; i < WORKERS; i++) {
		if (fork() == 0)
			work(listener, turns);
	}
	while (wait(NULL) > 0 || errno == EINTR) {
	}
	return 1;
}
