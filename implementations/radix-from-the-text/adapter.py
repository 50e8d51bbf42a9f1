"""
`radix` from the text: an implementation of CONFORMANCE.md, chapter 11, that was written from the text alone. To read it
with the format beside you, begin with kmm.py; tree.py says what a proof stands for, rewrite.py how it is asked and
changed. The lines of the protocol are the kit's.
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
