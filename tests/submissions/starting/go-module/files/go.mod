module github.com/mahasiswa/tcp-server

go 1.19
