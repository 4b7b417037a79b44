package main

import (
	"log"
	"net"
	"os"

	"kampus.ac.id/titik/titik"
)

func tangani(c net.Conn) {
	defer c.Close()
	pesan, err := titik.Baca(c)
	if err != nil {
		log.Println(c.RemoteAddr(), err)
		return
	}
	c.Write(pesan)
}

func main() {
	l, err := net.Listen("tcp4", os.Args[1]+":"+os.Args[2])
	if err != nil {
		log.Fatalln(err)
	}
	for {
		c, err := l.Accept()
		if err != nil {
			log.Fatalln(err)
		}
		go tangani(c)
	}
}
