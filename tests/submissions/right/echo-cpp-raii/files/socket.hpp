#pragma once
#include <string>

class Socket {
public:
    static Socket dengar(const std::string &host, const std::string &port);
    static Socket sambung(const std::string &host, const std::string &port);
    Socket(Socket &&lain) noexcept : fd(lain.fd) { lain.fd = -1; }
    Socket(const Socket &) = delete;
    ~Socket();
    Socket terima() const;
    std::string baca(size_t maksimum) const; // kosong = akhir aliran
    void tulis(const std::string &data) const;

private:
    explicit Socket(int f) : fd(f) {}
    int fd;
};
