"""Reads requests for `radix` strictly (docs/spec/protocol.md, docs/spec/proofs.md), except the proof itself."""

from __future__ import annotations

import re
from typing import Any, Callable

from rejection import MAX_KEY_BYTES, invalid_argument, unsupported
from transaction import Step, check_nesting

ENCODINGS = ("kmm", "nodes")
PROFILES = ("lenient", "strict")
HEX = re.compile("0x[0-9a-f]*")

Reader = Callable[[object, str], Any]


def read_bytes(value: object, path: str) -> bytes:
    if not isinstance(value, str) or len(value) % 2 or not HEX.fullmatch(value):
        raise invalid_argument(f"{path}: expected bytes, 0x and lower-case hex of even length")
    return bytes.fromhex(value[2:])


def read_bytes32(value: object, path: str) -> bytes:
    data = read_bytes(value, path)
    if len(data) != 32:
        raise invalid_argument(f"{path}: expected 32 bytes, not {len(data)}")
    return data


def read_key(value: object, path: str) -> bytes:
    key = read_bytes(value, path)
    if not 1 <= len(key) <= MAX_KEY_BYTES:
        raise invalid_argument(f"{path}: expected a key of 1 to {MAX_KEY_BYTES} bytes, not {len(key)}")
    return key


def read_written(value: object, path: str) -> bytes | None:
    return None if value is None else read_bytes32(value, path)


def list_of(read: Reader) -> Reader:
    def read_list(value: object, path: str) -> list[Any]:
        if not isinstance(value, list):
            raise invalid_argument(f"{path}: expected a list")
        return [read(item, f"{path}/{index}") for index, item in enumerate(value)]

    return read_list


def pair_of(read_second: Reader) -> Reader:
    def read_pair(value: object, path: str) -> tuple[bytes, Any]:
        if not isinstance(value, list) or len(value) != 2:
            raise invalid_argument(f"{path}: expected a key and a value")
        return read_key(value[0], f"{path}/0"), read_second(value[1], f"{path}/1")

    return read_pair


read_keys = list_of(read_key)
read_entry = pair_of(read_bytes32)
read_write = pair_of(read_written)


def read_map(read: Reader) -> Reader:
    """Reads a list of pairs as a map. The last pair of a key counts (PROOF-RADIX-003)."""
    read_pairs = list_of(read)

    def read_last(value: object, path: str) -> dict[bytes, bytes | None]:
        pairs: dict[bytes, bytes | None] = dict(read_pairs(value, path))
        present = sorted(key for key, written in pairs.items() if written is not None)
        for before, after in zip(present, present[1:]):
            if after.startswith(before):
                raise invalid_argument(f"{path}: a key of {len(before)} bytes is a prefix of another key")
        return pairs

    return read_last


def read_proofs(value: object, path: str) -> list[bytes]:
    proofs: list[bytes] = list_of(read_bytes)(value, path)
    if not proofs:
        raise invalid_argument(f"{path}: expected at least one proof")
    return proofs


def read_step(value: object, path: str) -> Step:
    if not isinstance(value, dict) or len(value) != 1:
        raise invalid_argument(f"{path}: expected an object with one member")
    [(name, argument)] = value.items()
    path = f"{path}/{name[:20]}"
    if name == "get":
        return Step(name, read_key(argument, path))
    if name == "set":
        return Step(name, *read_write(argument, path))
    if name not in ("root", "checkpoint", "commit", "revert") or argument is not True:
        raise invalid_argument(f"{path}: expected get, set, or root, checkpoint, commit or revert with true")
    return Step(name)


def read_steps(value: object, path: str) -> list[Step]:
    steps: list[Step] = list_of(read_step)(value, path)
    check_nesting(steps)
    return steps


def read_backend(value: object, path: str) -> str:
    return read_name(value, path, ("radix",))


def read_encoding(value: object, path: str) -> str:
    return read_name(value, path, ENCODINGS)


def read_name(value: object, path: str, known: tuple[str, ...]) -> str:
    if not isinstance(value, str):
        raise invalid_argument(f"{path}: expected a name")
    if value not in known:
        raise unsupported(f"{path}: expected {' or '.join(known)}")
    return value


def read_strict(options: object, path: str) -> bool:
    """Reads the options. Returns whether the profile is strict; the default is lenient."""
    if not isinstance(options, dict):
        raise invalid_argument(f"{path}: expected an object")
    for name in options:
        if name != "profile":
            raise invalid_argument(f"{path}: `radix` has no option {name[:20]!r}")
    profile = options.get("profile", "lenient")
    if profile not in PROFILES:
        raise invalid_argument(f"{path}/profile: expected {' or '.join(PROFILES)}")
    return bool(profile == "strict")


PROVEN: dict[str, Reader] = {"root": read_bytes32, "proof": read_bytes}
PARAMETERS: dict[str, dict[str, Reader]] = {
    "proof/root": {"proof": read_bytes},
    "proof/get": {**PROVEN, "keys": read_keys},
    "proof/cost": PROVEN,
    "proof/prove": {"entries": read_map(read_entry), "keys": read_keys},
    "proof/merge": {"root": read_bytes32, "proofs": read_proofs},
    "proof/extract": {**PROVEN, "keys": read_keys},
    "proof/update": {**PROVEN, "writes": read_map(read_write)},
    "proof/transact": {**PROVEN, "steps": read_steps},
    "proof/convert": {"from": read_encoding, "to": read_encoding, **PROVEN},
}
OPTIONAL: dict[str, dict[str, Reader]] = {
    "proof/prove": {"deletes": read_keys},
    "proof/extract": {"deletes": read_keys},
}


def read_params(method: str, params: object) -> dict[str, Any]:
    """Reads the parameters of `method`, without `backend`. `options` becomes `strict`."""
    if method not in PARAMETERS:
        raise unsupported(f"unknown method {method[:80]}")
    if not isinstance(params, dict):
        raise invalid_argument("/params: expected an object")
    readers = {"backend": read_backend, **PARAMETERS[method]}
    optional = {"options": read_strict, **OPTIONAL.get(method, {})}
    if method != "proof/convert":
        readers["encoding"] = read_encoding
    for name in params:
        if name not in readers and name not in optional:
            raise invalid_argument(f"{method} has no parameter {name[:20]!r}")
    for name in readers:
        if name not in params:
            raise invalid_argument(f"{method} requires the parameter {name!r}")
    values = {name: read(params[name], f"/{name}") for name, read in {**readers, **optional}.items() if name in params}
    del values["backend"]
    values["strict"] = values.pop("options", False)
    if method == "proof/convert":
        values["source"], values["target"] = values.pop("from"), values.pop("to")
    return values
