// Command adapter tests github.com/pk910/dynamic-ssz as `ssz` in the encoding `helpers`. It translates requests and repairs
// nothing: the library verifies and proves, and its panics end the process.
package main

import (
	"encoding/json"
	"strings"

	"github.com/pk910/dynamic-ssz/treeproof"
	adapter "proofhouse/adapter"
)

func main() {
	adapter.Serve(json.RawMessage(`{
		"protocol": 1,
		"implementation": {"name": "github.com/pk910/dynamic-ssz", "version": "1.4.0", "language": "Go"},
		"capabilities": {"proof": {"ssz": {"encodings": ["helpers"], "operations": ["get", "prove"]}}},
		"unsupported": [
			{"match": "proof/ssz/helpers/unclaimed-keys/**", "reason": "the library returns only claimed leaves"},
			{"match": "proof/ssz/helpers/{deep,accounts}/**", "reason": "the library's indices are ints of 63 bits"},
			{"match": "proof/ssz/helpers/wide-gindices/2-to-{63-exactly,63-plus-1,{64,65,128,259}-*}-*", "reason": "the library's indices are ints of 63 bits"},
			{"match": "proof/ssz/helpers/malformed/{deep-claims-without-helpers,claim-1025-bits}-get", "reason": "the library's indices are ints of 63 bits"},
			{"match": "proof/ssz/helpers/misplaced-nodes/claim-alias-{63,64,128,256}-bits-get", "reason": "the library's indices are ints of 63 bits"},
			{"match": "proof/ssz/helpers/prove-inputs/key-alias-64-bits", "reason": "the library's indices are ints of 63 bits"}
		]
	}`), map[string]adapter.Method{
		"proof/get":   adapter.GetBy(verify),
		"proof/prove": adapter.ProveBy(adapter.Trees[*treeproof.Node]{Leaf: leaf, Pair: treeproof.NewNodeWithLR, Prove: prove}),
	})
}

func verify(root []byte, proof adapter.Multiproof) (bool, error) {
	if len(proof.Indices) == 1 && len(proof.Leaves) == 1 {
		single := &treeproof.Proof{Index: proof.Indices[0], Leaf: proof.Leaves[0], Hashes: proof.Hashes}
		return treeproof.VerifyProof(root, single)
	}
	return treeproof.VerifyMultiproof(root, proof.Hashes, proof.Leaves, proof.Indices)
}

// leaf builds a tree of one chunk. It uses TreeFromChunks because NewNodeWithValue would pad the value.
func leaf(chunk []byte) (*treeproof.Node, error) { return treeproof.TreeFromChunks([][]byte{chunk}) }

func prove(tree *treeproof.Node, indices []int) (root []byte, proof adapter.Multiproof, err error) {
	if len(indices) == 1 {
		single, err := tree.Prove(indices[0])
		if err != nil {
			return nil, proof, rejection(err)
		}
		proof = adapter.Multiproof{Indices: indices, Leaves: [][]byte{single.Leaf}, Hashes: single.Hashes}
		return tree.Hash(), proof, nil
	}
	multi, err := tree.ProveMulti(indices)
	if err != nil {
		return nil, proof, rejection(err)
	}
	return tree.Hash(), adapter.Multiproof(*multi), nil
}

// rejection classifies an error of the prover by its text, because the library has no error types.
func rejection(err error) error {
	switch {
	case strings.HasPrefix(err.Error(), "invalid generalized index"):
		return adapter.Reject("invalid-argument", "%s", err)
	case err.Error() == "Node not found in tree":
		return adapter.Reject("incomplete", "%s", err)
	}
	return err
}
