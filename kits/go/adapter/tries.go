package proofhouse

import (
	"bytes"
	"encoding/json"
	"slices"
)

// Tries is the interface to a library of tries in which a proof is a set of nodes. Its errors are answered unchanged.
type Tries[Trie any] struct {
	// ReadList and WriteList decode and encode a witness, an RLP list.
	ReadList  func(encoded []byte) (nodes [][]byte, err error)
	WriteList func(nodes [][]byte) (encoded []byte, err error)
	// Hash returns the path of a key in a secure trie.
	Hash func(key []byte) (path []byte)
	// Verify returns the value that the nodes prove at a path, or nil if they prove its absence.
	Verify func(root []byte, nodes [][]byte, path []byte) (value []byte, err error)
	Empty  func() Trie
	// Open returns a partial trie of some nodes.
	Open func(root []byte, nodes [][]byte) (Trie, error)
	Get  func(trie Trie, path []byte) (value []byte, err error)
	// Put writes a value, or deletes the path if the value is nil.
	Put  func(trie Trie, path, value []byte) error
	Root func(trie Trie) []byte
	// Prove returns the nodes on a path, from the root down.
	Prove func(trie Trie, path []byte) (nodes [][]byte, err error)
	// OpenNodes returns the root and the known nodes of a partial trie after writes. before holds the nodes that it was opened from.
	OpenNodes func(trie Trie, before [][]byte) (root []byte, nodes [][]byte, err error)
}

// Methods returns the methods for patricia in the encodings witness and eip1186.
func (library Tries[Trie]) Methods() map[string]Method {
	return map[string]Method{
		"proof/get":     trieMethod(library.ReadList, library.get, []string{"root", "proof", "keys"}),
		"proof/prove":   trieMethod(library.ReadList, library.prove, []string{"entries", "keys"}, "deletes"),
		"proof/extract": trieMethod(library.ReadList, library.extract, []string{"root", "proof", "keys"}, "deletes"),
		"proof/update":  trieMethod(library.ReadList, library.update, []string{"root", "proof", "writes"}),
	}
}

// trieRequest holds the parameters of a method; the others are nil.
type trieRequest struct {
	isSecure  bool
	namesKeys bool
	root      []byte
	nodes     [][]byte
	// claims are the keys that the proof names.
	claims  [][]byte
	keys    [][]byte
	deletes [][]byte
	writes  []trieWrite
}

// trieWrite is a key and its new value; nil deletes the key.
type trieWrite struct{ key, value []byte }

func trieMethod(
	readList func(encoded []byte) ([][]byte, error),
	answer func(request trieRequest) (map[string]any, error),
	required []string, optional ...string,
) Method {
	return func(raw json.RawMessage) (_ any, fault error) {
		params := readObject(raw, "invalid-argument", &fault, required, append(optional, "backend", "encoding", "options")...)
		request := trieRequest{namesKeys: string(params.members["encoding"]) == `"eip1186"`}
		isWitness := string(params.members["encoding"]) == `"witness"`
		if string(params.members["backend"]) != `"patricia"` || !request.namesKeys && !isWitness {
			fault = firstOf(fault, Reject("unsupported", "only patricia in the encodings witness and eip1186 is supported"))
		}
		request.isSecure = params.secure()
		for _, name := range slices.Concat(required, optional) {
			switch {
			case params.members[name] == nil:
			case name == "root":
				request.root = params.node(name)
			case name == "keys":
				request.keys = params.byteStrings(name)
			case name == "deletes":
				request.deletes = params.byteStrings(name)
			case name == "entries", name == "writes":
				request.writes = params.writes(name, name == "writes")
			case request.namesKeys:
				request.claims, request.nodes = params.claims()
			default:
				encoded := params.toBytes(params.members[name])
				if fault == nil {
					request.nodes, fault = readList(encoded)
				}
			}
		}
		if fault != nil {
			return nil, fault
		}
		result, err := answer(request)
		if err != nil {
			return nil, err
		}
		return result, nil
	}
}

func (library Tries[Trie]) pathOf(request trieRequest, key []byte) []byte {
	if request.isSecure {
		return library.Hash(key)
	}
	return key
}

// get calls the library's verifier for eip1186, and reads from a partial trie for a witness. Without keys it verifies the empty
// path, which requires only the root node.
func (library Tries[Trie]) get(request trieRequest) (map[string]any, error) {
	read := func(path []byte) ([]byte, error) { return library.Verify(request.root, request.nodes, path) }
	if !request.namesKeys {
		partial, err := library.Open(request.root, request.nodes)
		if err != nil {
			return nil, err
		}
		read = func(path []byte) ([]byte, error) { return library.Get(partial, path) }
	} else if len(request.keys) == 0 {
		if _, err := read(nil); err != nil {
			return nil, err
		}
	}
	values := make([]any, len(request.keys))
	for i, key := range request.keys {
		value, err := read(library.pathOf(request, key))
		if err != nil {
			return nil, err
		} else if value != nil {
			values[i] = ToHex(value)
		}
	}
	return map[string]any{"values": values}, nil
}

func (library Tries[Trie]) prove(request trieRequest) (map[string]any, error) {
	full := library.Empty()
	if err := library.write(full, request); err != nil {
		return nil, err
	}
	return library.proofOf(full, request, true)
}

