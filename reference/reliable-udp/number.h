/* SPDX-License-Identifier: MIT
 * The number of a datagram: its first four bytes, the most significant one first. */
#ifndef REFERENCE_NUMBER_H
#define REFERENCE_NUMBER_H

#include <arpa/inet.h>
#include <stdint.h>
#include <string.h>

enum {
    NUMBER_BYTES = 4,
    MOST_DATA_BYTES = 1024, /* behind the number */
    MOST_DATAGRAM_BYTES = NUMBER_BYTES + MOST_DATA_BYTES,
};

static inline uint32_t read_number(const unsigned char *datagram)
{
    uint32_t number;
    memcpy(&number, datagram, sizeof number);
    return ntohl(number);
}

static inline void write_number(unsigned char *datagram, uint32_t number)
{
    number = htonl(number);
    memcpy(datagram, &number, sizeof number);
}

#endif
