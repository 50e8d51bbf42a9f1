package main

import (
	"encoding/json"
	"slices"
	"strconv"

	ssz "github.com/ferranbt/fastssz"
)

// prove makes a tree of the entries and has the library prove the claims in it.
func prove(raw json.RawMessage) (_ any, fault error) {
	params := readParams(raw, &fault, []string{"entries", "keys"}, "deletes")
	keys, values := params.entries("entries")
	indices := toInts(params.quantities("keys"), &fault)
	params.empty("deletes")
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
	for _, node := range slices.Concat(proof.Leaves, proof.Hashes) {
		if len(node) != 32 {
			return nil, reject("internal", "the library's proof holds a node of %d bytes", len(node))
		}
	}
	gindices := convert(proof.Indices, func(index int) string { return "0x" + strconv.FormatInt(int64(index), 16) })
	lists := map[string]any{"gindices": gindices, "leaves": convert(proof.Leaves, toHex), "helpers": convert(proof.Hashes, toHex)}
	return map[string]any{"root": toHex(root), "proof": lists}, nil
}

// toTree makes a tree of its bottoms. The library has no such function: this finds the inner nodes, and it makes them.
func toTree(indices []int, values [][]byte, fault *error) *ssz.Node {
	bottoms, isInner := map[int][]byte{}, map[int]bool{}
	for i, index := range indices {
		bottoms[index] = values[i]
		for ; index > 1 && !isInner[index>>1]; index >>= 1 {
			isInner[index>>1] = true
		}
		if index < 1 {
			*fault = firstOf(*fault, reject("invalid-argument", "generalized index 0 is below 1, the root"))
		}
	}
	var build func(index int) *ssz.Node
	build = func(index int) *ssz.Node {
		value, isBottom := bottoms[index]
		switch {
		case isInner[index] && isBottom:
			*fault = firstOf(*fault, reject("invalid-argument", "an entry lies beneath the entry at %d", index))
		case isInner[index]:
			return ssz.NewNodeWithLR(build(2*index), build(2*index+1))
		case !isBottom:
			*fault = firstOf(*fault, reject("incomplete", "no entry covers the node at %d", index))
		}
		return ssz.NewNodeWithValue(value)
	}
	return build(1)
}

// toInts turns generalized indices into the library's ints.
func toInts(gindices []string, fault *error) []int {
	return convert(gindices, func(gindex string) int {
		index, err := strconv.ParseInt(gindex[2:], 16, strconv.IntSize)
		if err != nil {
			*fault = firstOf(*fault, reject("unsupported", "%.80s is beyond the library's ints", gindex))
		}
		return int(index)
	})
}
