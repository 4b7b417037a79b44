#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORKER 4
#define MAXPESAN (1 << 20)

static char pesan[MAXPESAN];

static void satu_client(int c)
{
	size_t n = 0;
	char *akhir = NULL;
	while (!akhir && n < sizeof pesan) {
		ssize_t k = read(c, pesan + n, sizeof pesan - n);
		if (k <= 0)
			return;
		akhir = memchr(pesan + n, '.', k);
		n += k;
	}
	if (!akhir)
		return;
	for (char *p = pesan; p <= akhir;) {
		ssize_t k = write(c, p, akhir + 1 - p);
		if (k <= 0)
			return;
		p += k;
	}
}

static void pekerja(int s)
{
	for (;;) {
		int c = accept(s, NULL, NULL);
		if (c < 0)
			continue;
		satu_client(c);
		close(c);
	}
}

int main(int argc, char **argv)
{
	int on = 1;
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = INADDR_ANY};

	if (argc < 3) {
		fprintf(stderr, "pakai: server HOST PORT\n");
		exit(1);
	}
	signal(SIGPIPE, SIG_IGN);
	a.sin_port = htons(atoi(argv[2]));
	int s = socket(AF_INET, SOCK_STREAM, 0);
	setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(s, (struct sockaddr *)&a, sizeof a) != 0) {
		perror("bind");
		exit(1);
	}
	listen(s, 100);
	for (int i = 0; i < WORKER; i++)
		if (fork() == 0)
			pekerja(s);
	while (wait(NULL) > 0)
		;
	return 0;
}
