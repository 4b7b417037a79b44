#include "socket.hpp"

#include <iostream>
#include <memory>
#include <thread>

static void layani(std::shared_ptr<Socket> c)
{
    try {
        for (std::string d = c->baca(8192); !d.empty(); d = c->baca(8192))
            c->tulis(d);
    } catch (const std::exception &e) {
        std::cerr << "client: " << e.what() << std::endl;
    }
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return std::cerr << "server HOST PORT\n", 1;
    try {
        Socket s = Socket::dengar(argv[1], argv[2]);
        while (true) {
            auto c = std::make_shared<Socket>(s.terima());
            std::thread(layani, c).detach();
        }
    } catch (const std::exception &e) {
        std::cerr << e.what() << std::endl;
        return 1;
    }
}
