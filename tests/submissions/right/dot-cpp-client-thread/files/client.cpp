#include <future>
#include <iostream>
#include <stdexcept>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

static std::string baca(int s)
{
    std::string hasil;
    char c;
    do {
        if (::read(s, &c, 1) != 1)
            throw std::runtime_error("koneksi putus setelah " + std::to_string(hasil.size()) + " byte");
        hasil += c;
    } while (c != '.');
    return hasil;
}

int main(int argc, char **argv)
try {
    if (argc != 4)
        throw std::invalid_argument("client HOST PORT PESAN");
    sockaddr_in a{};
    a.sin_family = AF_INET;
    a.sin_port = htons(static_cast<uint16_t>(std::stoul(argv[2])));
    if (inet_pton(AF_INET, argv[1], &a.sin_addr) != 1)
        throw std::invalid_argument("alamat IPv4 salah");
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, reinterpret_cast<sockaddr *>(&a), sizeof a))
        throw std::runtime_error("connect gagal");
    auto balas = std::async(std::launch::async, baca, s);
    std::string pesan = argv[3];
    for (size_t i = 0; i < pesan.size();) {
        ssize_t n = send(s, pesan.data() + i, pesan.size() - i, MSG_NOSIGNAL);
        if (n <= 0)
            break; // pembaca yang akan melaporkan
        i += n;
    }
    std::cout << "Balasan: " << balas.get() << std::endl;
    close(s);
} catch (const std::exception &e) {
    std::cerr << "Error: " << e.what() << std::endl;
    return 1;
}
