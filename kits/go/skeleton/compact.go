package main

// This file is a placeholder for your library: the root of a compact proof.
// The encoding is specified by PROOF-SSZ-010 and PROOF-SSZ-011 (docs/spec/binary-trees.md).
// Delete this file once adapter.go calls your own code.

import (
	"crypto/sha256"

	"example.com/proofhouse-adapter/proofhouse"
)

const (
	maxProofBytes = 64 << 20
	maxNodes      = 1 << 22
	maxDepth      = 1023
)

type node [32]byte

// compactRoot computes the root of proof: the bits of a shape, then the bottom nodes, 32 bytes each.
func compactRoot(proof []byte) (node, error) {
	if len(proof) > maxProofBytes {
		return node{}, proofhouse.Reject(proofhouse.LimitExceeded, "proof: more than %d bytes", maxProofBytes)
	}
	nodes, err := countNodes(proof)
	if err != nil {
		return node{}, err
	}
	shapeBytes := (nodes + 7) / 8
	padding := byte(1)<<(8*shapeBytes-nodes) - 1
	if proof[shapeBytes-1]&padding != 0 {
		return node{}, proofhouse.Reject(proofhouse.Malformed, "the padding bits of the shape are not zero")
	}
	length := shapeBytes + 32*((nodes+1)/2)
	if len(proof) != length {
		return node{}, proofhouse.Reject(proofhouse.Malformed, "proof: %d bytes, expected %d", len(proof), length)
	}
	return fold(proof[:shapeBytes], nodes, proof[shapeBytes:])
}

// countNodes counts the bits of the shape, until bottom nodes exceed inner nodes by one.
func countNodes(proof []byte) (int, error) {
	nodes := 0
	for missing := 1; missing > 0; nodes++ {
		switch {
		case nodes == 8*len(proof):
			return 0, proofhouse.Reject(proofhouse.Malformed, "the shape has no end within %d bits", nodes)
		case nodes == maxNodes:
			return 0, proofhouse.Reject(proofhouse.LimitExceeded, "proof: more than %d nodes", maxNodes)
		case isBottom(proof, nodes):
			missing--
		default:
			missing++
		}
	}
	return nodes, nil
}

// innerNode is a node whose subtrees are being read.
type innerNode struct {
	left    node
	hasLeft bool
}

// fold hashes the tree in pre-order, without recursion.
func fold(shape []byte, nodes int, bottoms []byte) (node, error) {
	var above []innerNode // The inner nodes above the current node.
	var current node
	for index := range nodes {
		if !isBottom(shape, index) {
			above = append(above, innerNode{})
			if len(above) > maxDepth {
				return node{}, proofhouse.Reject(proofhouse.LimitExceeded, "proof: deeper than %d levels", maxDepth)
			}
			continue
		}
		current, bottoms = node(bottoms[:32]), bottoms[32:]
		for len(above) > 0 && above[len(above)-1].hasLeft {
			current = hash(above[len(above)-1].left, current)
			above = above[:len(above)-1]
		}
		if len(above) > 0 {
			above[len(above)-1] = innerNode{left: current, hasLeft: true}
		}
	}
	return current, nil
}

// isBottom reads the bit of a node; the most significant bit of a byte is the first.
func isBottom(shape []byte, index int) bool {
	return shape[index/8]>>(7-index%8)&1 == 1
}

func hash(left, right node) node {
	var pair [64]byte
	copy(pair[:32], left[:])
	copy(pair[32:], right[:])
	return sha256.Sum256(pair[:])
}
