// The adapter: what your library can do, and how it is called. This is the file to fill in.
package main

import "example.com/proofhouse-adapter/proofhouse"

// What is listed here is declared, and what is declared is put to the test.
var declared = proofhouse.Adapter{
	Name:    "proofhouse-adapter",
	Version: "0.1.0",
	Backends: map[string]proofhouse.Backend{
		"ssz": {
			Encodings: []string{"compact"},
			// The next operation goes here, as "get": get, with a function get below.
			Operations: map[string]proofhouse.Operation{"root": root},
		},
	},
	Unsupported: []proofhouse.Rule{},
}

// root answers proof/root: the root that a proof stands for.
func root(params proofhouse.Params) (any, error) {
	proof, err := proofhouse.ReadBytes(params["proof"], "proof")
	if err != nil {
		return nil, err
	}
	root, err := compactRoot(proof) // Your library's call goes here.
	if err != nil {
		return nil, err
	}
	return map[string]string{"root": proofhouse.ToHex(root[:])}, nil
}

func main() { proofhouse.ServeAdapter(declared) }
