package main

import (
	"encoding/hex"
	"encoding/json"
	"regexp"
	"slices"
)

// This file reads the wire's forms. What a value means is for the library to say.

var (
	bytesForm    = regexp.MustCompile(`^0x(?:[0-9a-f]{2})*$`)
	quantityForm = regexp.MustCompile(`^0x(?:0|[1-9a-f][0-9a-f]*)$`)
)

// members reads an object whose members are all among required and optional, and which has all the required ones.
func members(raw json.RawMessage, class string, required []string, optional ...string) (map[string]json.RawMessage, error) {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(raw, &object); err != nil || object == nil {
		return nil, reject("invalid-argument", "%.80s is not an object", raw)
	}
	for name := range object {
		if !slices.Contains(required, name) && !slices.Contains(optional, name) {
			return nil, reject(class, "unexpected member %q", name)
		}
	}
	for _, name := range required {
		if object[name] == nil {
			return nil, reject(class, "member %q is missing", name)
		}
	}
	return object, nil
}

// list reads an array, item by item.
func list[T any](raw json.RawMessage, class string, read func(json.RawMessage, string) (T, error)) ([]T, error) {
	var items []json.RawMessage
	if err := json.Unmarshal(raw, &items); err != nil || items == nil {
		return nil, reject(class, "%.80s is not an array", raw)
	}
	values := make([]T, len(items))
	for i, item := range items {
		value, err := read(item, class)
		if err != nil {
			return nil, err
		}
		values[i] = value
	}
	return values, nil
}

func readBytes(raw json.RawMessage, class string) ([]byte, error) {
	var text string
	if err := json.Unmarshal(raw, &text); err != nil || !bytesForm.MatchString(text) {
		return nil, reject(class, "%.80s is not 0x and lower-case hex of even length", raw)
	}
	return hex.DecodeString(text[2:])
}

// readQuantity leaves a quantity as it is written: its form is minimal, so that equal numbers are equal strings.
func readQuantity(raw json.RawMessage, class string) (string, error) {
	var text string
	if err := json.Unmarshal(raw, &text); err != nil || !quantityForm.MatchString(text) {
		return "", reject(class, "%.80s is not 0x and minimal hex", raw)
	}
	return text, nil
}

func toHex(value []byte) string { return "0x" + hex.EncodeToString(value) }

func toHexes(values [][]byte) []string {
	texts := make([]string, len(values))
	for i, value := range values {
		texts[i] = toHex(value)
	}
	return texts
}
