#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static volatile sig_atomic_t berhenti, statistik;
static unsigned long jumlah;

static void on_signal(int n)
{
	if (n == SIGINT)
		berhenti = 1;
	else
		statistik = 1;
}

static ssize_t terima(int fd, char *p, size_t n)
{
	ssize_t k;
	while ((k = recv(fd, p, n, 0)) < 0 && errno == EINTR && !berhenti)
		;
	return k;
}

static int kirim(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t k = send(fd, p, n, MSG_NOSIGNAL);
		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return -1;
		p += k;
		n -= k;
	}
	return 0;
}

static void layani(int fd)
{
	struct timeval batas = {.tv_sec = 20};
	char buf[2048], *titik = NULL;
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &batas, sizeof batas);
	while (!titik) {
		ssize_t n = terima(fd, buf, sizeof buf);
		if (n <= 0)
			return;
		titik = memchr(buf, '.', n);
		if (kirim(fd, buf, titik ? titik - buf + 1 : n) < 0)
			return;
	}
}

int main(int argc, char **argv)
{
	struct sockaddr_in a = {.sin_family = AF_INET};
	struct sigaction sa = {.sa_handler = on_signal};
	int on = 1;

	if (argc < 3)
		return 2;
	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGUSR1, &sa, NULL);
	a.sin_port = htons(atoi(argv[2]));
	int s = socket(AF_INET, SOCK_STREAM, 0);
	setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(s, (struct sockaddr *)&a, sizeof a) || listen(s, 5)) {
		perror("server");
		return 1;
	}
	while (!berhenti) {
		int c = accept(s, NULL, NULL);
		if (statistik) {
			fprintf(stderr, "%lu client\n", jumlah);
			statistik = 0;
		}
		if (c < 0)
			continue;
		jumlah++;
		layani(c);
		close(c);
	}
	return 0;
}
