#include "sockstream.hpp"

#include <iostream>
#include <string>

#include <arpa/inet.h>

int main(int argc, char **argv)
{
    if (argc != 4) {
        std::cerr << "usage: client HOST PORT MESSAGE" << std::endl;
        return 1;
    }
    sockaddr_in a{};
    a.sin_family = AF_INET;
    a.sin_port = htons(std::stoi(argv[2]));
    inet_pton(AF_INET, argv[1], &a.sin_addr);
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, reinterpret_cast<sockaddr *>(&a), sizeof a) < 0) {
        std::cerr << "tidak bisa terhubung ke " << argv[1] << ':' << argv[2] << '\n';
        return 1;
    }
    SockStream stream(s);
    stream << argv[3] << std::flush;
    std::string jawab;
    if (!std::getline(stream, jawab, '.') || stream.eof()) {
        std::cerr << "jawaban terpotong\n";
        return 1;
    }
    std::cout << jawab << '.' << std::endl;
}
