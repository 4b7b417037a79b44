/* Looks up a name and a service, and prints all that getaddrinfo() finds.
 *
 *     ./resolve NAME SERVICE
 *
 * This is a start. It builds and runs, and finds nothing yet: write what the TODOs name, from the first to the
 * last. After each of them, `sockgrade check` says how far you are. */
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

/* TODO 2: print one result: its family, type and protocol by name, its canonical name (NULL in all but the
 * first), and its address and port. getnameinfo() with NI_NUMERICHOST | NI_NUMERICSERV makes text of an
 * address of either family. */
static void print_result(const struct addrinfo *result)
{
    (void)result;
}

/* TODO 1: return what getaddrinfo() finds, with hints for AF_UNSPEC and AI_CANONNAME. Where it fails, print
 * gai_strerror() on standard error and exit with status 1. */
static struct addrinfo *look_up(const char *name, const char *service)
{
    fprintf(stderr, "resolve: look_up(%s, %s) is not written yet\n", name, service);
    exit(1);
}

int main(int argc, char *argv[])
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s NAME SERVICE\n", argv[0]);
        return 2;
    }
    struct addrinfo *results = look_up(argv[1], argv[2]);
    /* TODO 3: print all results: the next one is in ai_next. */
    print_result(results);
    freeaddrinfo(results);
    return 0;
}
