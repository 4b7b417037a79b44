package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
)

func main() {
	c, err := net.Dial("tcp", os.Args[1]+":"+os.Args[2])
	if err == nil {
		fmt.Fprint(c, os.Args[3])
		var jawab string
		jawab, err = bufio.NewReader(c).ReadString('.')
		if err == nil {
			fmt.Println(jawab)
			return
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
