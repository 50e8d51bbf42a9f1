// Package rlp is a stub of go-ethereum's: it decodes any input as no nodes, and writes an empty list.
package rlp

func DecodeBytes(encoded []byte, value any) error { return nil }

func EncodeToBytes(value any) ([]byte, error) { return []byte{0xc0}, nil }
