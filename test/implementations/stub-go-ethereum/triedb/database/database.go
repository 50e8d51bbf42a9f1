// Package database is a stub of go-ethereum's.
package database

import "github.com/ethereum/go-ethereum/common"

type NodeReader interface {
	Node(owner common.Hash, path []byte, hash common.Hash) ([]byte, error)
}

type NodeDatabase interface {
	NodeReader(stateRoot common.Hash) (NodeReader, error)
}
