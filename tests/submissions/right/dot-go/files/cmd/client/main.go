package main

import (
	"fmt"
	"log"
	"net"
	"os"

	"kampus.ac.id/titik/titik"
)

func main() {
	c, err := net.Dial("tcp", os.Args[1]+":"+os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	fmt.Fprint(c, os.Args[3])
	jawab, err := titik.Baca(c)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("jawaban:", string(jawab))
}
