#include <ctype.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

static void buat_tabel(unsigned char t[256], int geser)
{
	for (int i = 0; i < 256; i++)
		t[i] = i;
	for (int i = 0; i < 26; i++)
		t['a' + i] = 'a' + (i + geser) % 26;
}

static void kirim(int c, char *teks, size_t n)
{
	struct iovec v[2] = {{teks, n}, {".", 1}};
	int i = 0;
	while (i < 2) {
		ssize_t k = writev(c, v + i, 2 - i);
		if (k < 0)
			return;
		for (; i < 2 && (size_t)k >= v[i].iov_len; i++)
			k -= v[i].iov_len;
		if (i < 2) {
			v[i].iov_base = (char *)v[i].iov_base + k;
			v[i].iov_len -= k;
		}
	}
}

static void layani(int c)
{
	static char buf[200000];
	unsigned char tabel[256];
	size_t n = 0;
	char *titik = NULL;

	while (!titik && n < sizeof buf) {
		ssize_t k = recv(c, buf + n, sizeof buf - n, 0);
		if (k <= 0)
			return;
		titik = memchr(buf + n, '.', k);
		n += k;
	}
	if (!titik || titik - buf < 3)
		return; /* header tidak lengkap */
	int geser = 0;
	if (buf[1] >= '0' && buf[1] <= '9' && buf[2] >= '0' && buf[2] <= '9')
		geser = (buf[1] - '0') * 10 + buf[2] - '0';
	geser %= 26;
	buat_tabel(tabel, buf[0] == 'd' ? 26 - geser : geser);
	for (char *p = buf + 3; p < titik; p++)
		*p = tabel[(unsigned char)*p];
	kirim(c, buf + 3, titik - buf - 3);
}

int main(int argc, char **argv)
{
	struct sockaddr_in a = {.sin_family = AF_INET};
	int on = 1;

	if (argc != 3) {
		fprintf(stderr, "server HOST PORT\n");
		return 1;
	}
	signal(SIGPIPE, SIG_IGN);
	a.sin_port = htons(atoi(argv[2]));
	int s = socket(AF_INET, SOCK_STREAM, 0);
	setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(s, (struct sockaddr *)&a, sizeof a) || listen(s, 5)) {
		perror("caesar");
		return 1;
	}
	for (;;) {
		int c = accept(s, NULL, NULL);
		if (c < 0)
			continue;
		layani(c);
		close(c);
	}
}
