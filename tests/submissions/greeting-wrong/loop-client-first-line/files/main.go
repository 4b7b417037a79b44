// greeting-client HOST PORT MESSAGE
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"time"
)

// salam membaca ucapan dari server.
func salam(conn net.Conn) (string, error) {
	r := bufio.NewReader(conn)
	s, err := r.ReadString('\n')
	if err != nil && err != io.EOF {
		return s, err
	}
	if s == "" {
		return s, errors.New("server tidak mengirim salam")
	}
	return s, nil
}

func run(host, port, pesan string) error {
	d := net.Dialer{Timeout: 8 * time.Second}
	conn, err := d.Dial("tcp", net.JoinHostPort(host, port))
	if err != nil {
		return err
	}
	defer conn.Close()

	s, err := salam(conn)
	if err != nil {
		return err
	}
	fmt.Printf("Server berkata: %s\n", s)

	if _, err := io.WriteString(conn, pesan); err != nil {
		// salam sudah diterima, jadi cukup dicatat
		fmt.Fprintln(os.Stderr, "kirim:", err)
	}
	return nil
}

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "pakai: greeting-client HOST PORT PESAN")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, "galat:", err)
		os.Exit(1)
	}
}
