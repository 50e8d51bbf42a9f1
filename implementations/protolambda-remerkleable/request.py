"""
The protocol, and requests about `ssz`, `compact` in Python's types: the wire's forms alone, nothing that a library
could judge.
"""

import json
import re
import sys

INVALID = "invalid-argument"


class Rejection(Exception):
    """An answer of one of the interface's error classes."""

    def __init__(self, error_class, message):
        super().__init__(message)
        self.error_class = error_class


def serve(initialize, methods):
    """Answers the requests on stdin, one a line, until `shutdown` or the end of input. `methods` take what was read."""
    for line in sys.stdin.buffer:
        answer, is_last = answer_line(line, initialize, methods)
        print(json.dumps({"jsonrpc": "2.0", **answer}), flush=True)
        if is_last:
            break


def answer_line(line, initialize, methods):
    try:
        request = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"id": None, "error": {"code": -32700, "message": f"not JSON: {error}"}}, False
    try:
        call_id, method, params = request["id"], request["method"], dict(request["params"])
    except (KeyError, TypeError, ValueError):
        return {"id": None, "error": {"code": -32600, "message": "not a request: id, method, params"}}, False
    if method == "initialize":
        return {"id": call_id, "result": initialize}, False
    if method == "shutdown":
        return {"id": call_id, "result": {}}, True
    try:
        return {"id": call_id, "result": call(methods, method, params)}, False
    except Rejection as rejection:
        error_class, message = rejection.error_class, str(rejection)
    except Exception as error:
        # What the library throws beside its verdicts, running out of stack for one, is no verdict.
        error_class, message = "internal", f"{type(error).__name__}: {error}"
    return {"id": call_id, "error": {"code": -32000, "message": message, "data": {"class": error_class}}}, False


def call(methods, method, params):
    if method not in methods or params.get("backend") != "ssz" or params.get("encoding") != "compact":
        raise Rejection("unsupported", "not declared")
    return methods[method](**read_params(method, params))


def read_params(method, params):
    readers = PARAMETERS[method]
    optional = {"options": check_options}
    if method == "proof/extract":
        optional["deletes"] = check_deletes
    for name in params:
        if name not in ("backend", "encoding", *optional, *readers):
            raise Rejection(INVALID, f"{method} has no parameter {name!r}")
    for name, check in optional.items():
        if name in params:
            check(params[name])
    for name in readers:
        if name not in params:
            raise Rejection(INVALID, f"{method} lacks its parameter {name!r}")
    return {name: read(params[name], f"/{name}") for name, read in readers.items()}


def check_options(options):
    if not isinstance(options, dict):
        raise Rejection(INVALID, "/options: expected an object")
    for name, value in options.items():
        if name != "profile" or value not in ("strict", "lenient"):
            raise Rejection(INVALID, f"/options: {name!r} does not apply")


def check_deletes(deletes):
    if deletes != []:
        raise Rejection(INVALID, "/deletes: expected an empty list; ssz has no deletion")


def read_bytes(value, place):
    if not isinstance(value, str) or len(value) % 2 or not re.fullmatch("0x[0-9a-f]*", value):
        raise Rejection(INVALID, f"{place}: expected bytes, 0x and lower-case hex of even length")
    return bytes.fromhex(value[2:])


def read_root(value, place):
    root = read_bytes(value, place)
    if len(root) != 32:
        raise Rejection(INVALID, f"{place}: expected 32 bytes, not {len(root)}")
    return root


def read_gindex(value, place):
    if not isinstance(value, str) or not re.fullmatch("0x(?:0|[1-9a-f][0-9a-f]*)", value):
        raise Rejection(INVALID, f"{place}: expected a quantity, 0x and minimal lower-case hex")
    return int(value, 16)


def list_of(read):
    def read_list(value, place):
        if not isinstance(value, list):
            raise Rejection(INVALID, f"{place}: expected a list")
        return [read(item, f"{place}/{at}") for at, item in enumerate(value)]

    return read_list


def read_write(value, place):
    if not isinstance(value, list) or len(value) != 2:
        raise Rejection(INVALID, f"{place}: expected a key and a value")
    return read_gindex(value[0], f"{place}/0"), read_bytes(value[1], f"{place}/1")


def read_true(value, place):
    if value is not True:
        raise Rejection(INVALID, f"{place}: expected true")
    return value


STEPS = {"get": read_gindex, "set": read_write, **dict.fromkeys(("root", "checkpoint", "commit", "revert"), read_true)}


def read_step(value, place):
    if not isinstance(value, dict) or len(value) != 1 or not value.keys() <= STEPS.keys():
        raise Rejection(INVALID, f"{place}: expected one of {', '.join(STEPS)}")
    [(name, argument)] = value.items()
    return name, STEPS[name](argument, f"{place}/{name}")


PARAMETERS = {
    "proof/root": {"proof": read_bytes},
    "proof/get": {"root": read_root, "proof": read_bytes, "keys": list_of(read_gindex)},
    "proof/extract": {"root": read_root, "proof": read_bytes, "keys": list_of(read_gindex)},
    "proof/update": {"root": read_root, "proof": read_bytes, "writes": list_of(read_write)},
    "proof/transact": {"root": read_root, "proof": read_bytes, "steps": list_of(read_step)},
}
