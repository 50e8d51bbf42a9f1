// Package rlp stands in for go-ethereum's: it reads nothing from anything, and writes an empty list.
package rlp

func DecodeBytes(encoded []byte, value any) error { return nil }

func EncodeToBytes(value any) ([]byte, error) { return []byte{0xc0}, nil }
