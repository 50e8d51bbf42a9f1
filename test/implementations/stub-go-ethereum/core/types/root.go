// Package types is a stub of go-ethereum's.
package types

import "github.com/ethereum/go-ethereum/common"

var EmptyRootHash common.Hash
