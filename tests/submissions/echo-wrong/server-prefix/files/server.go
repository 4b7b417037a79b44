package main

import (
	"fmt"
	"io"
	"net"
	"os"
)

func handle(c net.Conn) {
	defer c.Close()
	buf := make([]byte, 4096)
	for {
		n, err := c.Read(buf)
		if n > 0 {
			balas := append([]byte("Echo: "), buf[:n]...)
			if _, e := c.Write(balas); e != nil {
				return
			}
		}
		if err == io.EOF {
			return
		}
		if err != nil {
			fmt.Println("read:", err)
			return
		}
	}
}

func main() {
	ln, err := net.Listen("tcp", net.JoinHostPort(os.Args[1], os.Args[2]))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for {
		c, err := ln.Accept()
		if err != nil {
			continue
		}
		go handle(c)
	}
}
