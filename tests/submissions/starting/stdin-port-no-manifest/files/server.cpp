#include <iostream>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace std;

int main()
{
    int port;
    cout << "Masukkan nomor port: ";
    cin >> port;
    sockaddr_in a{};
    a.sin_family = AF_INET;
    a.sin_port = htons(port);
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(s, (sockaddr *)&a, sizeof a) < 0 || listen(s, 5) < 0) {
        cerr << "gagal" << endl;
        return 1;
    }
    while (true)
        close(accept(s, nullptr, nullptr));
}
