#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <errno.h>
#include <signal.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

void on_alarm(int sig)
{
  static const char m[] = "timeout!\n";
  ssize_t r = write(2, m, sizeof(m) - 1);
  (void)r;
  (void)sig;
  _exit(3);
}

void die(const char *what)
{
  perror(what);
  exit(1);
}

int main(int argc, char *argv[])
{
  int sock, on = 1, i, ok = -1;
  struct hostent *he;
  struct sockaddr_in sa;
  char *answer = NULL, c;
  size_t n = 0, room = 0;
  const char *p;

  if (argc != 4) {
    fprintf(stderr, "Usage: %s HOST PORT MESSAGE\n", argv[0]);
    exit(1);
  }
  he = gethostbyname(argv[1]);
  if (he == NULL) {
    fprintf(stderr, "%s: %s\n", argv[1], hstrerror(h_errno));
    exit(1);
  }
  signal(SIGALRM, on_alarm);
  alarm(8);
  sock = -1;
  for (i = 0; he->h_addr_list[i] != NULL && ok < 0; i++) {
    sock = socket(AF_INET, SOCK_STREAM, 0);
    if (sock < 0)
      die("socket");
    bzero(&sa, sizeof(sa));
    sa.sin_family = AF_INET;
    sa.sin_port = htons(atoi(argv[2]));
    bcopy(he->h_addr_list[i], &sa.sin_addr, sizeof(sa.sin_addr));
    ok = connect(sock, (struct sockaddr *)&sa, sizeof(sa));
    if (ok < 0) {
      perror("connect");
      close(sock);
    }
  }
  if (ok < 0)
    exit(1);
  setsockopt(sock, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  alarm(120);

  /* send, letter by letter */
  for (p = argv[3]; *p; p++) {
    ssize_t r;
    do
      r = send(sock, p, 1, MSG_NOSIGNAL);
    while (r == 0 || (r < 0 && errno == EINTR));
    if (r < 0)
      die("send");
  }

  /* and back */
  do {
    ssize_t r = recv(sock, &c, 1, 0);
    if (r < 0 && errno == EINTR) {
      c = 0;
      continue;
    }
    if (r < 0)
      die("recv");
    if (r == 0) {
      fprintf(stderr, "server closed the connection, no '.' in %lu bytes\n", (unsigned long)n);
      exit(1);
    }
    if (n == room) {
      room = room ? room * 2 : 256;
      answer = realloc(answer, room);
      if (answer == NULL)
        die("realloc");
    }
    answer[n++] = c;
  } while (c != '.');

  alarm(0);
  close(sock);
  printf("Server says: ");
  fwrite(answer, 1, n, stdout);
  printf("\n");
  free(answer);
  return 0;
}
