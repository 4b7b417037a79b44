package main

import (
	"bytes"
	"net"
)

func layani(c net.Conn) {
	defer c.Close()
	var semua []byte
	buf := make([]byte, 1024)
	for {
		n, err := c.Read(buf)
		semua = append(semua, buf[:n]...)
		if i := bytes.IndexByte(semua, '.'); i >= 0 {
			c.Write(semua[:i+1])
			return
		}
		if err != nil {
			return
		}
	}
}
