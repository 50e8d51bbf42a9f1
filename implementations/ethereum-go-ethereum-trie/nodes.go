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
	errReadOnly   = errors.New("a proof cannot be deleted from")
)

// nodeSet maps hashes to nodes. The library's verifier and its tries read from it.
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
	_, isFound := set[common.BytesToHash(hash)]
	return isFound, nil
}

func (set nodeSet) Get(hash []byte) ([]byte, error) {
	if node, isFound := set[common.BytesToHash(hash)]; isFound {
		return node, nil
	}
	return nil, errNotInProof
}

// nodeList collects the nodes of a proof that the library writes, from the root down.
type nodeList [][]byte

func (list *nodeList) Put(_, node []byte) error {
	*list = append(*list, node)
	return nil
}

func (list *nodeList) Delete([]byte) error { return errReadOnly }

// openNodes returns the nodes that the library's iterator finds in a written trie, without nodes embedded in their parents.
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
		if node, isFound := nodes[iterator.Hash()]; isFound {
			list = append(list, node)
		}
	}
	return hash[:], list, rejection(iterator.Error())
}

// stump replaces a missing node: it is a leaf, so that the iterator does not descend further.
var stump = []byte{0xc2, 0x20, 0x01}

func (set nodeSet) orStump(_ common.Hash, _ []byte, hash common.Hash) []byte {
	if node, isFound := set[hash]; isFound {
		return node
	}
	return stump
}
