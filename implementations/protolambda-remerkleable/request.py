"""Reads requests for `ssz` in the encoding `compact`."""

import re

from proofhouse_adapter.protocol import Rejection
from proofhouse_adapter.values import INVALID, list_of, options_of, pair_of, read_bytes, read_params, read_root


def methods_of(methods):
    """Wraps methods of read parameters as methods of the parameters on the wire."""
    return {name: reading(method, name) for name, method in methods.items()}


def reading(method, name):
    optional = {"options": options_of({})}
    if name == "proof/extract":
        optional["deletes"] = check_deletes

    def answer(params):
        if params.get("backend") != "ssz" or params.get("encoding") != "compact":
            raise Rejection("unsupported", "only ssz in the encoding compact is supported")
        read = read_params(params, PARAMETERS[name], optional)
        return method(**{parameter: read[parameter] for parameter in PARAMETERS[name]})

    return answer


def check_deletes(deletes, path):
    if deletes != []:
        raise Rejection(INVALID, f"{path}: expected an empty list; ssz has no deletion")


def read_gindex(value, path):
    if not isinstance(value, str) or not re.fullmatch("0x(?:0|[1-9a-f][0-9a-f]*)", value):
        raise Rejection(INVALID, f"{path}: expected a quantity, 0x and minimal lower-case hex")
    return int(value, 16)


def read_true(value, path):
    if value is not True:
        raise Rejection(INVALID, f"{path}: expected true")
    return value


read_write = pair_of(read_gindex, read_bytes)

STEPS = {"get": read_gindex, "set": read_write, **dict.fromkeys(("root", "checkpoint", "commit", "revert"), read_true)}


def read_step(value, path):
    if not isinstance(value, dict) or len(value) != 1 or not value.keys() <= STEPS.keys():
        raise Rejection(INVALID, f"{path}: expected one of {', '.join(STEPS)}")
    [(name, argument)] = value.items()
    return name, STEPS[name](argument, f"{path}/{name}")


PARAMETERS = {
    "proof/root": {"proof": read_bytes},
    "proof/get": {"root": read_root, "proof": read_bytes, "keys": list_of(read_gindex)},
    "proof/extract": {"root": read_root, "proof": read_bytes, "keys": list_of(read_gindex)},
    "proof/update": {"root": read_root, "proof": read_bytes, "writes": list_of(read_write)},
    "proof/transact": {"root": read_root, "proof": read_bytes, "steps": list_of(read_step)},
}
