"""The line protocol: one JSON-RPC message per line, answered in order."""

import json
import re
import sys
import traceback


MAX_MESSAGE_BYTES = 64 << 20  # WIRE-008: with the line feed
TOKEN = re.compile(rb'"id"\s*:\s*(\d{1,10})\b|"(?:[^"\\]|\\.)*"|[\[{]|[\]}]')


class Rejection(Exception):
    """Rejects a request.

    The classes are those of docs/spec/protocol.md: malformed, non-canonical,
    invalid-proof, incomplete, invalid-argument, limit-exceeded, unsupported, internal.
    """

    def __init__(self, error_class, message):
        super().__init__(message)
        self.error_class = error_class


def serve(initialize, methods):
    """Answers the requests on stdin until `shutdown` or the end of input.

    `methods` maps the name of a method to a function of its parameters.
    """
    output = sys.stdout.buffer
    sys.stdout = sys.stderr  # A print of the library must not appear among the responses.
    for line in sys.stdin.buffer:
        answer, is_last = answer_line(line, initialize, methods)
        message = json.dumps({"jsonrpc": "2.0", **answer})
        if len(message) >= MAX_MESSAGE_BYTES:
            too_long = f"the response has {len(message)} bytes, more than {MAX_MESSAGE_BYTES}"
            rejection = Rejection("limit-exceeded", too_long)
            message = json.dumps({"jsonrpc": "2.0", **rejected(answer["id"], rejection)})
        output.write(message.encode() + b"\n")
        output.flush()
        if is_last:
            break


def answer_line(line, initialize, methods):
    """Returns the response without its version, and whether it is the last one."""
    try:
        # json.loads would accept UTF-16 and a byte order mark in bytes.
        request = json.loads(line.decode("utf-8"), parse_int=read_integer)
    except RecursionError:
        rejection = Rejection("invalid-argument", "nested too deeply")
        return rejected(find_id(line), rejection), False
    except ValueError as error:
        return failure(None, -32700, f"not JSON: {error}"), False
    members = request if isinstance(request, dict) else {}
    call_id, method, params = (members.get(name) for name in ("id", "method", "params"))
    if type(call_id) is not int:
        call_id = None
    if call_id is None or not isinstance(method, str) or not isinstance(params, dict):
        return failure(call_id, -32600, "not a request: expected id, method and params"), False
    if method == "initialize":
        return {"id": call_id, "result": initialize}, False
    if method == "shutdown":
        return {"id": call_id, "result": {}}, True
    if method not in methods:
        return failure(call_id, -32601, f"unknown method {method[:80]}"), False
    try:
        return {"id": call_id, "result": methods[method](params)}, False
    except Rejection as rejection:
        return rejected(call_id, rejection), False
    except Exception as error:
        # Any other exception is a fault of the library, not a rejection.
        traceback.print_exc()
        return rejected(call_id, Rejection("internal", f"{type(error).__name__}: {error}")), False


def rejected(call_id, rejection):
    data = {"class": rejection.error_class, "details": {}}
    return {"id": call_id, "error": {"code": -32000, "message": str(rejection), "data": data}}


def failure(call_id, code, message):
    return {"id": call_id, "error": {"code": code, "message": message}}


def read_integer(digits):
    """Reads a long integer as a float: int() rejects thousands of digits, and no parameter is one."""
    return int(digits) if len(digits) < 20 else float(digits)


def find_id(line):
    """Returns the id of a request that is nested too deeply for the parser."""
    depth = 0
    for token in TOKEN.finditer(line):
        if token[1] and depth == 1:
            return int(token[1])
        depth += {b"[": 1, b"{": 1, b"]": -1, b"}": -1}.get(token[0], 0)
    return None
