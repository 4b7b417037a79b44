// Server for frames with a 4-byte length.
package main

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"time"
)

const limit = 16 * 1024 * 1024

type session struct {
	conn *net.TCPConn
	r    *bufio.Reader
	w    *bufio.Writer
}

func (s *session) readFrame() ([]byte, error) {
	var size uint32
	if err := binary.Read(s.r, binary.BigEndian, &size); err != nil {
		return nil, err
	}
	if size > limit {
		return nil, fmt.Errorf("frame of %d bytes refused", size)
	}
	payload := make([]byte, size)
	_, err := io.ReadFull(s.r, payload)
	return payload, err
}

func (s *session) writeFrame(payload []byte) error {
	if err := binary.Write(s.w, binary.BigEndian, uint32(len(payload))); err != nil {
		return err
	}
	if _, err := s.w.Write(payload); err != nil {
		return err
	}
	// Several frames in one segment are answered with one write.
	if s.r.Buffered() > 0 {
		return nil
	}
	return s.w.Flush()
}

func (s *session) run() {
	defer s.conn.Close()
	for {
		payload, err := s.readFrame()
		if err != nil {
			if err != io.EOF {
				log.Print(err)
			}
			break
		}
		if err := s.writeFrame(payload); err != nil {
			log.Print(err)
			return
		}
	}
	s.w.Flush()
	s.conn.CloseWrite()
	s.conn.SetReadDeadline(time.Now().Add(time.Second))
	io.Copy(io.Discard, s.conn)
}

func main() {
	if len(os.Args) != 3 {
		log.Fatalf("usage: %s HOST PORT", os.Args[0])
	}
	l, err := net.Listen("tcp", net.JoinHostPort(os.Args[1], os.Args[2]))
	if err != nil {
		log.Fatal(err)
	}
	for {
		c, err := l.Accept()
		if err != nil {
			log.Print(err)
			time.Sleep(50 * time.Millisecond)
			continue
		}
		go (&session{c.(*net.TCPConn), bufio.NewReader(c), bufio.NewWriter(c)}).run()
	}
}
