// Command adapter answers for `ssz`, `helpers` by github.com/ferranbt/fastssz. It translates and repairs nothing: the
// library verifies and proves, and its panics end the process.
package main

import (
	"encoding/json"
	"slices"

	ssz "github.com/ferranbt/fastssz"
)

func main() {
	serveStandardStreams(json.RawMessage(`{
		"protocol": 1,
		"implementation": {"name": "github.com/ferranbt/fastssz", "version": "0.1.4", "language": "Go"},
		"capabilities": {"proof": {"ssz": {"encodings": ["helpers"], "operations": ["get", "prove"]}}},
		"unsupported": [
			{"match": "proof/ssz/helpers/unclaimed-keys/**", "reason": "the library names the claimed leaves alone"},
			{"match": "proof/ssz/helpers/{wide-gindices,deep}/**", "reason": "the library's indices are ints: 63 bits"},
			{"match": "proof/ssz/helpers/malformed/{deep-claims-without-helpers,claim-1025-bits}-get", "reason": "the library's indices are ints: 63 bits"},
			{"match": "proof/ssz/helpers/misplaced-nodes/claim-alias-{63,64,128,256}-bits-get", "reason": "the library's indices are ints: 63 bits"},
			{"match": "proof/ssz/helpers/prove-inputs/key-alias-64-bits", "reason": "the library's indices are ints: 63 bits"}
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
