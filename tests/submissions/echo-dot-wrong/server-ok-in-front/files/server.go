package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
)

func main() {
	ln, err := net.Listen("tcp", os.Args[1]+":"+os.Args[2])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for {
		conn, err := ln.Accept()
		if err != nil {
			continue
		}
		go func() {
			defer conn.Close()
			pesan, err := bufio.NewReader(conn).ReadBytes('.')
			if err != nil {
				return
			}
			fmt.Fprintf(conn, "OK %s", pesan)
		}()
	}
}
