#ifndef NET_H
#define NET_H
#include <stddef.h>

int net_listen(const char *host, const char *port);
int net_send_all(int fd, const void *data, size_t size);
/* reads and forgets until the peer ends or `ms` are over; -1 on an error */
int net_drain(int fd, int ms);

#endif
