#include <cstdint>
#include <vector>
#include <cstdio>
#include <cstdlib>
#include <cerrno>
#include <arpa/inet.h>
#include <unistd.h>
#include <sys/socket.h>
static bool readn(int c, char *p, size_t n) { while (n) { ssize_t k = read(c, p, n); if (k < 0 && errno == EINTR) continue; if (k <= 0) return false; p += k; n -= k; } return true; }
static bool writen(int c, const char *p, size_t n) { while (n) { ssize_t k = send(c, p, n, MSG_NOSIGNAL); if (k < 0 && errno == EINTR) continue; if (k < 0) return false; p += k; n -= k; } return true; }
int main(int argc, char **argv) {
    int s = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    sockaddr_in a{};
    a.sin_family = AF_INET; a.sin_port = htons(atoi(argv[2])); a.sin_addr.s_addr = inet_addr(argv[1]);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(s, (sockaddr *)&a, sizeof a) < 0) { perror("bind"); return 1; }
    listen(s, 3);
    for (;;) {
        int c = accept(s, nullptr, nullptr);
        for (;;) {
            unsigned char h[4];
            if (!readn(c, (char *)h, 4)) break;
            if (h[0] > 1) break;
            short n = (short)(h[2] << 8 | h[3]);
            if (n < 0) break;
            std::vector<char> b(n);
            if (!readn(c, b.data(), n)) break;
            if (!writen(c, (char *)h, 4) || !writen(c, b.data(), n)) break;
        }
        close(c);
    }
}
