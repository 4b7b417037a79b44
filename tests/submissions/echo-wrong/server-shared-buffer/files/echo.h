#ifndef ECHO_H
#define ECHO_H
void layani(int fd);
#endif
