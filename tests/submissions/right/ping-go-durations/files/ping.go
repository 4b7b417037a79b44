// ping HOST COUNT
package main

import (
	"encoding/binary"
	"fmt"
	"net"
	"os"
	"strconv"
	"time"
)

type echo struct {
	Kind, Code uint8
	Id, Seq    uint16
	Data       []byte
}

func sum(b []byte) uint16 {
	var s uint32
	for i, v := range b {
		if i%2 == 0 {
			s += uint32(v) << 8
		} else {
			s += uint32(v)
		}
	}
	for s > 0xffff {
		s = s>>16 + s&0xffff
	}
	return ^uint16(s)
}

func (e echo) marshal() []byte {
	b := make([]byte, 8, 8+len(e.Data))
	b[0], b[1] = e.Kind, e.Code
	binary.BigEndian.PutUint16(b[4:], e.Id)
	binary.BigEndian.PutUint16(b[6:], e.Seq)
	b = append(b, e.Data...)
	binary.BigEndian.PutUint16(b[2:], sum(b))
	return b
}

func unmarshal(b []byte) (e echo, ok bool) {
	if len(b) < 8 {
		return e, false
	}
	return echo{b[0], b[1], binary.BigEndian.Uint16(b[4:]), binary.BigEndian.Uint16(b[6:]), b[8:]}, true
}

func fatal(v ...interface{}) {
	fmt.Fprintln(os.Stderr, v...)
	os.Exit(1)
}

func main() {
	if len(os.Args) != 3 {
		fatal("usage: ping HOST COUNT")
	}
	count, err := strconv.Atoi(os.Args[2])
	if err != nil || count < 0 {
		fatal("bad count", os.Args[2])
	}
	dst, err := net.ResolveIPAddr("ip4", os.Args[1])
	if err != nil {
		fatal(err)
	}
	conn, err := net.ListenIP("ip4:icmp", nil)
	if err != nil {
		fatal(err)
	}
	defer conn.Close()

	id := uint16(os.Getpid())
	missing := 0
	for seq := 1; seq <= count; seq++ {
		req := echo{Kind: 8, Id: id, Seq: uint16(seq), Data: []byte("abcdefghijklmnopqrstuvwabcdefghi!")}
		t0 := time.Now()
		if _, err := conn.WriteTo(req.marshal(), dst); err != nil {
			fatal(err)
		}
		conn.SetReadDeadline(t0.Add(2 * time.Second))
		buf := make([]byte, 1500)
		for {
			// ReadFrom of an IPConn takes the IP header away
			n, from, err := conn.ReadFrom(buf)
			if err != nil {
				missing++
				fmt.Fprintf(os.Stderr, "no answer for seq %d\n", seq)
				break
			}
			rep, ok := unmarshal(buf[:n])
			if !ok || rep.Kind != 0 || rep.Id != id || rep.Seq != uint16(seq) {
				continue
			}
			fmt.Printf("reply from %v seq=%d bytes=%d rtt=%v\n", from, rep.Seq, n, time.Since(t0))
			break
		}
		if seq < count {
			time.Sleep(150 * time.Millisecond)
		}
	}
	if missing > 0 {
		os.Exit(1)
	}
}
