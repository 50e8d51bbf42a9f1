package proofhouse

import (
	"bytes"
	"encoding/json"
	"slices"
)

// Tries is how a library reads, writes and proves in tries, in which a proof is a set of nodes. Its errors are answered as they are.
type Tries[Trie any] struct {
	// ReadList and WriteList know RLP, of which a witness is a list.
	ReadList  func(encoded []byte) (nodes [][]byte, err error)
	WriteList func(nodes [][]byte) (encoded []byte, err error)
	// Hash makes the path of a secure trie of a key.
	Hash func(key []byte) (path []byte)
	// Verify reads what the nodes prove of a path; nil is absent.
	Verify func(root []byte, nodes [][]byte, path []byte) (value []byte, err error)
	Empty  func() Trie
	// Open makes a trie of some nodes of a larger one.
	Open func(root []byte, nodes [][]byte) (Trie, error)
	Get  func(trie Trie, path []byte) (value []byte, err error)
	// Put deletes where the value is nil.
	Put  func(trie Trie, path, value []byte) error
	Root func(trie Trie) []byte
	// Prove lists the nodes of a path, from the root down.
	Prove func(trie Trie, path []byte) (nodes [][]byte, err error)
	// OpenNodes lists the nodes that there are of a trie that was opened from some and written to.
	OpenNodes func(trie Trie, before [][]byte) (root []byte, nodes [][]byte, err error)
}

// Methods answers for patricia, witness and eip1186.
func (library Tries[Trie]) Methods() map[string]Method {
	return map[string]Method{
		"proof/get":     trieMethod(library.ReadList, library.get, []string{"root", "proof", "keys"}),
		"proof/prove":   trieMethod(library.ReadList, library.prove, []string{"entries", "keys"}, "deletes"),
		"proof/extract": trieMethod(library.ReadList, library.extract, []string{"root", "proof", "keys"}, "deletes"),
		"proof/update":  trieMethod(library.ReadList, library.update, []string{"root", "proof", "writes"}),
	}
}

// trieRequest is what has been asked of a trie: of the parameters those that the method has.
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

// trieWrite is a value under a key; nil deletes.
type trieWrite struct{ key, value []byte }

func trieMethod(
	readList func(encoded []byte) ([][]byte, error),
	answer func(asked trieRequest) (map[string]any, error),
	required []string, optional ...string,
) Method {
	return func(raw json.RawMessage) (_ any, fault error) {
		params := readObject(raw, "invalid-argument", &fault, required, append(optional, "backend", "encoding", "options")...)
		asked := trieRequest{namesKeys: string(params.members["encoding"]) == `"eip1186"`}
		isWitness := string(params.members["encoding"]) == `"witness"`
		if string(params.members["backend"]) != `"patricia"` || !asked.namesKeys && !isWitness {
			fault = firstOf(fault, Reject("unsupported", "only patricia, witness and eip1186 are offered"))
		}
		asked.isSecure = params.secure()
		for _, name := range slices.Concat(required, optional) {
			switch {
			case params.members[name] == nil:
			case name == "root":
				asked.root = params.node(name)
			case name == "keys":
				asked.keys = params.byteStrings(name)
			case name == "deletes":
				asked.deletes = params.byteStrings(name)
			case name == "entries", name == "writes":
				asked.writes = params.writes(name, name == "writes")
			case asked.namesKeys:
				asked.claims, asked.nodes = params.claims()
			default:
				encoded := params.toBytes(params.members[name])
				if fault == nil {
					asked.nodes, fault = readList(encoded)
				}
			}
		}
		if fault != nil {
			return nil, fault
		}
		result, err := answer(asked)
		if err != nil {
			return nil, err
		}
		return result, nil
	}
}

func (library Tries[Trie]) pathOf(asked trieRequest, key []byte) []byte {
	if asked.isSecure {
		return library.Hash(key)
	}
	return key
}

// get asks the library's verifier about eip1186, and about a witness the trie that its nodes make. Without keys the verifier is
// asked of the empty one, which needs the root node alone.
func (library Tries[Trie]) get(asked trieRequest) (map[string]any, error) {
	read := func(path []byte) ([]byte, error) { return library.Verify(asked.root, asked.nodes, path) }
	if !asked.namesKeys {
		partial, err := library.Open(asked.root, asked.nodes)
		if err != nil {
			return nil, err
		}
		read = func(path []byte) ([]byte, error) { return library.Get(partial, path) }
	} else if len(asked.keys) == 0 {
		if _, err := read(nil); err != nil {
			return nil, err
		}
	}
	values := make([]any, len(asked.keys))
	for i, key := range asked.keys {
		value, err := read(library.pathOf(asked, key))
		if err != nil {
			return nil, err
		} else if value != nil {
			values[i] = ToHex(value)
		}
	}
	return map[string]any{"values": values}, nil
}

func (library Tries[Trie]) prove(asked trieRequest) (map[string]any, error) {
	whole := library.Empty()
	if err := library.write(whole, asked); err != nil {
		return nil, err
	}
	return library.proofOf(whole, asked, true)
}

func (library Tries[Trie]) extract(asked trieRequest) (map[string]any, error) {
	partial, err := library.Open(asked.root, asked.nodes)
	if err != nil {
		return nil, err
	}
	return library.proofOf(partial, asked, false)
}

func (library Tries[Trie]) update(asked trieRequest) (map[string]any, error) {
	partial, err := library.Open(asked.root, asked.nodes)
	if err != nil {
		return nil, err
	} else if err := library.write(partial, asked); err != nil {
		return nil, err
	}
	if asked.namesKeys {
		asked.keys = append(asked.claims, mapped(asked.writes, func(write trieWrite) []byte { return write.key })...)
		return library.proofOf(partial, asked, true)
	}
	root, nodes, err := library.OpenNodes(partial, asked.nodes)
	if err != nil {
		return nil, err
	}
	proof, err := library.witnessOf(nodes)
	return map[string]any{"root": ToHex(root), "proof": proof}, err
}

func (library Tries[Trie]) write(trie Trie, asked trieRequest) error {
	for _, write := range asked.writes {
		if err := library.Put(trie, library.pathOf(asked, write.key), write.value); err != nil {
			return err
		}
	}
	return nil
}

// proofOf has the library prove each key; of no key the root node.
func (library Tries[Trie]) proofOf(trie Trie, asked trieRequest, withRoot bool) (map[string]any, error) {
	if asked.namesKeys && (len(asked.keys) == 0 || len(asked.deletes) > 0) {
		return nil, Reject("invalid-argument", "a list is of a key, and has no place for what deletions need")
	} else if len(asked.deletes) > 0 {
		return nil, Reject("unsupported", "the library's proofs have no place for what deletions need")
	}
	keys := slices.Clone(asked.keys)
	slices.SortFunc(keys, bytes.Compare)
	claims, nodes := []any{}, [][]byte{}
	for _, key := range slices.CompactFunc(keys, bytes.Equal) {
		list, err := library.Prove(trie, library.pathOf(asked, key))
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
	if asked.namesKeys {
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

// secure reads the options: the library has no strict profile.
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

// claims reads the proof of eip1186: the keys that it names, and the nodes of all of them.
func (o object) claims() (keys, nodes [][]byte) {
	proof := readObject(o.members["proof"], "malformed", o.fault, []string{"proofs"})
	lists := proof.toList(proof.members["proofs"])
	if len(lists) == 0 {
		proof.fail(o.members["proof"], "a proof of a key")
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

// writes reads pairs of a key and a value. To libraries an empty value is a deletion, which the interface has null for.
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
