// The adapter: declares the operations of your library and calls it. Fill in this file.
package main

import "example.com/proofhouse-adapter/proofhouse"

// Everything listed here is declared, and the harness runs its cases.
var declared = proofhouse.Adapter{
	Name:    "proofhouse-adapter",
	Version: "0.1.0",
	Backends: map[string]proofhouse.Backend{
		"ssz": {
			Encodings: []string{"compact"},
			// Add the next operation here, as "get": get, and a function get below.
			Operations: map[string]proofhouse.Operation{"root": root},
		},
	},
	Unsupported: []proofhouse.Rule{},
}

// root answers proof/root: it computes the root of a proof.
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
