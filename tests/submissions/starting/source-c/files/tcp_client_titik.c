#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
  struct sockaddr_in alamat = {.sin_family = AF_INET};
  char huruf;
  if (argc < 4) { puts("./tcp_client_titik host port pesan"); return 1; }
  alamat.sin_port = htons(atoi(argv[2]));
  inet_pton(AF_INET, argv[1], &alamat.sin_addr);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (struct sockaddr *)&alamat, sizeof(alamat)) < 0) { perror("connect"); return 1; }
  for (size_t i = 0, n = strlen(argv[3]); i < n;) {
    ssize_t k = send(fd, argv[3] + i, n - i, MSG_NOSIGNAL);
    if (k < 0) { perror("send"); return 1; }
    i += k;
  }
  printf("Balasan: ");
  while (recv(fd, &huruf, 1, 0) == 1) {
    putchar(huruf);
    if (huruf == '.') { putchar('\n'); close(fd); return 0; }
  }
  fprintf(stderr, "\nbalasan tidak lengkap\n");
  return 1;
}
