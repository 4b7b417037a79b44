#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct addrinfo h, *r;

	if (argc < 4) {
		fprintf(stderr, "Cara pakai: %s <host> <port> <pesan>\n", argv[0]);
		return 1;
	}
	memset(&h, 0, sizeof h);
	h.ai_socktype = SOCK_STREAM;
	if (getaddrinfo(argv[1], argv[2], &h, &r) != 0) {
		fprintf(stderr, "host tidak dikenal\n");
		return 1;
	}
	int s = socket(r->ai_family, r->ai_socktype, r->ai_protocol);
	if (connect(s, r->ai_addr, r->ai_addrlen) != 0) {
		perror("connect");
		return 1;
	}
	const char *p = argv[3];
	size_t sisa = strlen(p);
	while (sisa > 0) {
		ssize_t n = send(s, p, sisa, MSG_NOSIGNAL);
		if (n < 0) {
			perror("send");
			return 1;
		}
		p += n;
		sisa -= n;
	}
	/* cetak sambil jalan, per 16 byte */
	char buf[16];
	int selesai = 0;
	while (!selesai) {
		ssize_t n = recv(s, buf, sizeof buf, 0);
		if (n <= 0) {
			fprintf(stderr, "\nserver memutus koneksi\n");
			return 1;
		}
		char *titik = memchr(buf, '.', n);
		if (titik) {
			n = titik + 1 - buf;
			selesai = 1;
		}
		printf("%.*s", (int)n, buf);
	}
	printf("\n");
	close(s);
	return 0;
}
