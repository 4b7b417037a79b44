package main

import (
	"bufio"
	"fmt"
	"log"
	"net"
)

func main() {
	conn, err := net.Dial("tcp", "localhost:3333")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Fprintf(conn, "Apa kabar semuanya.")
	status, err := bufio.NewReader(conn).ReadString('.')
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(status)
}
