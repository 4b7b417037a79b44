package main

import (
	"encoding/binary"
	"fmt"
	"net"
	"os"
	"strconv"
	"time"
)

func sum(b []byte) uint16 {
	var s uint32
	for i := 0; i+1 < len(b); i += 2 {
		s += uint32(b[i])<<8 | uint32(b[i+1])
	}
	if len(b)%2 == 1 {
		s += uint32(b[len(b)-1]) << 8
	}
	for s>>16 != 0 {
		s = s&0xffff + s>>16
	}
	return ^uint16(s)
}

func main() {
	if len(os.Args) != 3 {
		os.Exit(2)
	}
	count, _ := strconv.Atoi(os.Args[2])
	conn, err := net.ListenPacket("ip4:icmp", "0.0.0.0")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	host := &net.IPAddr{IP: net.ParseIP(os.Args[1])}
	id, got := uint16(os.Getpid()), 0
	for seq := 1; seq <= count; seq++ {
		out := make([]byte, 24)
		out[0] = 8
		binary.BigEndian.PutUint16(out[4:], id)
		binary.BigEndian.PutUint16(out[6:], uint16(seq))
		binary.BigEndian.PutUint16(out[2:], sum(out))
		conn.WriteTo(out, host)
		conn.SetReadDeadline(time.Now().Add(time.Second))
		in := make([]byte, 1500)
		for {
			n, from, err := conn.ReadFrom(in) // without the IP header
			if err != nil {
				fmt.Println("lost", seq)
				break
			}
			if n >= 8 && from.String() == host.String() && in[0] == 0 && sum(in[:n]) == 0 &&
				binary.BigEndian.Uint16(in[4:]) == id && binary.BigEndian.Uint16(in[6:]) == uint16(seq) {
				fmt.Println(n, "bytes from", from, "seq", seq)
				got++
				break
			}
		}
	}
	if got == 0 {
		os.Exit(1)
	}
}
