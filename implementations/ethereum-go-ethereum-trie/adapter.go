// Command adapter answers for `patricia` by the package trie of go-ethereum. It translates and repairs nothing: the library
// verifies, looks up, proves and writes, and its panics end the process.
package main

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/ethereum/go-ethereum/trie"
	adapter "proofhouse/adapter"
)

func main() {
	adapter.Serve(json.RawMessage(`{
		"protocol": 1,
		"implementation": {"name": "github.com/ethereum/go-ethereum", "version": "1.17.10", "language": "Go"},
		"capabilities": {"proof": {"patricia": {
			"encodings": ["witness", "eip1186"],
			"operations": ["get", "prove", "extract", "update"]
		}}},
		"unsupported": [
			{"match": "proof/patricia/*/strict/**", "reason": "the library has no strict profile"},
			{"match": "proof/patricia/witness/deletions/*-{prove,extract}", "reason": "the library's proofs have no place for what deletions need"},
			{"match": "proof/patricia/*/node-places/embedded-*", "reason": "the library refuses embedded nodes of 32 bytes and more"},
			{"match": "proof/patricia/*/nested/nested-*", "reason": "the library refuses embedded nodes of 32 bytes and more"},
			{"match": "proof/patricia/witness/prove-inputs/deletes*", "reason": "the library's proofs have no place for what deletions need"},
			{"match": "proof/patricia/witness/merge-and-extract/extract-{deletes,keys-and-deletes,uncovered-delete}", "reason": "the library's proofs have no place for what deletions need"},
			{"match": "proof/patricia/*/shared/shared-update", "reason": "the nodes of an updated trie are listed place by place, and here there are too many places"},
			{"match": "proof/patricia/*/prefix-forms/flag-{4,5,8,9,12,13}-*", "reason": "to the library every flag above 1 is that of a leaf"},
			{"match": "proof/patricia/witness/malformed-rlp/nothing-*", "reason": "a node of no bytes is the library's word for a missing one"}
		]
	}`), adapter.Tries[*trie.Trie]{
		ReadList:  readList,
		WriteList: func(nodes [][]byte) ([]byte, error) { return rlp.EncodeToBytes(nodes) },
		// As the callers of VerifyProof do. StateTrie hashes by itself, and knows only the values of states.
		Hash:      func(key []byte) []byte { return crypto.Keccak256(key) },
		Verify:    verify,
		Empty:     func() *trie.Trie { return trie.NewEmpty(nodeSet{}) },
		Open:      open,
		Get:       get,
		Put:       put,
		Root:      func(trie *trie.Trie) []byte { return trie.Hash().Bytes() },
		Prove:     prove,
		OpenNodes: openNodes,
	}.Methods())
}

func readList(encoded []byte) (nodes [][]byte, err error) {
	if err := rlp.DecodeBytes(encoded, &nodes); err != nil {
		return nil, adapter.Reject("malformed", "%s", err)
	}
	return nodes, nil
}

// verify tells the verifier's errors apart by their texts, for there is nothing else.
func verify(root []byte, nodes [][]byte, path []byte) ([]byte, error) {
	value, err := trie.VerifyProof(common.BytesToHash(root), path, nodesByHash(nodes))
	if err == nil {
		return value, nil
	}
	class, isMissing := "malformed", strings.HasSuffix(err.Error(), " missing")
	if isMissing && strings.HasPrefix(err.Error(), "proof node 0 ") && len(nodes) > 0 {
		class = "invalid-proof"
	} else if isMissing {
		class = "incomplete"
	}
	return nil, adapter.Reject(class, "%s", err)
}

func open(root []byte, nodes [][]byte) (*trie.Trie, error) {
	partial, err := trie.New(trie.TrieID(common.BytesToHash(root)), nodesByHash(nodes))
	var missing *trie.MissingNodeError
	if errors.As(err, &missing) && len(nodes) > 0 {
		return nil, adapter.Reject("invalid-proof", "%s", err)
	}
	return partial, rejection(err)
}

func get(source *trie.Trie, path []byte) ([]byte, error) {
	value, err := source.Get(path)
	return value, rejection(err)
}

func put(target *trie.Trie, path, value []byte) error {
	if value == nil {
		return rejection(target.Delete(path))
	}
	return rejection(target.Update(path, value))
}

func prove(source *trie.Trie, path []byte) ([][]byte, error) {
	nodes := nodeList{}
	err := source.Prove(path, &nodes)
	return nodes, rejection(err)
}

// rejection says what an error of a trie means: that a node is missing, or that one cannot be read.
func rejection(err error) error {
	var missing *trie.MissingNodeError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &missing):
		return adapter.Reject("incomplete", "%s", err)
	}
	return adapter.Reject("malformed", "%s", err)
}
