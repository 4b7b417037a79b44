package main

import (
	"bufio"
	"log"
	"net"
	"os"
)

func serve(c net.Conn) {
	defer c.Close()
	text, err := bufio.NewReader(c).ReadBytes('.')
	if err != nil {
		log.Print(err)
		return
	}
	if _, err := c.Write(text); err != nil {
		log.Print(err)
	}
}

func main() {
	l, err := net.Listen("tcp", net.JoinHostPort(os.Args[1], os.Args[2]))
	if err != nil {
		log.Fatal(err)
	}
	for {
		c, err := l.Accept()
		if err != nil {
			log.Print(err)
			continue
		}
		go serve(c)
	}
}
