// Package proofhouse is the adapter library for Go: the protocol, the declaration of backends, the readers of values, and the
// requests for ssz in the encoding helpers and for patricia. It checks only the form of values; the library under test checks
// their meaning.
package proofhouse

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

// maxLineBytes is the size of the longest message of the interface: 64 MiB and a newline.
const maxLineBytes = 64<<20 + 1

// The error classes of docs/spec/protocol.md.
const (
	Malformed       = "malformed"        // The proof does not parse.
	NonCanonical    = "non-canonical"    // The proof authenticates but is not canonical; only in the strict profile.
	InvalidProof    = "invalid-proof"    // The computed root differs.
	Incomplete      = "incomplete"       // The proof authenticates but does not cover the key.
	InvalidArgument = "invalid-argument" // The request itself is wrong.
	LimitExceeded   = "limit-exceeded"   // The request exceeds a documented bound.
	Unsupported     = "unsupported"      // Not implemented.
	Internal        = "internal"         // A fault of the library; no case accepts it.
)

// rejection is an answer of one of the interface's error classes.
type rejection struct{ class, message string }

func (r *rejection) Error() string { return r.class + ": " + r.message }

// Reject makes an error that is answered as one of the interface's error classes.
func Reject(class, format string, values ...any) error {
	return &rejection{class, fmt.Sprintf(format, values...)}
}

// Method answers one method of the interface. Any error except a rejection is answered as internal.
type Method = func(params json.RawMessage) (any, error)

type response struct {
	Version string         `json:"jsonrpc"`
	ID      *int64         `json:"id"`
	Result  any            `json:"result,omitempty"`
	Error   *responseError `json:"error,omitempty"`
}

type responseError struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
	Data    any    `json:"data,omitempty"`
}

// serve answers the requests on in, one JSON-RPC message per line, until shutdown or the end of input.
// It does not recover: a panic ends the process, and the harness reports a crash.
func serve(in io.Reader, out io.Writer, initialize any, methods map[string]Method) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 64<<10), maxLineBytes)
	buffered := bufio.NewWriter(out)
	encoder := json.NewEncoder(buffered)
	for lines.Scan() {
		answer, isLast := answerLine(lines.Bytes(), initialize, methods)
		answer.Version = "2.0"
		if err := encoder.Encode(answer); err != nil {
			return err
		}
		if err := buffered.Flush(); err != nil || isLast {
			return err
		}
	}
	return lines.Err()
}

func answerLine(line []byte, initialize any, methods map[string]Method) (answer response, isLast bool) {
	if !json.Valid(line) {
		return response{Error: &responseError{Code: -32700, Message: "not JSON"}}, false
	}
	// A struct would match names of any case, so that "ID" would be an id.
	var members map[string]json.RawMessage
	var method *string
	_ = json.Unmarshal(line, &members)
	isRequest := json.Unmarshal(members["id"], &answer.ID) == nil && answer.ID != nil
	if !isRequest {
		answer.ID = nil
	}
	params := members["params"]
	if json.Unmarshal(members["method"], &method) != nil || method == nil || !isRequest || !isObject(params) {
		answer.Error = &responseError{Code: -32600, Message: "not a request: expected id, method and params"}
		return answer, false
	}
	switch *method {
	case "initialize":
		answer.Result = initialize
		return answer, false
	case "shutdown":
		answer.Result = struct{}{}
		return answer, true
	}
	call := methods[*method]
	if call == nil {
		answer.Error = &responseError{Code: -32601, Message: fmt.Sprintf("unknown method %.80s", *method)}
	} else if result, err := call(params); err != nil {
		answer.Error = errorOf(err)
	} else {
		answer.Result = result
	}
	return answer, false
}

func isObject(raw json.RawMessage) bool { return bytes.HasPrefix(bytes.TrimSpace(raw), []byte("{")) }

// errorOf reports any error except a rejection as internal, which no vector accepts.
func errorOf(err error) *responseError {
	class, message := "internal", err.Error()
	var rejected *rejection
	if errors.As(err, &rejected) {
		class, message = rejected.class, rejected.message
	}
	data := map[string]any{"class": class, "details": struct{}{}}
	return &responseError{Code: -32000, Message: message, Data: data}
}

// Serve answers the requests on stdin until shutdown or the end of input. It exits with status 1 when reading or writing fails.
func Serve(initialize any, methods map[string]Method) {
	if err := serve(os.Stdin, os.Stdout, initialize, methods); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
