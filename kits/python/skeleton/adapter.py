"""The adapter: declares the operations of your library and calls it. Fill in this file."""

import compact
from proofhouse_adapter.declaration import Backend, serve
from proofhouse_adapter.values import read_bytes, to_hex


def root(params: dict) -> dict:
    """Answers `proof/root`: computes the root of a proof."""
    proof = read_bytes(params.get("proof"), "proof")
    return {"root": to_hex(compact.root(proof))}  # Your library's call goes here.


# Everything listed here is declared, and the harness runs its cases.
BACKENDS = {
    "ssz": Backend(
        encodings=["compact"],
        # Add the next operation here, as "get": get, and a function `get` above.
        operations={"root": root},
    ),
}

if __name__ == "__main__":
    serve(name="proofhouse-adapter", version="0.1.0", backends=BACKENDS, unsupported={})
