#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static char pesan[70000];

int main(int argc, char *argv[])
{
  struct sockaddr_in alamat;
  int server_fd, client_fd, opsi = 1;

  if (argc < 3) { puts("./tcp_server_titik host port"); return 1; }
  signal(SIGPIPE, SIG_IGN);
  server_fd = socket(AF_INET, SOCK_STREAM, 0);
  setsockopt(server_fd, SOL_SOCKET, SO_REUSEADDR, &opsi, sizeof(opsi));
  memset(&alamat, 0, sizeof(alamat));
  alamat.sin_family = AF_INET;
  alamat.sin_addr.s_addr = INADDR_ANY;
  alamat.sin_port = htons(atoi(argv[2]));
  if (bind(server_fd, (struct sockaddr *)&alamat, sizeof(alamat)) < 0) { perror("bind"); return 1; }
  listen(server_fd, 3);
  while (1) {
    size_t panjang = 0, terkirim = 0;
    ssize_t n;
    char *titik = NULL;
    client_fd = accept(server_fd, NULL, NULL);
    if (client_fd < 0) continue;
    while (!titik && panjang < sizeof(pesan) &&
           (n = recv(client_fd, pesan + panjang, sizeof(pesan) - panjang, 0)) > 0) {
      titik = memchr(pesan + panjang, '.', n);
      panjang += n;
    }
    if (titik) {
      panjang = titik - pesan + 1;
      while (terkirim < panjang && (n = send(client_fd, pesan + terkirim, panjang - terkirim, 0)) > 0)
        terkirim += n;
    }
    close(client_fd);
  }
}
