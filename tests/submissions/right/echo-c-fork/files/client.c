/* Echo client: kirim pesan, terima kembali sebanyak yang dikirim */
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *res, *p;
	int fd = -1;

	if (argc < 4) {
		fprintf(stderr, "pakai: %s HOST PORT PESAN\n", argv[0]);
		return 2;
	}
	if (getaddrinfo(argv[1], argv[2], &hints, &res) != 0) {
		fprintf(stderr, "alamat salah\n");
		return 1;
	}
	for (p = res; p; p = p->ai_next) {
		fd = socket(p->ai_family, p->ai_socktype, p->ai_protocol);
		if (fd >= 0 && connect(fd, p->ai_addr, p->ai_addrlen) == 0)
			break;
		if (fd >= 0)
			close(fd);
		fd = -1;
	}
	if (fd < 0) {
		perror("connect");
		return 1;
	}
	size_t len = strlen(argv[3]), sent = 0, got = 0;
	while (sent < len) {
		ssize_t n = send(fd, argv[3] + sent, len - sent, MSG_NOSIGNAL);
		if (n < 0) {
			perror("send");
			return 1;
		}
		sent += n;
	}
	char *jawab = malloc(len + 1);
	while (got < len) {
		ssize_t n = recv(fd, jawab + got, len - got, 0);
		if (n < 0) {
			perror("recv");
			return 1;
		}
		if (n == 0) {
			fprintf(stderr, "koneksi ditutup sebelum selesai (%zu dari %zu byte)\n", got, len);
			return 1;
		}
		got += n;
	}
	printf("Balasan: ");
	fwrite(jawab, 1, got, stdout);
	printf("\n");
	close(fd);
	return 0;
}
