package proofhouse

// This file turns the declaration of an adapter into methods.

import (
	"encoding/json"
	"slices"
)

// Adapter holds the result of initialize and the function of each operation.
type Adapter struct {
	Name, Version string
	Backends      map[string]Backend
	Unsupported   []Rule
}

// Backend lists the encodings and operations of one proof backend.
type Backend struct {
	Encodings  []string
	Operations map[string]Operation
}

// Operation maps the parameters of a request to its result. Any error except a rejection is answered as internal.
type Operation func(Params) (any, error)

// Params are the parameters of a request by name.
type Params map[string]json.RawMessage

// Rule names declared cases that cannot run: a glob over case ids, and a reason.
type Rule struct {
	Match  string `json:"match"`
	Reason string `json:"reason"`
}

// parameters of each operation, besides backend and options.
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

// ServeAdapter answers the requests on stdin until shutdown or the end of input.
func ServeAdapter(adapter Adapter) {
	methods := map[string]Method{}
	for name := range parameters {
		methods["proof/"+name] = methodOf(adapter, name)
	}
	Serve(initialize(adapter), methods)
}

func initialize(adapter Adapter) any {
	capabilities := map[string]any{}
	for name, backend := range adapter.Backends {
		operations := []string{}
		for operation := range backend.Operations {
			operations = append(operations, operation)
		}
		slices.Sort(operations)
		capabilities[name] = map[string]any{"encodings": backend.Encodings, "operations": operations}
	}
	return map[string]any{
		"protocol":       1,
		"implementation": map[string]string{"name": adapter.Name, "version": adapter.Version, "language": "Go"},
		"capabilities":   map[string]any{"proof": capabilities},
		"unsupported":    adapter.Unsupported,
	}
}

// methodOf returns a method that makes the checks common to all backends, then calls the operation.
func methodOf(adapter Adapter, operationName string) Method {
	known := parameters[operationName]
	return func(raw json.RawMessage) (any, error) {
		var params Params
		if err := json.Unmarshal(raw, &params); err != nil {
			return nil, wrong(raw, "params", "an object")
		}
		name, err := ReadName(params["backend"], "backend")
		if err != nil {
			return nil, err
		}
		if err := checkParameters(name, params, known); err != nil {
			return nil, err
		}
		backend := adapter.Backends[name]
		operation, ok := backend.Operations[operationName]
		if !ok {
			return nil, Reject(Unsupported, "%s of %.80s is not declared", operationName, name)
		}
		for _, role := range []string{"encoding", "from", "to"} {
			if !slices.Contains(known, role) {
				continue
			}
			encoding, err := ReadName(params[role], role)
			if err != nil {
				return nil, err
			}
			if !slices.Contains(backend.Encodings, encoding) {
				return nil, Reject(Unsupported, "%.80s is not declared", encoding)
			}
		}
		return operation(params)
	}
}

// checkParameters rejects unknown parameters and options.
func checkParameters(backend string, params Params, known []string) error {
	for name := range params {
		if name != "backend" && name != "options" && !slices.Contains(known, name) {
			return Reject(InvalidArgument, "unknown parameter %.80s", name)
		}
	}
	if deletes := string(params["deletes"]); backend == "ssz" && deletes != "" && deletes != "[]" {
		return Reject(InvalidArgument, "ssz has no deletion")
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
			return wrong(raw, "options", "an object of the backend's options")
		}
	}
	return nil
}

// isOption reports whether a backend has an option: all have profile, sparse has depth, and patricia has secure.
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
