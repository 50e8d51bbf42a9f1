// Package common is a stub of go-ethereum's.
package common

type Hash [32]byte

func (h Hash) Bytes() []byte { return h[:] }

func BytesToHash(value []byte) (hash Hash) {
	copy(hash[:], value)
	return hash
}
