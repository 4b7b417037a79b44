package main

import (
	"fmt"
	"io"
	"log"
	"net"
	"os"
)

func main() {
	c, err := net.Dial("tcp", "localhost:4243")
	if err != nil {
		log.Fatal(err)
	}
	message := []byte(os.Args[3])
	if _, err := c.Write(message); err != nil {
		log.Fatal(err)
	}
	echo := make([]byte, len(message))
	if _, err := io.ReadFull(c, echo); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s\n", echo)
}
