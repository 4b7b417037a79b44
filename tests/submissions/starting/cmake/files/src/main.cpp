#include "net.hpp"

#include <iostream>

#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc != 3) {
        std::cerr << "pakai: tcp_server HOST PORT\n";
        return 1;
    }
    int s = buka_server(argv[1], argv[2]);
    if (s < 0) {
        std::cerr << "tidak bisa membuka port\n";
        return 1;
    }
    for (;;) {
        int c = accept(s, nullptr, nullptr);
        if (c < 0)
            continue;
        kirim(c, baca_kalimat(c));
        close(c);
    }
}
