#include "socket.hpp"

#include <cerrno>
#include <system_error>

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

using std::string;

static std::system_error galat(const char *apa)
{
    return std::system_error(errno, std::generic_category(), apa);
}

static addrinfo *cari(const string &host, const string &port)
{
    addrinfo h{}, *r = nullptr;
    h.ai_socktype = SOCK_STREAM;
    if (int rc = getaddrinfo(host.c_str(), port.c_str(), &h, &r))
        throw std::runtime_error(gai_strerror(rc));
    return r;
}

Socket Socket::dengar(const string &host, const string &port)
{
    addrinfo *r = cari(host, port);
    Socket s(::socket(r->ai_family, r->ai_socktype, 0));
    int ya = 1;
    setsockopt(s.fd, SOL_SOCKET, SO_REUSEADDR, &ya, sizeof ya);
    if (::bind(s.fd, r->ai_addr, r->ai_addrlen) < 0 || ::listen(s.fd, 64) < 0)
        throw galat("bind");
    freeaddrinfo(r);
    return s;
}

Socket Socket::sambung(const string &host, const string &port)
{
    addrinfo *r = cari(host, port);
    Socket s(::socket(r->ai_family, r->ai_socktype, 0));
    if (::connect(s.fd, r->ai_addr, r->ai_addrlen) < 0)
        throw galat("connect");
    freeaddrinfo(r);
    return s;
}

Socket::~Socket()
{
    if (fd >= 0)
        ::close(fd);
}

Socket Socket::terima() const
{
    int c = ::accept(fd, nullptr, nullptr);
    if (c < 0)
        throw galat("accept");
    return Socket(c);
}

string Socket::baca(size_t maksimum) const
{
    string data(maksimum, '\0');
    ssize_t n = ::recv(fd, &data[0], maksimum, 0);
    if (n < 0)
        throw galat("recv");
    data.resize(n);
    return data;
}

void Socket::tulis(const string &data) const
{
    for (size_t i = 0; i < data.size();) {
        ssize_t n = ::send(fd, data.data() + i, data.size() - i, MSG_NOSIGNAL);
        if (n < 0)
            throw galat("send");
        i += n;
    }
}
