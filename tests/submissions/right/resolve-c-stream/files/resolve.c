#include <netdb.h>
#include <stdio.h>
#include <sys/socket.h>

int main(int argc, char **argv)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_CANONNAME}, *list, *p;
    int e = argc == 3 ? getaddrinfo(argv[1], argv[2], &hints, &list) : EAI_NONAME;
    if (e != 0) {
        fprintf(stderr, "getaddrinfo: %s\n", gai_strerror(e));
        return 1;
    }
    printf("canonical: %s\n", list->ai_canonname);
    for (p = list; p != NULL; p = p->ai_next) {
        char host[100], port[10];
        getnameinfo(p->ai_addr, p->ai_addrlen, host, sizeof host, port, sizeof port,
                    NI_NUMERICHOST | NI_NUMERICSERV);
        printf("%s stream tcp %s port %s\n", p->ai_family == AF_INET6 ? "IPv6" : "IPv4", host, port);
    }
    freeaddrinfo(list);
    return 0;
}
