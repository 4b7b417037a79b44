#ifndef UTIL_H
#define UTIL_H
#include <stddef.h>
#include <sys/types.h>

/* membaca sampai titik, hasilnya harus di-free; NULL kalau putus */
char *baca_sampai_titik(int fd, size_t *panjang);
int kirim_semua(int fd, const char *p, size_t n);
#endif
