// Command adapter tests the package trie of go-ethereum as `patricia`. It translates requests and repairs nothing: the library
// verifies, reads, proves and writes, and its panics end the process.
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
			{"match": "proof/patricia/witness/deletions/*-{prove,extract}", "reason": "the library's proofs cannot hold the extra nodes of deletions"},
			{"match": "proof/patricia/*/node-places/embedded-*", "reason": "the library rejects embedded nodes of 32 bytes or more"},
			{"match": "proof/patricia/*/nested/nested-*", "reason": "the library rejects embedded nodes of 32 bytes or more"},
			{"match": "proof/patricia/witness/prove-inputs/deletes*", "reason": "the library's proofs cannot hold the extra nodes of deletions"},
			{"match": "proof/patricia/witness/merge-and-extract/extract-{deletes,keys-and-deletes,uncovered-delete}", "reason": "the library's proofs cannot hold the extra nodes of deletions"},
			{"match": "proof/patricia/*/shared/shared-update", "reason": "the adapter lists the nodes of an updated trie by path, and this trie has too many paths"},
			{"match": "proof/patricia/*/prefix-forms/flag-{4,5,8,9,12,13}-*", "reason": "the library reads every flag above 1 as that of a leaf"},
			{"match": "proof/patricia/witness/malformed-rlp/nothing-*", "reason": "the library represents a missing node by a node of no bytes"}
		]
	}`), adapter.Tries[*trie.Trie]{
		ReadList:  readList,
		WriteList: func(nodes [][]byte) ([]byte, error) { return rlp.EncodeToBytes(nodes) },
		// The callers of VerifyProof hash keys, too. StateTrie hashes them itself, but it only supports the values of a state.
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

// verify classifies the verifier's errors by their texts, because they have no types.
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

// rejection classifies an error of a trie: a node is missing, or a node is malformed.
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
