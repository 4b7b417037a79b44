package main

import (
	"fmt"
	"io"
	"net"
	"os"
)

func gagal(err error) {
	fmt.Fprintln(os.Stderr, "client:", err)
	os.Exit(1)
}

func main() {
	conn, err := net.Dial("tcp", net.JoinHostPort(os.Args[1], os.Args[2]))
	if err != nil {
		gagal(err)
	}
	defer conn.Close()
	pesan := []byte(os.Args[3])
	if _, err := conn.Write(pesan); err != nil {
		gagal(err)
	}
	balas := make([]byte, len(pesan))
	if _, err := io.ReadFull(conn, balas); err != nil {
		gagal(err)
	}
	fmt.Printf("%s\n", balas)
}
