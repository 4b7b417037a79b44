#include "sockstream.hpp"

#include <cstdlib>
#include <iostream>
#include <string>

#include <arpa/inet.h>

int main(int argc, char **argv)
{
    if (argc != 3) {
        std::cerr << "usage: server HOST PORT" << std::endl;
        return 1;
    }
    sockaddr_in a{};
    a.sin_family = AF_INET;
    a.sin_port = htons(std::stoi(argv[2]));
    inet_pton(AF_INET, argv[1], &a.sin_addr);
    int s = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(s, reinterpret_cast<sockaddr *>(&a), sizeof a) < 0 || listen(s, 5) < 0) {
        std::cerr << "bind gagal" << std::endl;
        return 1;
    }
    for (;;) {
        int c = accept(s, nullptr, nullptr);
        if (c < 0)
            continue;
        SockStream stream(c);
        std::string pesan;
        if (std::getline(stream, pesan, '.') && !stream.eof())
            stream << pesan << '.' << std::flush;
    }
}
