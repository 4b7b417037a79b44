#include <stdio.h>
#include <sys/socket.h>

int main(int argc, char **argv)
{
    int s = socket(AF_INET, SOCK_STREAM, 0)
    printf("socket %d\n", s);
    return 0;
}
