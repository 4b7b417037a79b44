#include <algorithm>
#include <cstring>
#include <iostream>
#include <string>
#include <thread>

#include <netdb.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace std;

string sandi(const string &permintaan)
{
    int k = 0;
    if (isdigit((unsigned char)permintaan[1]) && isdigit((unsigned char)permintaan[2]))
        k = stoi(permintaan.substr(1, 2)) % 26;
    if (permintaan[0] == 'd')
        k = (26 - k) % 26;
    string hasil = permintaan.substr(3);
    transform(hasil.begin(), hasil.end(), hasil.begin(), [k](char c) {
        return c >= 'a' && c <= 'z' ? char('a' + (c - 'a' + k) % 26) : c;
    });
    return hasil;
}

void layani(int fd)
{
    string data;
    char buf[777];
    size_t titik;
    while ((titik = data.find('.')) == string::npos) {
        auto n = recv(fd, buf, sizeof buf, 0);
        if (n <= 0) {
            close(fd);
            return;
        }
        data.append(buf, n);
    }
    data.resize(titik + 1);
    if (data.size() >= 4) {
        string hasil = sandi(data);
        for (size_t i = 0; i < hasil.size();) {
            auto n = send(fd, hasil.data() + i, hasil.size() - i, 0);
            if (n <= 0)
                break;
            i += n;
        }
    }
    close(fd);
}

int main(int argc, char *argv[])
{
    if (argc < 3) {
        cerr << "Usage: " << argv[0] << " <host> <port>" << endl;
        return EXIT_FAILURE;
    }
    signal(SIGPIPE, SIG_IGN);
    addrinfo hints{}, *info;
    hints.ai_socktype = SOCK_STREAM;
    if (getaddrinfo(argv[1], argv[2], &hints, &info)) {
        cerr << "alamat tidak valid" << endl;
        return EXIT_FAILURE;
    }
    int s = socket(info->ai_family, info->ai_socktype, info->ai_protocol), ya = 1;
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &ya, sizeof ya);
    if (bind(s, info->ai_addr, info->ai_addrlen) || listen(s, 10)) {
        cerr << strerror(errno) << endl;
        return EXIT_FAILURE;
    }
    cout << "Caesar server siap" << endl;
    while (true) {
        int c = accept(s, nullptr, nullptr);
        if (c >= 0)
            thread(layani, c).detach();
    }
}
