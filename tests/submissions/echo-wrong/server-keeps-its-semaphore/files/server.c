#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/sem.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static long *total;
static int guard;

static void shift(int by)
{
	struct sembuf step = {.sem_num = 0, .sem_op = by};
	while (semop(guard, &step, 1) < 0) {
	}
}

static void serve(int client)
{
	char room[4096];
	ssize_t got;
	while ((got = recv(client, room, sizeof room, 0)) != 0) {
		shift(-1);
		if (got < 0)
			exit(1);
		*total += got;
		for (ssize_t at = 0; at < got;) {
			ssize_t sent = send(client, room + at, got - at, MSG_NOSIGNAL);
			if (sent < 0)
				exit(1);
			at += sent;
		}
		shift(1);
	}
	exit(0);
}

int main(int argc, char **argv)
{
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *here;
	int on = 1;

	if (argc < 3 || getaddrinfo(argv[1], argv[2], &hints, &here) != 0)
		return 2;
	int s = socket(here->ai_family, SOCK_STREAM, 0);
	signal(SIGCHLD, SIG_IGN);
	total = mmap(NULL, sizeof *total, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	guard = semget(IPC_PRIVATE, 1, 0600);
	semctl(guard, 0, SETVAL, 1);
	setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(s, here->ai_addr, here->ai_addrlen) < 0 || listen(s, 64) < 0) {
		perror("server");
		return 1;
	}
	for (;;) {
		int client = accept(s, NULL, NULL);
		if (client < 0)
			continue;
		if (fork() == 0) {
			close(s);
			serve(client);
		}
		close(client);
	}
}
