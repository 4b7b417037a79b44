package main

import (
	"bufio"
	"log"
	"net"
	"os"
	"time"
)

type user struct {
	conn net.Conn
	out  chan []byte
}

type message struct {
	from *user
	line []byte
}

var (
	joins  = make(chan *user)
	leaves = make(chan *user)
	talk   = make(chan message)
)

func hub() {
	users := make(map[*user]bool)
	for {
		select {
		case u := <-joins:
			users[u] = true
		case u := <-leaves:
			delete(users, u)
			close(u.out)
		case m := <-talk:
			for u := range users {
				if u != m.from {
					u.out <- m.line
				}
			}
		}
	}
}

func (u *user) write(done chan<- struct{}) {
	broken := false
	for line := range u.out {
		if broken {
			continue
		}
		if _, err := u.conn.Write(line); err != nil {
			broken = true
			u.conn.Close()
		}
	}
	close(done)
}

func (u *user) serve() {
	done := make(chan struct{})
	joins <- u
	go u.write(done)

	in := bufio.NewReader(u.conn)
	for {
		line, err := in.ReadBytes('\n')
		if err != nil {
			break
		}
		talk <- message{u, line}
	}
	leaves <- u
	select {
	case <-done:
	case <-time.After(1500 * time.Millisecond):
	}
	u.conn.Close()
}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: server HOST PORT")
	}
	ln, err := net.Listen("tcp", net.JoinHostPort(os.Args[1], os.Args[2]))
	if err != nil {
		log.Fatal(err)
	}
	go hub()
	for {
		conn, err := ln.Accept()
		if err != nil {
			log.Print(err)
			time.Sleep(50 * time.Millisecond)
			continue
		}
		u := &user{conn, make(chan []byte, 64)}
		go u.serve()
	}
}
