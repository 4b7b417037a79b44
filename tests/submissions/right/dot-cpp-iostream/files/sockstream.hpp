// std::iostream di atas socket
#pragma once
#include <istream>
#include <ostream>
#include <streambuf>
#include <sys/socket.h>
#include <unistd.h>

class SockBuf : public std::streambuf {
public:
    explicit SockBuf(int fd) : fd_(fd)
    {
        setp(out_, out_ + sizeof out_);
    }
    ~SockBuf() override
    {
        sync();
        ::close(fd_);
    }

protected:
    int_type underflow() override
    {
        ssize_t n = ::recv(fd_, in_, sizeof in_, 0);
        if (n <= 0)
            return traits_type::eof();
        setg(in_, in_, in_ + n);
        return traits_type::to_int_type(*gptr());
    }
    int_type overflow(int_type c) override
    {
        if (sync() < 0)
            return traits_type::eof();
        if (!traits_type::eq_int_type(c, traits_type::eof()))
            sputc(traits_type::to_char_type(c));
        return traits_type::not_eof(c);
    }
    int sync() override
    {
        char *p = pbase();
        while (p < pptr()) {
            ssize_t n = ::send(fd_, p, pptr() - p, MSG_NOSIGNAL);
            if (n <= 0) {
                setp(out_, out_ + sizeof out_);
                return -1;
            }
            p += n;
        }
        setp(out_, out_ + sizeof out_);
        return 0;
    }

private:
    int fd_;
    char in_[1024], out_[1024];
};

class SockStream : public std::iostream {
public:
    explicit SockStream(int fd) : std::iostream(nullptr), buf_(fd)
    {
        rdbuf(&buf_);
    }

private:
    SockBuf buf_;
};
