"""
An implementation of docs/spec/radix.md that was written only from the text. Start with kmm.py to read it along with the format.
tree.py defines the tree of a proof, and rewrite.py reads and changes it. The kit implements the protocol.
"""

from __future__ import annotations

from typing import Callable

from proofhouse_adapter.protocol import serve

from operations import ENCODINGS, METHODS, Result
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


def reading(method: str) -> Callable[[dict[str, object]], Result]:
    return lambda params: METHODS[method](**read_params(method, params))


serve(INITIALIZE, {method: reading(method) for method in METHODS})
