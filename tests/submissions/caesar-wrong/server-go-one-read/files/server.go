package main

import (
	"bytes"
	"log"
	"net"
	"os"
	"strconv"
)

func geser(teks []byte, n int) []byte {
	hasil := make([]byte, len(teks))
	for i, c := range teks {
		if c >= 'a' && c <= 'z' {
			c = 'a' + byte(((int(c)-'a'+n)%26+26)%26)
		}
		hasil[i] = c
	}
	return hasil
}

func layani(conn net.Conn) {
	defer conn.Close()
	buf := make([]byte, 100000)
	n, err := conn.Read(buf)
	if err != nil {
		return
	}
	titik := bytes.IndexByte(buf[:n], '.')
	if titik < 3 {
		return
	}
	shift, err := strconv.Atoi(string(buf[1:3]))
	if err != nil {
		shift = 0
	}
	if buf[0] == 'd' {
		shift = -shift
	}
	conn.Write(geser(buf[3:titik+1], shift))
}

func main() {
	ln, err := net.Listen("tcp", os.Args[1]+":"+os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	for {
		conn, err := ln.Accept()
		if err != nil {
			log.Println(err)
			continue
		}
		go layani(conn)
	}
}
