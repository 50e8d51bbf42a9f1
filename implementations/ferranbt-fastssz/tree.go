package main

import (
	"strconv"

	ssz "github.com/ferranbt/fastssz"
)

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
