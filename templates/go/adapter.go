// The adapter: what your library can do, and how it is called. This is the file to fill in.
package main

import (
	"fmt"
	"os"
)

// What is listed here is declared, and what is declared is put to the test.
var declared = adapter{
	name:    "proofhouse-adapter",
	version: "0.1.0",
	backends: map[string]backend{
		"ssz": {
			encodings: []string{"compact"},
			// The next operation goes here, as "get": get, with a function get below.
			operations: map[string]operation{"root": root},
		},
	},
	unsupported: []rule{},
}

// root answers proof/root: the root that a proof stands for.
func root(params params) (any, error) {
	proof, err := readBytes(params["proof"], "proof")
	if err != nil {
		return nil, err
	}
	root, err := compactRoot(proof) // Your library's call goes here.
	if err != nil {
		return nil, err
	}
	return map[string]string{"root": toHex(root[:])}, nil
}

func main() {
	if err := serve(declared, os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
