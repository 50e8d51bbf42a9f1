"""
`radix` from the text: an implementation of CONFORMANCE.md, chapter 11, that was written from the text alone. To read it
with the format beside you, begin with kmm.py; tree.py says what a proof stands for, rewrite.py how it is asked and
changed. This file has the lines: chapters 1, 3 and 4.
"""

from __future__ import annotations

import json
import re
import sys
import traceback

from operations import ENCODINGS, METHODS
from rejection import Rejection, invalid_argument, limit_exceeded
from request import read_params

INITIALIZE = {
    "protocol": 1,
    "implementation": {"name": "radix-from-the-text", "version": "1.0.0", "language": "Python"},
    "capabilities": {
        "proof": {
            "radix": {
                "encodings": list(ENCODINGS),
                "operations": [method.split("/")[1] for method in METHODS],
            }
        }
    },
}

MAX_MESSAGE_BYTES = 64 << 20  # with its line feed: WIRE-008
TOKEN = re.compile(rb'"id"\s*:\s*(\d{1,10})\b|"(?:[^"\\]|\\.)*"|[\[{]|[\]}]')


def main() -> None:
    for line in sys.stdin.buffer:
        response, is_last = answer_line(line)
        message = json.dumps({"jsonrpc": "2.0", **response})
        if len(message) >= MAX_MESSAGE_BYTES:
            rejection = limit_exceeded(f"an answer of {len(message)} bytes")
            message = json.dumps({"jsonrpc": "2.0", "id": response["id"], "error": describe(rejection)})
        sys.stdout.write(message + "\n")
        sys.stdout.flush()
        if is_last:
            break


def answer_line(line: bytes) -> tuple[dict[str, object], bool]:
    """The response without its version, and whether it is the last one."""
    try:
        request = json.loads(line, parse_int=read_integer)
    except RecursionError:
        return {"id": find_id(line), "error": describe(invalid_argument("nested too deeply"))}, False
    except ValueError as error:
        return {"id": None, "error": {"code": -32700, "message": f"not JSON: {error}"}}, False
    if not isinstance(request, dict) or not isinstance(request.get("method"), str) or "id" not in request:
        return {"id": None, "error": {"code": -32600, "message": "not a request: id, method, params"}}, False
    call_id, method = request["id"], request["method"]
    if method == "initialize":
        return {"id": call_id, "result": INITIALIZE}, False
    if method == "shutdown":
        return {"id": call_id, "result": {}}, True
    try:
        params = read_params(method, request.get("params"))
        return {"id": call_id, "result": METHODS[method](**params)}, False
    except Rejection as rejection:
        return {"id": call_id, "error": describe(rejection)}, False
    except Exception as error:
        traceback.print_exc()
        return {"id": call_id, "error": describe(Rejection("internal", f"{type(error).__name__}: {error}"))}, False


def describe(rejection: Rejection) -> dict[str, object]:
    return {"code": -32000, "message": str(rejection), "data": {"class": rejection.error_class}}


def read_integer(digits: str) -> float:
    """Python does not read integers of thousands of digits; no parameter is one."""
    return int(digits) if len(digits) < 20 else float(digits)


def find_id(line: bytes) -> int | None:
    """The id of a request that nests deeper than the parser goes."""
    depth = 0
    for token in TOKEN.finditer(line):
        if token[1] and depth == 1:
            return int(token[1])
        depth += {b"[": 1, b"{": 1, b"]": -1, b"}": -1}.get(token[0], 0)
    return None


main()
