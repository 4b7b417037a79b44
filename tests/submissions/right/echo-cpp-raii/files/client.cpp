#include "socket.hpp"

#include <iostream>

int main(int argc, char **argv)
{
    if (argc != 4)
        return std::cerr << "client HOST PORT PESAN\n", 1;
    try {
        Socket s = Socket::sambung(argv[1], argv[2]);
        std::string pesan = argv[3], balas;
        s.tulis(pesan);
        while (balas.size() < pesan.size()) {
            std::string d = s.baca(pesan.size() - balas.size());
            if (d.empty())
                throw std::runtime_error("server menutup koneksi terlalu awal");
            balas += d;
        }
        std::cout << balas << std::endl;
    } catch (const std::exception &e) {
        std::cerr << "gagal: " << e.what() << std::endl;
        return 1;
    }
}
