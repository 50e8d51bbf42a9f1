package proofhouse

// This file reads the values of docs/spec/protocol.md strictly. Error messages name a value by its path.

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/big"
)

const maxGindexBits = 1024

// ReadBytes reads bytes: 0x and lower-case hex, two digits per byte.
func ReadBytes(value json.RawMessage, path string) ([]byte, error) {
	if digits, ok := hexDigits(value); ok && len(digits)%2 == 0 {
		return hex.DecodeString(digits)
	}
	return nil, wrong(value, path, "0x and lower-case hex of even length")
}

// ReadNode reads a node of a tree: 32 bytes.
func ReadNode(value json.RawMessage, path string) ([32]byte, error) {
	bytes, err := ReadBytes(value, path)
	if err != nil {
		return [32]byte{}, err
	}
	if len(bytes) != 32 {
		return [32]byte{}, wrong(value, path, "32 bytes")
	}
	return [32]byte(bytes), nil
}

// ReadQuantity reads a quantity, such as a generalized index, of at most 1024 bits.
func ReadQuantity(value json.RawMessage, path string) (*big.Int, error) {
	digits, ok := hexDigits(value)
	if !ok || digits == "" || digits[0] == '0' && digits != "0" {
		return nil, wrong(value, path, "0x and minimal lower-case hex")
	}
	if 4*len(digits) > maxGindexBits {
		return nil, Reject(LimitExceeded, "%s: more than %d bits", path, maxGindexBits)
	}
	quantity, _ := new(big.Int).SetString(digits, 16)
	return quantity, nil
}

// Reader reads one value.
type Reader[T any] func(value json.RawMessage, path string) (T, error)

// ReadList reads a list, and each item with readItem: ReadList(params["keys"], "keys", ReadQuantity).
func ReadList[T any](value json.RawMessage, path string, readItem Reader[T]) ([]T, error) {
	var items []json.RawMessage
	if err := json.Unmarshal(value, &items); err != nil || items == nil {
		return nil, wrong(value, path, "a list")
	}
	read := make([]T, len(items))
	for index, item := range items {
		one, err := readItem(item, fmt.Sprintf("%s/%d", path, index))
		if err != nil {
			return nil, err
		}
		read[index] = one
	}
	return read, nil
}

// ReadName reads a name, such as that of an encoding.
func ReadName(value json.RawMessage, path string) (name string, err error) {
	if err := json.Unmarshal(value, &name); err != nil || name == "" {
		return "", wrong(value, path, "a name")
	}
	return name, nil
}

// ToHex returns bytes in their wire format.
func ToHex(value []byte) string { return "0x" + hex.EncodeToString(value) }

// hexDigits returns the digits of a string of 0x and lower-case hex; ok is false for any other value.
func hexDigits(value json.RawMessage) (digits string, ok bool) {
	var text string
	if err := json.Unmarshal(value, &text); err != nil || !isHex(text) {
		return "", false
	}
	return text[2:], true
}

// wrong rejects a value that does not have the expected form.
func wrong(value json.RawMessage, path, expected string) error {
	if value == nil {
		value = json.RawMessage("nothing")
	}
	return Reject(InvalidArgument, "%s: %.80s is not %s", path, value, expected)
}
