#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
    struct addrinfo hints, *list;
    memset(&hints, 0, sizeof hints);
    hints.ai_flags = AI_CANONNAME;
    int e = getaddrinfo(argv[1], argv[2], &hints, &list);
    if (e) {
        fprintf(stderr, "%s\n", gai_strerror(e));
        return 1;
    }
    for (struct addrinfo *p = list; p; p = p->ai_next) {
        char text[64];
        if (p->ai_family == AF_INET) {
            struct sockaddr_in *in = (struct sockaddr_in *)p->ai_addr;
            inet_ntop(AF_INET, &in->sin_addr, text, sizeof text);
            printf("address=%s:%d", text, ntohs(in->sin_port));
        } else {
            struct sockaddr_in6 *in = (struct sockaddr_in6 *)p->ai_addr;
            inet_ntop(AF_INET6, &in->sin6_addr, text, sizeof text);
            printf("address=[%s]:%d", text, ntohs(in->sin6_port));
        }
        printf(" family=%d type=%d protocol=%d canonical=%s\n", p->ai_family, p->ai_socktype,
               p->ai_protocol, p->ai_canonname ? p->ai_canonname : "-");
    }
    return 0;
}
