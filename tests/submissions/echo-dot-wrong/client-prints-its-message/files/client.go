package main

import (
	"bufio"
	"fmt"
	"log"
	"net"
	"os"
)

func main() {
	c, err := net.Dial("tcp", net.JoinHostPort(os.Args[1], os.Args[2]))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Fprint(c, os.Args[3])
	if _, err := bufio.NewReader(c).ReadBytes('.'); err != nil {
		log.Fatal(err)
	}
	fmt.Println("ok:", os.Args[3])
}
