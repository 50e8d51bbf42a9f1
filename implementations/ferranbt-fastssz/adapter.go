// Command adapter answers for `ssz`, `helpers` by github.com/ferranbt/fastssz. It translates and repairs nothing: the
// library verifies and proves, and its panics end the process.
package main

import (
	"encoding/json"
	"slices"
	"strconv"

	ssz "github.com/ferranbt/fastssz"
)

func main() {
	serveStandardStreams(json.RawMessage(`{
		"protocol": 1,
		"implementation": {"name": "github.com/ferranbt/fastssz", "version": "0.1.4", "language": "Go"},
		"capabilities": {"proof": {"ssz": {"encodings": ["helpers"], "operations": ["get", "prove"]}}},
		"unsupported": [
			{"match": "proof/ssz/helpers/wide-gindices/**", "reason": "generalized indices are Go ints of 63 bits"},
			{"match": "proof/ssz/helpers/unclaimed-keys/**", "reason": "the library names the claimed leaves alone"}
		]
	}`), map[string]method{"proof/get": get, "proof/prove": prove})
}

// get answers for claimed keys, once the library has verified the proof. It tells of no other node.
func get(raw json.RawMessage) (_ any, fault error) {
	params := readParams(raw, &fault, []string{"root", "keys", "proof"})
	root, keys := params.node("root"), params.quantities("keys")
	proof := readObject(params.members["proof"], "malformed", &fault, []string{"gindices", "leaves", "helpers"})
	gindices, leaves, helpers := proof.quantities("gindices"), proof.byteStrings("leaves"), proof.byteStrings("helpers")
	indices := toInts(gindices, &fault)
	if fault != nil {
		return nil, fault
	}
	verify := func() (bool, error) { return ssz.VerifyMultiproof(root, helpers, leaves, indices) }
	if len(indices) == 1 && len(leaves) == 1 {
		single := &ssz.Proof{Index: indices[0], Leaf: leaves[0], Hashes: helpers}
		verify = func() (bool, error) { return ssz.VerifyProof(root, single) }
	}
	if isValid, err := verify(); err != nil {
		return nil, reject("malformed", "%s", err)
	} else if !isValid {
		return nil, reject("invalid-proof", "the library does not verify it")
	}
	values := []string{}
	for _, key := range keys {
		claim := slices.Index(gindices, key)
		if key == "0x0" {
			return nil, reject("invalid-argument", "generalized index 0 is below 1, the root")
		} else if claim < 0 {
			return nil, reject("incomplete", "%.80s is not claimed", key)
		}
		values = append(values, toHex(leaves[claim]))
	}
	return map[string]any{"values": values}, nil
}

func prove(raw json.RawMessage) (_ any, fault error) {
	params := readParams(raw, &fault, []string{"entries", "keys"}, "deletes")
	keys, values := params.entries("entries")
	indices := toInts(params.quantities("keys"), &fault)
	tree := toTree(toInts(keys, &fault), values, &fault)
	if fault != nil {
		return nil, fault
	}
	slices.Sort(indices) // The library keeps the caller's order; a helpers proof lists its claims from the lowest up.
	root, proof := tree.Hash(), &ssz.Multiproof{}
	if len(indices) == 1 {
		var single *ssz.Proof
		if single, fault = tree.Prove(indices[0]); fault == nil {
			proof = &ssz.Multiproof{Indices: indices, Leaves: [][]byte{single.Leaf}, Hashes: single.Hashes}
		}
	} else {
		proof, fault = tree.ProveMulti(indices)
	}
	if fault != nil {
		return nil, reject("incomplete", "%s", fault)
	}
	gindices := convert(proof.Indices, func(index int) string { return "0x" + strconv.FormatInt(int64(index), 16) })
	lists := map[string]any{"gindices": gindices, "leaves": convert(proof.Leaves, toHex), "helpers": convert(proof.Hashes, toHex)}
	return map[string]any{"root": toHex(root), "proof": lists}, nil
}
