#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *ai;

	if (argc != 6) {
		fprintf(stderr, "pakai: client HOST PORT MODE GESER TEKS\n");
		return 1;
	}
	if (getaddrinfo(argv[1], argv[2], &hints, &ai))
		return fprintf(stderr, "nama host salah\n"), 1;
	int s = socket(ai->ai_family, ai->ai_socktype, ai->ai_protocol);
	if (connect(s, ai->ai_addr, ai->ai_addrlen))
		return perror("connect"), 1;

	size_t n = strlen(argv[5]) + 1; /* panjang teks tetap, ditambah titik */
	char *pesan = malloc(n + 4), *jawab = malloc(n);
	sprintf(pesan, "%s%s%s.", argv[3], argv[4], argv[5]);
	for (size_t i = 0; i < n + 3;) {
		ssize_t k = send(s, pesan + i, n + 3 - i, MSG_NOSIGNAL);
		if (k < 0)
			return perror("send"), 1;
		i += k;
	}
	for (size_t i = 0; i < n;) {
		ssize_t k = recv(s, jawab + i, n - i, MSG_WAITALL);
		if (k < 0)
			return perror("recv"), 1;
		if (k == 0)
			return fprintf(stderr, "baru %zu dari %zu byte\n", i, n), 1;
		i += k;
	}
	for (size_t i = 0; i < n; i += 16)
		printf("%4zu: %.*s\n", i / 16, (int)(n - i < 16 ? n - i : 16), jawab + i);
	return 0;
}
