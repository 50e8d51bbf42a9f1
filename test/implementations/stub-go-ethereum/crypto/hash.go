// Package crypto is a stub of go-ethereum's: all inputs have the same hash.
package crypto

import "github.com/ethereum/go-ethereum/common"

func Keccak256(data ...[]byte) []byte { return make([]byte, 32) }

func Keccak256Hash(data ...[]byte) (hash common.Hash) { return hash }
