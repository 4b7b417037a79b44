#define _GNU_SOURCE
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* client HOST PORT MODE SHIFT TEXT */
int main(int argc, char **argv)
{
	struct sockaddr_in a = {.sin_family = AF_INET};
	if (argc != 6) {
		fprintf(stderr, "client HOST PORT e|d GESER TEKS\n");
		return 1;
	}
	a.sin_port = htons(atoi(argv[2]));
	inet_pton(AF_INET, argv[1], &a.sin_addr);
	int s = socket(AF_INET, SOCK_STREAM, 0);
	if (connect(s, (struct sockaddr *)&a, sizeof a)) {
		perror("connect");
		return 1;
	}
	char *pesan;
	int n = asprintf(&pesan, "%s%s%s.", argv[3], argv[4], argv[5]);
	for (int i = 0; i < n;) {
		ssize_t k = send(s, pesan + i, n - i, MSG_NOSIGNAL);
		if (k < 0) {
			perror("send");
			return 1;
		}
		i += k;
	}
	char c = 0;
	while (c != '.') {
		if (recv(s, &c, 1, 0) != 1) {
			fprintf(stderr, "jawaban terputus\n");
			return 1;
		}
		write(1, &c, 1);
	}
	return 0;
}
