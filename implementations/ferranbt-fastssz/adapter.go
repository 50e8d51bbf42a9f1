// Command adapter tests github.com/ferranbt/fastssz as `ssz` in the encoding `helpers`. It translates requests and repairs
// nothing: the library verifies and proves, and its panics end the process.
package main

import (
	"encoding/json"

	ssz "github.com/ferranbt/fastssz"
	adapter "proofhouse/adapter"
)

func main() {
	adapter.Serve(json.RawMessage(`{
		"protocol": 1,
		"implementation": {"name": "github.com/ferranbt/fastssz", "version": "0.1.4", "language": "Go"},
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
		"proof/get": adapter.GetBy(verify),
		"proof/prove": adapter.ProveBy(adapter.Trees[*ssz.Node]{
			Leaf:  func(value []byte) (*ssz.Node, error) { return ssz.NewNodeWithValue(value), nil },
			Pair:  ssz.NewNodeWithLR,
			Prove: prove,
		}),
	})
}

func verify(root []byte, proof adapter.Multiproof) (bool, error) {
	if len(proof.Indices) == 1 && len(proof.Leaves) == 1 {
		return ssz.VerifyProof(root, &ssz.Proof{Index: proof.Indices[0], Leaf: proof.Leaves[0], Hashes: proof.Hashes})
	}
	return ssz.VerifyMultiproof(root, proof.Hashes, proof.Leaves, proof.Indices)
}

func prove(tree *ssz.Node, indices []int) (root []byte, proof adapter.Multiproof, err error) {
	root = tree.Hash()
	if len(indices) == 1 {
		single, err := tree.Prove(indices[0])
		if err != nil {
			return nil, proof, adapter.Reject("incomplete", "%s", err)
		}
		return root, adapter.Multiproof{Indices: indices, Leaves: [][]byte{single.Leaf}, Hashes: single.Hashes}, nil
	}
	multi, err := tree.ProveMulti(indices)
	if err != nil {
		return nil, proof, adapter.Reject("incomplete", "%s", err)
	}
	return root, adapter.Multiproof(*multi), nil
}
