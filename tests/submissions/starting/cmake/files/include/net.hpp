#pragma once
#include <string>

int buka_server(const char *host, const char *port);
std::string baca_kalimat(int fd);
bool kirim(int fd, const std::string &data);
