package proofhouse

// This file reads the forms that values take on the wire, strictly (CONFORMANCE.md, chapter 2). A place names the value in an error message.

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/big"
)

const maxGindexBits = 1024

// ReadBytes reads bytes: 0x and lower-case hex, two digits a byte.
func ReadBytes(value json.RawMessage, place string) ([]byte, error) {
	if digits, ok := hexDigits(value); ok && len(digits)%2 == 0 {
		return hex.DecodeString(digits)
	}
	return nil, wrong(value, place, "0x and lower-case hex of even length")
}

// ReadNode reads a node of a tree: 32 bytes.
func ReadNode(value json.RawMessage, place string) ([32]byte, error) {
	bytes, err := ReadBytes(value, place)
	if err != nil {
		return [32]byte{}, err
	}
	if len(bytes) != 32 {
		return [32]byte{}, wrong(value, place, "32 bytes")
	}
	return [32]byte(bytes), nil
}

// ReadQuantity reads a quantity, say a generalized index: 1024 bits do not fit an int.
func ReadQuantity(value json.RawMessage, place string) (*big.Int, error) {
	digits, ok := hexDigits(value)
	if !ok || digits == "" || digits[0] == '0' && digits != "0" {
		return nil, wrong(value, place, "0x and minimal lower-case hex")
	}
	if 4*len(digits) > maxGindexBits {
		return nil, Reject(LimitExceeded, "%s: more than %d bits", place, maxGindexBits)
	}
	quantity, _ := new(big.Int).SetString(digits, 16)
	return quantity, nil
}

// Reader reads one value.
type Reader[T any] func(value json.RawMessage, place string) (T, error)

// ReadList reads a list, its items by readItem: ReadList(params["keys"], "keys", ReadQuantity).
func ReadList[T any](value json.RawMessage, place string, readItem Reader[T]) ([]T, error) {
	var items []json.RawMessage
	if err := json.Unmarshal(value, &items); err != nil || items == nil {
		return nil, wrong(value, place, "a list")
	}
	read := make([]T, len(items))
	for index, item := range items {
		one, err := readItem(item, fmt.Sprintf("%s/%d", place, index))
		if err != nil {
			return nil, err
		}
		read[index] = one
	}
	return read, nil
}

// ReadName reads a name, say of an encoding.
func ReadName(value json.RawMessage, place string) (name string, err error) {
	if err := json.Unmarshal(value, &name); err != nil || name == "" {
		return "", wrong(value, place, "a name")
	}
	return name, nil
}

// ToHex writes bytes as the wire has them.
func ToHex(value []byte) string { return "0x" + hex.EncodeToString(value) }

// hexDigits tells whether value is a string of 0x and lower-case hex, and gives its digits.
func hexDigits(value json.RawMessage) (digits string, ok bool) {
	var text string
	if err := json.Unmarshal(value, &text); err != nil || !isHex(text) {
		return "", false
	}
	return text[2:], true
}

// wrong rejects a value that has another form than is expected.
func wrong(value json.RawMessage, place, expected string) error {
	if value == nil {
		value = json.RawMessage("nothing")
	}
	return Reject(InvalidArgument, "%s: %.80s is not %s", place, value, expected)
}
