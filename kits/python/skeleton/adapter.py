"""The adapter: what your library can do, and how it is called. Fill in this file."""

import compact
from proofhouse_adapter.declaration import Backend, serve
from proofhouse_adapter.values import read_bytes, to_hex


def root(params: dict) -> dict:
    """`proof/root`: the root that a proof stands for."""
    proof = read_bytes(params.get("proof"), "proof")
    return {"root": to_hex(compact.root(proof))}  # Your library's call goes here.


# What is listed here is declared, and what is declared is put to the test.
BACKENDS = {
    "ssz": Backend(
        encodings=["compact"],
        # The next operation goes here, as "get": get, with a function `get` above.
        operations={"root": root},
    ),
}

if __name__ == "__main__":
    serve(name="proofhouse-adapter", version="0.1.0", backends=BACKENDS, unsupported={})
