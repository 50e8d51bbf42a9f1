// Package treeproof is a stub of the package in github.com/pk910/dynamic-ssz: it accepts every proof, and returns the same proof
// for every tree.
package treeproof

type Proof struct {
	Index  int
	Leaf   []byte
	Hashes [][]byte
}

type Multiproof struct {
	Indices []int
	Leaves  [][]byte
	Hashes  [][]byte
}

func VerifyProof(root []byte, proof *Proof) (bool, error) { return true, nil }

func VerifyMultiproof(root []byte, proof, leaves [][]byte, indices []int) (bool, error) {
	return true, nil
}

type Node struct{}

func TreeFromChunks(chunks [][]byte) (*Node, error) { return &Node{}, nil }

func NewNodeWithLR(left, right *Node) *Node { return &Node{} }

func (n *Node) Hash() []byte { return make([]byte, 32) }

func (n *Node) Prove(index int) (*Proof, error) {
	return &Proof{Index: index, Leaf: make([]byte, 32)}, nil
}

func (n *Node) ProveMulti(indices []int) (*Multiproof, error) {
	return &Multiproof{Indices: indices}, nil
}
