/* Nama: Rizky Pratama  NIM: 13519xxx
 * Tugas: echo sampai titik */
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void layani(int c)
{
	char *buf = NULL, *titik = NULL;
	size_t len = 0, cap = 0;

	while (!titik) {
		if (cap - len < 1024) {
			cap = cap ? cap * 2 : 4096;
			buf = realloc(buf, cap);
		}
		ssize_t n = recv(c, buf + len, cap - len, 0);
		if (n <= 0)
			break; /* client pergi sebelum titik */
		titik = memchr(buf + len, '.', n);
		len += n;
	}
	if (titik) {
		char *p = buf;
		size_t sisa = titik + 1 - buf;
		while (sisa > 0) {
			ssize_t n = send(c, p, sisa, 0);
			if (n <= 0)
				break;
			p += n;
			sisa -= n;
		}
	}
	free(buf);
	close(c);
}

int main(int argc, char **argv)
{
	struct addrinfo h, *r;
	int satu = 1;

	if (argc < 3) {
		fprintf(stderr, "Cara pakai: %s <host> <port>\n", argv[0]);
		return 1;
	}
	signal(SIGPIPE, SIG_IGN);
	memset(&h, 0, sizeof h);
	h.ai_family = AF_INET;
	h.ai_socktype = SOCK_STREAM;
	h.ai_flags = AI_PASSIVE;
	if (getaddrinfo(argv[1], argv[2], &h, &r) != 0)
		return 1;
	int s = socket(r->ai_family, r->ai_socktype, r->ai_protocol);
	setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &satu, sizeof satu);
	if (bind(s, r->ai_addr, r->ai_addrlen) != 0) {
		perror("bind");
		return 1;
	}
	freeaddrinfo(r);
	setsockopt(s, IPPROTO_TCP, TCP_DEFER_ACCEPT, &satu, sizeof satu);
	listen(s, 5);
	printf("Menunggu client di port %s...\n", argv[2]);
	for (;;) {
		int c = accept(s, NULL, NULL);
		if (c < 0) {
			perror("accept");
			continue;
		}
		printf("Client datang\n");
		layani(c);
	}
}
