package proofhouse

import (
	"encoding/json"
	"slices"
	"strconv"
)

// Multiproof is a proof of ssz in the encoding helpers, for a library whose generalized indices are ints.
type Multiproof struct {
	Indices []int
	Leaves  [][]byte
	Hashes  [][]byte
}

// GetBy answers proof/get: it returns the values of claimed keys once the library has verified the proof. It returns no other
// node. An error of verify means that the proof is malformed.
func GetBy(verify func(root []byte, proof Multiproof) (bool, error)) Method {
	return func(raw json.RawMessage) (_ any, fault error) {
		params := readParams(raw, &fault, []string{"root", "keys", "proof"})
		root, keys := params.node("root"), params.quantities("keys")
		lists := readObject(params.members["proof"], "malformed", &fault, []string{"gindices", "leaves", "helpers"})
		gindices, leaves, helpers := lists.quantities("gindices"), lists.byteStrings("leaves"), lists.byteStrings("helpers")
		proof := Multiproof{Indices: toInts(gindices, &fault), Leaves: leaves, Hashes: helpers}
		if fault != nil {
			return nil, fault
		}
		if isValid, err := verify(root, proof); err != nil {
			return nil, Reject("malformed", "%s", err)
		} else if !isValid {
			return nil, Reject("invalid-proof", "the library rejects the proof")
		}
		values := []string{}
		for _, key := range keys {
			claim := slices.Index(gindices, key)
			if key == "0x0" {
				return nil, Reject("invalid-argument", "generalized index 0 is invalid; the root has index 1")
			} else if claim < 0 {
				return nil, Reject("incomplete", "%.80s is not claimed", key)
			}
			values = append(values, ToHex(leaves[claim]))
		}
		return map[string]any{"values": values}, nil
	}
}

// Trees is the interface to a library that builds trees and proves nodes. An error of Leaf means that the value is not a node.
type Trees[Tree any] struct {
	Leaf  func(value []byte) (Tree, error)
	Pair  func(left, right Tree) Tree
	Prove func(tree Tree, indices []int) (root []byte, proof Multiproof, err error)
}

// ProveBy answers proof/prove: it builds a tree from the entries, and the library proves the claims.
func ProveBy[Tree any](library Trees[Tree]) Method {
	return func(raw json.RawMessage) (_ any, fault error) {
		params := readParams(raw, &fault, []string{"entries", "keys"}, "deletes")
		keys, values := params.entries("entries")
		indices := toInts(params.quantities("keys"), &fault)
		params.empty("deletes")
		tree := library.grow(toInts(keys, &fault), values, &fault)
		if fault != nil {
			return nil, fault
		}
		slices.Sort(indices) // Libraries keep the caller's order, but a helpers proof lists its claims in ascending order.
		root, proof, err := library.Prove(tree, indices)
		if err != nil {
			return nil, err
		}
		for _, node := range slices.Concat(proof.Leaves, proof.Hashes) {
			if len(node) != 32 {
				return nil, Reject("internal", "the library's proof has a node of %d bytes, expected 32", len(node))
			}
		}
		gindices := mapped(proof.Indices, func(index int) string { return "0x" + strconv.FormatInt(int64(index), 16) })
		lists := map[string]any{"gindices": gindices, "leaves": mapped(proof.Leaves, ToHex), "helpers": mapped(proof.Hashes, ToHex)}
		return map[string]any{"root": ToHex(root), "proof": lists}, nil
	}
}

// grow builds a tree from its terminal nodes. Libraries cannot do that: grow finds the inner nodes, and the library builds them.
func (library Trees[Tree]) grow(indices []int, values [][]byte, fault *error) Tree {
	terminals, isInner := map[int][]byte{}, map[int]bool{}
	for i, index := range indices {
		terminals[index] = values[i]
		for ; index > 1 && !isInner[index>>1]; index >>= 1 {
			isInner[index>>1] = true
		}
		if index < 1 {
			*fault = firstOf(*fault, Reject("invalid-argument", "generalized index 0 is invalid; the root has index 1"))
		}
	}
	var build func(index int) Tree
	build = func(index int) (tree Tree) {
		value, isTerminal := terminals[index]
		switch {
		case isInner[index] && isTerminal:
			*fault = firstOf(*fault, Reject("invalid-argument", "an entry is below the entry at %d", index))
			return tree
		case isInner[index]:
			return library.Pair(build(2*index), build(2*index+1))
		case !isTerminal:
			*fault = firstOf(*fault, Reject("incomplete", "no entry covers the node at %d", index))
			return tree
		}
		tree, err := library.Leaf(value)
		if err != nil {
			*fault = firstOf(*fault, Reject("invalid-argument", "the entry at %d: %s", index, err))
		}
		return tree
	}
	return build(1)
}

// toInts converts generalized indices to the library's ints.
func toInts(gindices []string, fault *error) []int {
	return mapped(gindices, func(gindex string) int {
		index, err := strconv.ParseInt(gindex[2:], 16, strconv.IntSize)
		if err != nil {
			*fault = firstOf(*fault, Reject("unsupported", "%.80s does not fit the library's int", gindex))
		}
		return int(index)
	})
}