func (library Tries[Trie]) extract(request trieRequest) (map[string]any, error) {
	partial, err := library.Open(request.root, request.nodes)
	if err != nil {
		return nil, err
	}
	return library.proofOf(partial, request, false)
}

func (library Tries[Trie]) update(request trieRequest) (map[string]any, error) {
	partial, err := library.Open(request.root, request.nodes)
	if err != nil {
		return nil, err
	} else if err := library.write(partial, request); err != nil {
		return nil, err
	}
	if request.namesKeys {
		request.keys = append(request.claims, mapped(request.writes, func(write trieWrite) []byte { return write.key })...)
		return library.proofOf(partial, request, true)
	}
	root, nodes, err := library.OpenNodes(partial, request.nodes)
	if err != nil {
		return nil, err
	}
	proof, err := library.witnessOf(nodes)
	return map[string]any{"root": ToHex(root), "proof": proof}, err
}

func (library Tries[Trie]) write(trie Trie, request trieRequest) error {
	for _, write := range request.writes {
		if err := library.Put(trie, library.pathOf(request, write.key), write.value); err != nil {
			return err
		}
	}
	return nil
}

// proofOf calls the library to prove each key. Without keys a witness holds only the root node.
func (library Tries[Trie]) proofOf(trie Trie, request trieRequest, withRoot bool) (map[string]any, error) {
	if request.namesKeys && (len(request.keys) == 0 || len(request.deletes) > 0) {
		return nil, Reject("invalid-argument", "eip1186 requires a key and cannot hold the extra nodes of deletions")
	} else if len(request.deletes) > 0 {
		return nil, Reject("unsupported", "the library's proofs cannot hold the extra nodes of deletions")
	}
	keys := slices.Clone(request.keys)
	slices.SortFunc(keys, bytes.Compare)
	claims, nodes := []any{}, [][]byte{}
	for _, key := range slices.CompactFunc(keys, bytes.Equal) {
		list, err := library.Prove(trie, library.pathOf(request, key))
		if err != nil {
			return nil, err
		}
		claims = append(claims, map[string]any{"key": ToHex(key), "nodes": mapped(list, ToHex)})
		nodes = append(nodes, list...)
	}
	answer := map[string]any{}
	if withRoot {
		answer["root"] = ToHex(library.Root(trie))
	}
	if request.namesKeys {
		answer["proof"] = map[string]any{"proofs": claims}
		return answer, nil
	}
	if len(keys) == 0 {
		list, err := library.Prove(trie, nil)
		if err != nil {
			return nil, err
		}
		nodes = list[:min(1, len(list))]
	}
	proof, err := library.witnessOf(nodes)
	answer["proof"] = proof
	return answer, err
}

func (library Tries[Trie]) witnessOf(nodes [][]byte) (string, error) {
	sorted := slices.Clone(nodes)
	slices.SortFunc(sorted, bytes.Compare)
	encoded, err := library.WriteList(slices.CompactFunc(sorted, bytes.Equal))
	return ToHex(encoded), err
}

// secure reads the options. It rejects the strict profile, because the library has none.
func (o object) secure() bool {
	raw := o.members["options"]
	if raw == nil {
		return false
	}
	options := readObject(raw, "invalid-argument", o.fault, nil, "profile", "secure").members
	switch profile := options["profile"]; {
	case string(profile) == `"strict"`:
		*o.fault = firstOf(*o.fault, Reject("unsupported", "the library has no strict profile"))
	case profile != nil && string(profile) != `"lenient"`:
		o.fail(profile, "a profile")
	}
	secure := options["secure"]
	if secure != nil && string(secure) != "true" && string(secure) != "false" {
		o.fail(secure, "true or false")
	}
	return string(secure) == "true"
}

// claims reads an eip1186 proof: its keys, and the nodes of all of them.
func (o object) claims() (keys, nodes [][]byte) {
	proof := readObject(o.members["proof"], "malformed", o.fault, []string{"proofs"})
	lists := proof.toList(proof.members["proofs"])
	if len(lists) == 0 {
		proof.fail(o.members["proof"], "a proof of at least one key")
	}
	for _, raw := range lists {
		if !bytes.HasPrefix(bytes.TrimSpace(raw), []byte("{")) {
			*o.fault = firstOf(*o.fault, Reject("malformed", "%.80s is not an object", raw))
			continue
		}
		claim := readObject(raw, "malformed", o.fault, []string{"key", "nodes"})
		keys, nodes = append(keys, claim.toBytes(claim.members["key"])), append(nodes, claim.byteStrings("nodes")...)
	}
	return keys, nodes
}

// writes reads pairs of a key and a value. Libraries treat an empty value as a deletion; the interface uses null instead.
func (o object) writes(name string, withNull bool) []trieWrite {
	return mapped(o.toList(o.members[name]), func(item json.RawMessage) (write trieWrite) {
		pair := o.toList(item)
		if len(pair) != 2 {
			o.fail(item, "a key and a value")
			return write
		}
		write.key = o.toBytes(pair[0])
		if withNull && string(pair[1]) == "null" {
			return write
		}
		if write.value = o.toBytes(pair[1]); len(write.value) == 0 {
			o.fail(pair[1], "a value that is not empty")
		}
		return write
	})
}
