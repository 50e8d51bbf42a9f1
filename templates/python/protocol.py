"""The conversation with the harness: one JSON-RPC message a line, answered in order.

Nothing here has to be changed.
"""

import json
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

# Parameters of each operation, beside `backend` and `options`.
PARAMETERS = {
    "root": ["encoding", "proof"],
    "get": ["encoding", "root", "proof", "keys"],
    "cost": ["encoding", "root", "proof"],
    "prove": ["encoding", "entries", "keys", "deletes"],
    "merge": ["encoding", "root", "proofs"],
    "extract": ["encoding", "root", "proof", "keys", "deletes"],
    "update": ["encoding", "root", "proof", "writes"],
    "transact": ["encoding", "root", "proof", "steps"],
    "convert": ["from", "to", "root", "proof", "keys"],
}


class Rejection(Exception):
    """Why a request is not answered with a result.

    The classes are those of CONFORMANCE.md, chapter 4: malformed, non-canonical,
    invalid-proof, incomplete, invalid-argument, limit-exceeded, unsupported, internal.
    """

    def __init__(self, error_class: str, message: str) -> None:
        super().__init__(message)
        self.error_class = error_class


@dataclass(frozen=True)
class Backend:
    """What your library can do. An operation answers a request from its parameters."""

    encodings: list[str]
    operations: dict[str, Callable[[dict], dict]]


def serve(
    name: str, version: str, backends: dict[str, Backend], unsupported: dict[str, str]
) -> None:
    """Answers requests until `shutdown` or the end of input.

    `unsupported` lists cases that are declared and cannot be run: globs over their ids,
    each with its reason.
    """
    output = sys.stdout.buffer
    sys.stdout = sys.stderr  # A stray print must not end up among the responses.
    declared = {
        backend: {"encodings": can.encodings, "operations": [*can.operations]}
        for backend, can in backends.items()
    }
    rules = [{"match": glob, "reason": why} for glob, why in unsupported.items()]
    initialize = {
        "protocol": 1,
        "implementation": {"name": name, "version": version, "language": "Python"},
        "capabilities": {"proof": declared},
        "unsupported": rules,
    }
    for line in sys.stdin.buffer:
        response, is_last = _answer(line, initialize, backends)
        output.write(json.dumps(response).encode() + b"\n")
        output.flush()
        if is_last:
            break


def _answer(
    line: bytes, initialize: dict, backends: dict[str, Backend]
) -> tuple[dict, bool]:
    response: dict[str, Any] = {"jsonrpc": "2.0", "id": None}
    try:
        request = json.loads(line)
    except (ValueError, RecursionError) as error:
        response["error"] = {"code": -32700, "message": str(error)}
        return response, False
    members = request if isinstance(request, dict) else {}
    response["id"] = members.get("id")
    method, params = members.get("method"), members.get("params")
    if not isinstance(method, str) or not isinstance(params, dict):
        response["error"] = {"code": -32600, "message": "expected a method and params"}
        return response, False
    try:
        if method == "initialize":
            response["result"] = initialize
        elif method == "shutdown":
            response["result"] = {}
        else:
            response["result"] = _call(backends, method, params)
    except Rejection as rejection:
        response["error"] = _error(rejection.error_class, str(rejection))
    except Exception as error:
        traceback.print_exc()
        response["error"] = _error("internal", repr(error))
    return response, method == "shutdown"


def _call(backends: dict[str, Backend], method: str, params: dict) -> dict:
    """Checks what is the same for all operations, then calls the right one."""
    backend_name = _read_name(params, "backend")
    backend = backends.get(backend_name)
    area, _, name = method.partition("/")
    if area != "proof" or backend is None or name not in backend.operations:
        raise Rejection("unsupported", f"{method} is not declared")
    parameters = PARAMETERS[name]
    for stray in params.keys() - {"backend", "options", *parameters}:
        raise Rejection("invalid-argument", f"no parameter is {stray}")
    if backend_name == "ssz" and params.get("deletes", []) != []:
        raise Rejection("invalid-argument", "ssz has no deletion")
    options = params.get("options", {})
    if not isinstance(options, dict) or not all(
        _is_option(backend_name, option, value) for option, value in options.items()
    ):
        shown = json.dumps(options)[:80]
        raise Rejection("invalid-argument", f"options: {shown} are none of the backend")
    for role in {"encoding", "from", "to"}.intersection(parameters):
        encoding = _read_name(params, role)
        if encoding not in backend.encodings:
            raise Rejection("unsupported", f"{encoding} is not declared")
    return backend.operations[name](params)


def _read_name(params: dict, place: str) -> str:
    name = params.get(place)
    if not isinstance(name, str):
        raise Rejection("invalid-argument", f"{place}: expected a name")
    return name


def _is_option(backend: str, name: str, value: Any) -> bool:
    """All have a profile, `sparse` has a depth, and `patricia` hashes keys or not."""
    if name == "profile":
        return value in ("strict", "lenient")
    if name == "depth" and backend == "sparse":
        return type(value) is int and 1 <= value <= 256
    return name == "secure" and backend == "patricia" and isinstance(value, bool)


def _error(error_class: str, message: str) -> dict:
    return {
        "code": -32000,
        "message": message,
        "data": {"class": error_class, "details": {}},
    }
