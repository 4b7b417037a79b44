// Server echo dengan epoll (edge triggered)
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <unordered_map>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

struct Conn {
    std::string out;
    bool eof = false;
};

static int ep;
static std::unordered_map<int, Conn> conns;
static const size_t BATAS = 1 << 18; // berhenti membaca kalau buffer keluar sudah segini

static void hapus(int fd)
{
    epoll_ctl(ep, EPOLL_CTL_DEL, fd, nullptr);
    close(fd);
    conns.erase(fd);
}

static bool kirim(int fd, Conn &c)
{
    size_t off = 0;
    while (off < c.out.size()) {
        ssize_t n = send(fd, c.out.data() + off, c.out.size() - off, MSG_NOSIGNAL);
        if (n < 0) {
            c.out.erase(0, off);
            return errno == EAGAIN;
        }
        off += n;
    }
    c.out.clear();
    return true;
}

// true selama koneksi masih hidup
static bool urus(int fd, Conn &c)
{
    char buf[4096];
    for (;;) {
        if (!kirim(fd, c))
            return false;
        if (c.eof)
            return !c.out.empty();
        if (c.out.size() >= BATAS)
            return true; // nanti dibangunkan oleh EPOLLOUT
        ssize_t n = recv(fd, buf, sizeof buf, 0);
        if (n == 0)
            c.eof = true;
        else if (n < 0)
            return errno == EAGAIN;
        else
            c.out.append(buf, n);
    }
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        std::fprintf(stderr, "pakai: %s host port\n", argv[0]);
        return 1;
    }
    addrinfo hints{}, *ai;
    hints.ai_socktype = SOCK_STREAM;
    if (getaddrinfo(argv[1], argv[2], &hints, &ai) != 0)
        return 1;
    int on = 1;
    int s = socket(ai->ai_family, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(s, ai->ai_addr, ai->ai_addrlen) < 0 || listen(s, SOMAXCONN) < 0) {
        std::perror("bind");
        return 1;
    }
    ep = epoll_create1(0);
    epoll_event ev{};
    ev.events = EPOLLIN;
    ev.data.fd = s;
    epoll_ctl(ep, EPOLL_CTL_ADD, s, &ev);
    for (;;) {
        epoll_event evs[64];
        int n = epoll_wait(ep, evs, 64, -1);
        for (int i = 0; i < n; i++) {
            int fd = evs[i].data.fd;
            if (fd == s) {
                int c = accept4(s, nullptr, nullptr, SOCK_NONBLOCK);
                if (c < 0)
                    continue;
                conns[c] = Conn();
                epoll_event e{};
                e.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
                e.data.fd = c;
                epoll_ctl(ep, EPOLL_CTL_ADD, c, &e);
            } else if (conns.count(fd) && !urus(fd, conns[fd])) {
                hapus(fd);
            }
        }
    }
}
