package main

import (
	"errors"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/trie"
	"github.com/ethereum/go-ethereum/triedb/database"
)

var (
	errNotInProof = errors.New("not in the proof")
	errReadOnly   = errors.New("proofs are only added to")
)

// nodeSet is a set of nodes by their hashes: what the library's verifier and its tries read from.
type nodeSet map[common.Hash][]byte

func nodesByHash(nodes [][]byte) nodeSet {
	set := nodeSet{}
	for _, node := range nodes {
		set[crypto.Keccak256Hash(node)] = node
	}
	return set
}

func (set nodeSet) NodeReader(common.Hash) (database.NodeReader, error) { return set, nil }

func (set nodeSet) Node(_ common.Hash, _ []byte, hash common.Hash) ([]byte, error) {
	return set.Get(hash[:])
}

func (set nodeSet) Has(hash []byte) (bool, error) {
	_, isThere := set[common.BytesToHash(hash)]
	return isThere, nil
}

func (set nodeSet) Get(hash []byte) ([]byte, error) {
	if node, isThere := set[common.BytesToHash(hash)]; isThere {
		return node, nil
	}
	return nil, errNotInProof
}

// nodeList is what the library writes a proof to: its nodes, from the root down.
type nodeList [][]byte

func (list *nodeList) Put(_, node []byte) error {
	*list = append(*list, node)
	return nil
}

func (list *nodeList) Delete([]byte) error { return errReadOnly }

// openNodes lists what the library's iterator finds from the root of a written trie, without what lies in its parents.
func openNodes(written *trie.Trie, before [][]byte) (root []byte, list [][]byte, err error) {
	hash, changed := written.Commit(false)
	nodes := nodesByHash(before)
	if changed != nil {
		for _, node := range changed.Nodes {
			if !node.IsDeleted() {
				nodes[node.Hash] = node.Blob
			}
		}
	}
	if hash == types.EmptyRootHash {
		return hash[:], nil, nil
	}
	reread, err := trie.New(trie.TrieID(hash), nodes)
	if err != nil {
		return nil, nil, rejection(err)
	}
	iterator, err := reread.NodeIterator(nil)
	if err != nil {
		return nil, nil, rejection(err)
	}
	iterator.AddResolver(nodes.orStump)
	for iterator.Next(true) {
		if node, isThere := nodes[iterator.Hash()]; isThere {
			list = append(list, node)
		}
	}
	return hash[:], list, rejection(iterator.Error())
}

// stump stands for a node that is not there: a leaf, below which the iterator looks for nothing.
var stump = []byte{0xc2, 0x20, 0x01}

func (set nodeSet) orStump(_ common.Hash, _ []byte, hash common.Hash) []byte {
	if node, isThere := set[hash]; isThere {
		return node
	}
	return stump
}
