void gema(int fd);
