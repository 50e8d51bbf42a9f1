package main

// This file holds the conversation with the harness: one JSON-RPC message a line, answered in the order they come.
// Nothing here has to be changed.

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// adapter is what initialize says of your library, and how each operation is called.
type adapter struct {
	name, version string
	backends      map[string]backend
	unsupported   []rule
}

type backend struct {
	encodings  []string
	operations map[string]operation
}

// operation answers one request from its parameters. An error that is no rejection is answered as internal.
type operation func(params) (any, error)

type params map[string]json.RawMessage

// rule names cases that are declared and cannot be run: a glob over their ids, and the reason.
type rule struct {
	Match  string `json:"match"`
	Reason string `json:"reason"`
}

// class says why a request is rejected (CONFORMANCE.md, chapter 4).
type class string

const (
	malformed       class = "malformed"        // The proof does not parse.
	nonCanonical    class = "non-canonical"    // It authenticates in another form; in the strict profile alone.
	invalidProof    class = "invalid-proof"    // The computed root differs.
	incomplete      class = "incomplete"       // It authenticates, but does not reach the key.
	invalidArgument class = "invalid-argument" // The request itself is wrong.
	limitExceeded   class = "limit-exceeded"   // Beyond a documented bound.
	unsupported     class = "unsupported"      // Not implemented.
	internal        class = "internal"         // A fault of the library; no case accepts it.
)

type rejection struct {
	class   class
	message string
}

func (r rejection) Error() string { return r.message }

func reject(class class, format string, values ...any) error {
	return rejection{class, fmt.Sprintf(format, values...)}
}

// parameters of each operation, beside backend and options.
var parameters = map[string][]string{
	"root":     {"encoding", "proof"},
	"get":      {"encoding", "root", "proof", "keys"},
	"cost":     {"encoding", "root", "proof"},
	"prove":    {"encoding", "entries", "keys", "deletes"},
	"merge":    {"encoding", "root", "proofs"},
	"extract":  {"encoding", "root", "proof", "keys", "deletes"},
	"update":   {"encoding", "root", "proof", "writes"},
	"transact": {"encoding", "root", "proof", "steps"},
	"convert":  {"from", "to", "root", "proof", "keys"},
}

type request struct {
	ID     json.RawMessage `json:"id"`
	Method *string         `json:"method"`
	Params params          `json:"params"`
}

type response struct {
	Version string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id"`
	Result  any             `json:"result,omitempty"`
	Error   *fault          `json:"error,omitempty"`
}

type fault struct {
	Code    int            `json:"code"`
	Message string         `json:"message"`
	Data    map[string]any `json:"data,omitempty"`
}

// serve answers requests until shutdown or the end of input.
func serve(adapter adapter, in io.Reader, out io.Writer) error {
	lines, buffered := bufio.NewReaderSize(in, 1<<16), bufio.NewWriter(out)
	encoder := json.NewEncoder(buffered)
	for {
		line, err := lines.ReadBytes('\n')
		if err == io.EOF && len(line) == 0 {
			return nil
		} else if err != nil && err != io.EOF {
			return err
		}
		answer, isLast := answerLine(adapter, line)
		if err := encoder.Encode(answer); err != nil {
			return err
		}
		if err := buffered.Flush(); err != nil || isLast {
			return err
		}
	}
}

func answerLine(adapter adapter, line []byte) (answer response, isLast bool) {
	answer.Version = "2.0"
	var request request
	if err := json.Unmarshal(line, &request); err != nil {
		answer.Error = &fault{Code: -32700, Message: err.Error()}
		return answer, false
	}
	answer.ID = request.ID
	if request.Method == nil || request.Params == nil {
		answer.Error = &fault{Code: -32600, Message: "expected a method and params"}
		return answer, false
	}
	switch *request.Method {
	case "initialize":
		answer.Result = initialize(adapter)
	case "shutdown":
		answer.Result, isLast = struct{}{}, true
	default:
		result, err := call(adapter, *request.Method, request.Params)
		answer.Result = result
		if err != nil {
			answer.Result, answer.Error = nil, faultOf(err)
		}
	}
	return answer, isLast
}

func initialize(adapter adapter) any {
	capabilities := map[string]any{}
	for name, backend := range adapter.backends {
		operations := slices.Sorted(maps.Keys(backend.operations))
		capabilities[name] = map[string]any{"encodings": backend.encodings, "operations": operations}
	}
	return map[string]any{
		"protocol":       1,
		"implementation": map[string]string{"name": adapter.name, "version": adapter.version, "language": "Go"},
		"capabilities":   map[string]any{"proof": capabilities},
		"unsupported":    adapter.unsupported,
	}
}

// call checks what is the same for all operations, then calls the one that method names.
func call(adapter adapter, method string, params params) (any, error) {
	name, err := readName(params["backend"], "backend")
	if err != nil {
		return nil, err
	}
	backend := adapter.backends[name]
	operationName, _ := strings.CutPrefix(method, "proof/")
	operation, ok := backend.operations[operationName]
	if !ok {
		return nil, reject(unsupported, "%s of %s is not declared", method, name)
	}
	known := parameters[operationName]
	if err := checkParameters(name, params, known); err != nil {
		return nil, err
	}
	for _, role := range []string{"encoding", "from", "to"} {
		if !slices.Contains(known, role) {
			continue
		}
		encoding, err := readName(params[role], role)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(backend.encodings, encoding) {
			return nil, reject(unsupported, "%s is not declared", encoding)
		}
	}
	return operation(params)
}

// checkParameters refuses a parameter or an option that there is not.
func checkParameters(backend string, params params, known []string) error {
	for name := range params {
		if name != "backend" && name != "options" && !slices.Contains(known, name) {
			return reject(invalidArgument, "no parameter is %s", name)
		}
	}
	if deletes := string(params["deletes"]); backend == "ssz" && deletes != "" && deletes != "[]" {
		return reject(invalidArgument, "ssz has no deletion")
	}
	raw, ok := params["options"]
	if !ok {
		return nil
	}
	var options map[string]any
	if err := json.Unmarshal(raw, &options); err != nil || options == nil {
		return wrong(raw, "options", "an object")
	}
	for name, value := range options {
		if !isOption(backend, name, value) {
			return wrong(raw, "options", "options of the backend")
		}
	}
	return nil
}

// isOption says whether a backend has an option: all have a profile, sparse has a depth, and patricia hashes keys or not.
func isOption(backend, name string, value any) bool {
	switch {
	case name == "profile":
		return value == "strict" || value == "lenient"
	case name == "depth" && backend == "sparse":
		depth, ok := value.(float64)
		return ok && depth >= 1 && depth <= 256 && depth == float64(int(depth))
	case name == "secure" && backend == "patricia":
		_, ok := value.(bool)
		return ok
	}
	return false
}

func faultOf(err error) *fault {
	rejected := rejection{internal, err.Error()}
	errors.As(err, &rejected)
	data := map[string]any{"class": rejected.class, "details": struct{}{}}
	return &fault{Code: -32000, Message: rejected.message, Data: data}
}
