#include "net.hpp"

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

int buka_server(const char *host, const char *port)
{
    addrinfo petunjuk{}, *hasil = nullptr;
    petunjuk.ai_socktype = SOCK_STREAM;
    petunjuk.ai_flags = AI_PASSIVE;
    if (getaddrinfo(host, port, &petunjuk, &hasil) != 0)
        return -1;
    int fd = socket(hasil->ai_family, hasil->ai_socktype, hasil->ai_protocol), ya = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &ya, sizeof ya);
    if (bind(fd, hasil->ai_addr, hasil->ai_addrlen) < 0 || listen(fd, 10) < 0) {
        close(fd);
        fd = -1;
    }
    freeaddrinfo(hasil);
    return fd;
}

std::string baca_kalimat(int fd)
{
    std::string k;
    char b[300];
    ssize_t n;
    while ((n = recv(fd, b, sizeof b, 0)) > 0) {
        k.append(b, n);
        auto titik = k.find('.');
        if (titik != std::string::npos)
            return k.substr(0, titik + 1);
    }
    return "";
}

bool kirim(int fd, const std::string &data)
{
    size_t sudah = 0;
    while (sudah < data.size()) {
        ssize_t n = send(fd, data.data() + sudah, data.size() - sudah, MSG_NOSIGNAL);
        if (n <= 0)
            return false;
        sudah += n;
    }
    return true;
}
