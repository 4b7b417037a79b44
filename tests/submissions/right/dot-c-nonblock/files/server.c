#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MAX = 64, POTONG = 1460 };

struct sesi {
	char buf[POTONG];
	int ada, kirim, akhir;
};

static struct pollfd fds[MAX];
static struct sesi sesi[MAX];
static int jumlah = 1;

/* 1 = lanjut, 0 = tutup */
static int langkah(int i)
{
	struct sesi *s = &sesi[i];
	if (s->kirim == s->ada) {
		if (s->akhir)
			return 0;
		ssize_t n = recv(fds[i].fd, s->buf, POTONG, 0);
		if (n < 0)
			return errno == EAGAIN;
		if (n == 0)
			return 0;
		char *titik = memchr(s->buf, '.', n);
		s->akhir = titik != NULL;
		s->ada = titik ? titik + 1 - s->buf : n;
		s->kirim = 0;
	}
	ssize_t n = send(fds[i].fd, s->buf + s->kirim, s->ada - s->kirim, MSG_NOSIGNAL);
	if (n < 0)
		return errno == EAGAIN;
	s->kirim += n;
	return s->kirim < s->ada || !s->akhir;
}

int main(int argc, char **argv)
{
	struct sockaddr_in a = {.sin_family = AF_INET};
	int satu = 1;

	if (argc < 3)
		return fprintf(stderr, "server HOST PORT\n"), 1;
	a.sin_port = htons(atoi(argv[2]));
	int s = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &satu, sizeof satu);
	if (bind(s, (struct sockaddr *)&a, sizeof a) || listen(s, 32))
		return perror("server"), 1;
	fds[0] = (struct pollfd){.fd = s, .events = POLLIN};
	for (;;) {
		for (int i = 1; i < jumlah; i++)
			fds[i].events = sesi[i].kirim < sesi[i].ada ? POLLOUT : POLLIN;
		if (poll(fds, jumlah, -1) < 0)
			continue;
		for (int i = jumlah - 1; i > 0; i--) {
			if (!fds[i].revents || langkah(i))
				continue;
			close(fds[i].fd);
			jumlah--;
			fds[i] = fds[jumlah];
			sesi[i] = sesi[jumlah];
		}
		if (fds[0].revents) {
			int c = accept4(s, NULL, NULL, SOCK_NONBLOCK);
			if (c >= 0 && jumlah < MAX) {
				memset(&sesi[jumlah], 0, sizeof sesi[0]);
				fds[jumlah++] = (struct pollfd){.fd = c};
			} else if (c >= 0) {
				close(c);
			}
		}
	}
}
