// portscan HOST FIRST LAST
package main

import (
	"context"
	"log"
	"net"
	"os"
	"sort"
	"strconv"
	"sync"
	"time"
)

type result struct {
	port int
	open bool
}

func probe(ctx context.Context, host string, port int) bool {
	d := net.Dialer{Timeout: 2 * time.Second}
	c, err := d.DialContext(ctx, "tcp", net.JoinHostPort(host, strconv.Itoa(port)))
	if err != nil {
		return false
	}
	if t, ok := c.(*net.TCPConn); ok {
		t.SetLinger(0) // no TIME_WAIT for a thousand probes
	}
	c.Close()
	return true
}

func main() {
	log.SetFlags(log.Ltime | log.Lmicroseconds)
	if len(os.Args) != 4 {
		log.Fatalf("usage: %s HOST FIRST LAST", os.Args[0])
	}
	first, e1 := strconv.Atoi(os.Args[2])
	last, e2 := strconv.Atoi(os.Args[3])
	if e1 != nil || e2 != nil || first < 1 || last > 65535 || first > last {
		log.Fatal("bad range")
	}
	if _, err := net.LookupHost(os.Args[1]); err != nil {
		log.Fatal(err)
	}

	ctx := context.Background()
	jobs := make(chan int)
	results := make(chan result, 16)
	var wg sync.WaitGroup
	for i := 0; i < 12; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for p := range jobs {
				results <- result{p, probe(ctx, os.Args[1], p)}
			}
		}()
	}
	go func() {
		// hand them out backwards, why not
		for p := last; p >= first; p-- {
			jobs <- p
		}
		close(jobs)
		wg.Wait()
		close(results)
	}()

	var open []int
	for r := range results {
		if r.open {
			open = append(open, r.port)
		}
	}
	sort.Ints(open)
	w := os.Stdout
	for _, p := range open {
		w.WriteString("port ")
		w.WriteString(strconv.Itoa(p))
		w.WriteString(": ")
		w.WriteString("OPEN\n")
	}
	log.Printf("%d of %d", len(open), last-first+1)
}
