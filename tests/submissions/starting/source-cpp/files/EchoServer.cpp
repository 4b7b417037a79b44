#include <iostream>
#include <string>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

class EchoServer {
    int fd;
public:
    EchoServer(int port) {
        sockaddr_in a{};
        int on = 1;
        a.sin_family = AF_INET;
        a.sin_port = htons(port);
        fd = socket(AF_INET, SOCK_STREAM, 0);
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        if (bind(fd, (sockaddr *)&a, sizeof a) < 0) throw std::string("bind gagal");
        listen(fd, 5);
    }
    void run() {
        for (;;) {
            int c = accept(fd, nullptr, nullptr);
            std::string pesan;
            char ch;
            while (recv(c, &ch, 1, 0) == 1) {
                pesan += ch;
                if (ch == '.') {
                    kirim(c, pesan);
                    break;
                }
            }
            close(c);
        }
    }
    static void kirim(int c, const std::string &p) {
        for (size_t i = 0; i < p.length();) {
            ssize_t n = send(c, p.c_str() + i, p.length() - i, MSG_NOSIGNAL);
            if (n < 0) return;
            i += n;
        }
    }
};

int main(int argc, char **argv)
{
    try {
        EchoServer s(std::stoi(argv[argc > 2 ? 2 : 1]));
        s.run();
    } catch (std::string &e) {
        std::cerr << e << std::endl;
        return 1;
    }
}
