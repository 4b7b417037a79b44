#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <syslog.h>
#include <unistd.h>

static void jadi_daemon(void)
{
	if (fork() != 0)
		exit(0);
	setsid();
	signal(SIGHUP, SIG_IGN);
	if (fork() != 0)
		exit(0);
	umask(0);
	(void)!chdir("/");
	for (int fd = 0; fd < 64; fd++)
		close(fd);
	open("/dev/null", O_RDWR);
	dup(0);
	dup(0);
	openlog("echod", LOG_PID, LOG_DAEMON);
}

int main(int argc, char **argv)
{
	struct sockaddr_in a = {.sin_family = AF_INET};
	int on = 1;

	if (argc < 3) {
		fprintf(stderr, "usage: server host port\n");
		return 1;
	}
	jadi_daemon();
	signal(SIGPIPE, SIG_IGN);
	a.sin_port = htons(atoi(argv[2]));
	int s = socket(AF_INET, SOCK_STREAM, 0);
	setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(s, (struct sockaddr *)&a, sizeof a) < 0 || listen(s, 5) < 0) {
		syslog(LOG_ERR, "bind: %m");
		return 1;
	}
	for (;;) {
		char buf[4096], *titik = NULL;
		int fd = accept(s, NULL, NULL);
		while (!titik) {
			ssize_t n = read(fd, buf, sizeof buf), i = 0, k = 0;
			if (n <= 0)
				break;
			titik = memchr(buf, '.', n);
			if (titik)
				n = titik + 1 - buf;
			while (i < n && (k = write(fd, buf + i, n - i)) > 0)
				i += k;
			if (k <= 0)
				break;
		}
		close(fd);
	}
}
