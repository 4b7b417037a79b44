package main

import (
	"log"
	"net"
	"os"
)

func main() {
	ln, err := net.Listen("tcp", os.Args[1]+":"+os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	for {
		c, err := ln.Accept()
		if err != nil {
			log.Println(err)
			continue
		}
		go layani(c)
	}
}
