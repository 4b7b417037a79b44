#include <stdio.h>
#include <winsock2.h>

#pragma comment(lib, "ws2_32.lib")

int main(int argc, char *argv[])
{
    WSADATA wsa;
    SOCKET s, c;
    struct sockaddr_in a;

    if (WSAStartup(MAKEWORD(2, 2), &wsa) != 0) {
        printf("Failed. Error Code : %d", WSAGetLastError());
        return 1;
    }
    s = socket(AF_INET, SOCK_STREAM, 0);
    a.sin_family = AF_INET;
    a.sin_addr.s_addr = INADDR_ANY;
    a.sin_port = htons(8888);
    bind(s, (struct sockaddr *)&a, sizeof(a));
    listen(s, 3);
    c = accept(s, NULL, NULL);
    closesocket(c);
    WSACleanup();
    return 0;
}
