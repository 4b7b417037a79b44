package main

import (
	"encoding/binary"
	"fmt"
	"net"
	"os"
	"strconv"
	"syscall"
)

func main() {
	count, err := strconv.Atoi(os.Args[1])
	if err != nil {
		os.Exit(2)
	}
	fd, err := syscall.Socket(syscall.AF_PACKET, syscall.SOCK_RAW, int(0x0300)) // ETH_P_ALL in network byte order
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	b := make([]byte, 65536)
	for count > 0 {
		n, _, err := syscall.Recvfrom(fd, b, 0)
		if err != nil || n < 54 || binary.BigEndian.Uint16(b[12:]) != 0x0800 || b[23] != 6 {
			continue
		}
		ip := b[14:n]
		tcp := ip[int(ip[0]&15)*4 : binary.BigEndian.Uint16(ip[2:])]
		fmt.Println("dari", net.IP(ip[12:16]), binary.BigEndian.Uint16(tcp), "ke", net.IP(ip[16:20]),
			binary.BigEndian.Uint16(tcp[2:]), "panjang segmen", len(tcp))
		count--
	}
}
