// Package titik membaca pesan yang diakhiri titik.
package titik

import (
	"bufio"
	"io"
)

func Baca(r io.Reader) ([]byte, error) {
	b, err := bufio.NewReader(r).ReadBytes('.')
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return b, err
}
