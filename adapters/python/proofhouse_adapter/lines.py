"""What every adapter does: the protocol, one JSON-RPC message a line."""

import json
import sys


class Rejection(Exception):
    """An answer of one of the interface's error classes."""

    def __init__(self, error_class, message):
        super().__init__(message)
        self.error_class = error_class


def serve(initialize, methods):
    """Answers the requests on stdin, one a line, until `shutdown` or the end of input. A method takes its parameters."""
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
    if method not in methods:
        return {"id": call_id, "error": {"code": -32601, "message": f"unknown method {method!r}"}}, False
    try:
        return {"id": call_id, "result": methods[method](params)}, False
    except Rejection as rejection:
        error_class, message = rejection.error_class, str(rejection)
    except Exception as error:
        # What the library throws beside its verdicts, running out of stack for one, is no verdict.
        error_class, message = "internal", f"{type(error).__name__}: {error}"
    return {"id": call_id, "error": {"code": -32000, "message": message, "data": {"class": error_class}}}, False
