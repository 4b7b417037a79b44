/* SPDX-License-Identifier: MIT
 * Looks up a name and a service, and prints all that getaddrinfo() finds: what a client would give to
 * socket() and connect(), one after the other until one works. */
#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>

struct name {
    int value;
    const char *text;
};

static const struct name families[] = {{AF_INET, "AF_INET"}, {AF_INET6, "AF_INET6"}, {0, NULL}};
static const struct name types[] = {
    {SOCK_STREAM, "SOCK_STREAM"}, {SOCK_DGRAM, "SOCK_DGRAM"}, {SOCK_RAW, "SOCK_RAW"}, {0, NULL}};
static const struct name protocols[] = {{IPPROTO_TCP, "IPPROTO_TCP"},
                                        {IPPROTO_UDP, "IPPROTO_UDP"},
                                        {IPPROTO_IP, "IPPROTO_IP"},
                                        {0, NULL}};

static void print_name(const char *label, const struct name *names, int value)
{
    while (names->text && names->value != value)
        names++;
    if (names->text)
        printf("%s : %s\n", label, names->text);
    else
        printf("%s : %d\n", label, value);
}

static void print_address(const struct sockaddr *address)
{
    char text[INET6_ADDRSTRLEN] = "?";
    unsigned port = 0;
    if (address->sa_family == AF_INET6) {
        const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)address;
        inet_ntop(AF_INET6, &v6->sin6_addr, text, sizeof text);
        port = ntohs(v6->sin6_port);
    } else if (address->sa_family == AF_INET) {
        const struct sockaddr_in *v4 = (const struct sockaddr_in *)address;
        inet_ntop(AF_INET, &v4->sin_addr, text, sizeof text);
        port = ntohs(v4->sin_port);
    }
    printf("Socket address: ('%s', %u)\n", text, port);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s NAME SERVICE\n", argv[0]);
        return 2;
    }
    struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_flags = AI_CANONNAME}, *results;
    int error = getaddrinfo(argv[1], argv[2], &hints, &results);
    if (error) {
        fprintf(stderr, "%s: %s %s: %s\n", argv[0], argv[1], argv[2], gai_strerror(error));
        return 1;
    }
    for (const struct addrinfo *one = results; one; one = one->ai_next) {
        print_name("Family", families, one->ai_family);
        print_name("Type", types, one->ai_socktype);
        print_name("Protocol", protocols, one->ai_protocol);
        /* The name stands in the first result alone. */
        printf("Canonical name: %s\n", one->ai_canonname ? one->ai_canonname : "");
        print_address(one->ai_addr);
        putchar('\n');
    }
    freeaddrinfo(results);
    return 0;
}
