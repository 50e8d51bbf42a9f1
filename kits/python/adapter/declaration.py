"""Turns a declaration of backends into methods, with the checks common to all operations."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from . import protocol
from .protocol import Rejection
from .values import read_name

# Parameters of each operation, besides `backend` and `options`.
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


@dataclass(frozen=True)
class Backend:
    """The encodings and operations that your library supports.

    An operation maps the parameters of a request to its result.
    """

    encodings: list[str]
    operations: dict[str, Callable[[dict], dict]]


def serve(
    name: str, version: str, backends: dict[str, Backend], unsupported: dict[str, str]
) -> None:
    """Answers requests until `shutdown` or the end of input.

    `unsupported` lists declared cases that cannot run: globs over case ids,
    each with a reason.
    """
    declared = {
        backend_name: {"encodings": backend.encodings, "operations": [*backend.operations]}
        for backend_name, backend in backends.items()
    }
    initialize = {
        "protocol": 1,
        "implementation": {"name": name, "version": version, "language": "Python"},
        "capabilities": {"proof": declared},
        "unsupported": [{"match": glob, "reason": reason} for glob, reason in unsupported.items()],
    }
    protocol.serve(initialize, {f"proof/{name}": _method(backends, name) for name in PARAMETERS})


def _method(backends: dict[str, Backend], name: str) -> Callable[[dict], dict]:
    """Returns a method that makes the checks common to all backends, then calls the operation."""

    def answer(params: dict) -> dict:
        for unknown in params.keys() - {"backend", "options", *PARAMETERS[name]}:
            raise Rejection("invalid-argument", f"unknown parameter {unknown[:80]}")
        backend_name = read_name(params.get("backend"), "backend")
        _check_options(backend_name, params.get("options", {}))
        backend = backends.get(backend_name)
        if backend is None or name not in backend.operations:
            raise Rejection("unsupported", f"{name} of {backend_name[:80]} is not declared")
        if backend_name == "ssz" and params.get("deletes", []) != []:
            raise Rejection("invalid-argument", "ssz has no deletion")
        for role in ("encoding", "from", "to"):
            if role not in PARAMETERS[name]:
                continue
            encoding = read_name(params.get(role), role)
            if encoding not in backend.encodings:
                raise Rejection("unsupported", f"{encoding[:80]} is not declared")
        return backend.operations[name](params)

    return answer


def _check_options(backend: str, options: object) -> None:
    if not isinstance(options, dict) or not all(
        _is_option(backend, option, value) for option, value in options.items()
    ):
        shown = json.dumps(options)[:80]
        message = f"options: {shown} is not an object of the backend's options"
        raise Rejection("invalid-argument", message)


def _is_option(backend: str, name: str, value: object) -> bool:
    """All backends have `profile`, `sparse` has `depth`, and `patricia` has `secure`."""
    if name == "profile":
        return value in ("strict", "lenient")
    if name == "depth" and backend == "sparse":
        return type(value) is int and 1 <= value <= 256
    return name == "secure" and backend == "patricia" and isinstance(value, bool)
