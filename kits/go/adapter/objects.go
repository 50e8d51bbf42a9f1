package proofhouse

import (
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
)

// This file reads JSON objects and keeps the first fault, for methods with many parameters.

// isHex reports whether text is 0x and any number of lower-case hex digits.
func isHex(text string) bool {
	return strings.HasPrefix(text, "0x") && strings.Trim(text[2:], "0123456789abcdef") == ""
}

func isBytes(text string) bool { return isHex(text) && len(text)%2 == 0 }

func isQuantity(text string) bool {
	return isHex(text) && len(text) > 2 && (text[2] != '0' || len(text) == 3)
}

// object is a JSON object while it is read. It keeps the first fault, so that callers check for one only at the end.
type object struct {
	members map[string]json.RawMessage
	// class is the error class of a wrong member.
	class string
	fault *error
}

// readObject reads an object that has all required members, any of the optional ones, and no other.
func readObject(raw json.RawMessage, class string, fault *error, required []string, optional ...string) object {
	read := object{class: class, fault: fault}
	if err := json.Unmarshal(raw, &read.members); err != nil || read.members == nil {
		*fault = firstOf(*fault, Reject("invalid-argument", "%.80s is not an object", raw))
	}
	for name := range read.members {
		if !slices.Contains(required, name) && !slices.Contains(optional, name) {
			*fault = firstOf(*fault, Reject(class, "unexpected member %q", name))
		}
	}
	for _, name := range required {
		if read.members[name] == nil {
			*fault = firstOf(*fault, Reject(class, "member %q is missing", name))
		}
	}
	return read
}

func firstOf(fault, next error) error {
	if fault != nil {
		return fault
	}
	return next
}

func (o object) fail(raw json.RawMessage, expected string) {
	*o.fault = firstOf(*o.fault, Reject(o.class, "%.80s is not %s", raw, expected))
}

func (o object) text(raw json.RawMessage, isForm func(string) bool, expected string) (text string) {
	if err := json.Unmarshal(raw, &text); err != nil || !isForm(text) {
		o.fail(raw, expected)
		return "0x"
	}
	return text
}

func (o object) toBytes(raw json.RawMessage) []byte {
	value, _ := hex.DecodeString(o.text(raw, isBytes, "0x and lower-case hex of even length")[2:])
	return value
}

// toQuantity keeps a quantity as text: the form is minimal, so that equal numbers are equal strings.
func (o object) toQuantity(raw json.RawMessage) string {
	return o.text(raw, isQuantity, "0x and minimal hex")
}

func (o object) toList(raw json.RawMessage) (items []json.RawMessage) {
	if err := json.Unmarshal(raw, &items); err != nil || items == nil {
		o.fail(raw, "an array")
	}
	return items
}

func (o object) node(name string) []byte {
	value := o.toBytes(o.members[name])
	if len(value) != 32 {
		o.fail(o.members[name], "32 bytes")
	}
	return value
}

func (o object) byteStrings(name string) [][]byte {
	return mapped(o.toList(o.members[name]), o.toBytes)
}

func (o object) quantities(name string) []string {
	return mapped(o.toList(o.members[name]), o.toQuantity)
}

// empty reads an optional array that must be empty.
func (o object) empty(name string) {
	if raw := o.members[name]; raw != nil && len(o.toList(raw)) > 0 {
		o.fail(raw, "empty")
	}
}

// entries reads pairs of a key and a value.
func (o object) entries(name string) (keys []string, values [][]byte) {
	for _, item := range o.toList(o.members[name]) {
		pair := o.toList(item)
		if len(pair) != 2 {
			o.fail(item, "a key and a value")
			continue
		}
		keys, values = append(keys, o.toQuantity(pair[0])), append(values, o.toBytes(pair[1]))
	}
	return keys, values
}

// readParams reads the parameters of a method for ssz in the encoding helpers.
func readParams(raw json.RawMessage, fault *error, required []string, optional ...string) object {
	optional = append(optional, "backend", "encoding", "options")
	params := readObject(raw, "invalid-argument", fault, required, optional...)
	if string(params.members["backend"]) != `"ssz"` || string(params.members["encoding"]) != `"helpers"` {
		*fault = firstOf(*fault, Reject("unsupported", "only ssz in the encoding helpers is supported"))
	}
	if options := params.members["options"]; options != nil {
		profile := readObject(options, "invalid-argument", fault, nil, "profile").members["profile"]
		if profile != nil && string(profile) != `"strict"` && string(profile) != `"lenient"` {
			params.fail(profile, "a profile")
		}
	}
	return params
}

func mapped[From, To any](items []From, by func(From) To) []To {
	converted := make([]To, len(items))
	for i, item := range items {
		converted[i] = by(item)
	}
	return converted
}
