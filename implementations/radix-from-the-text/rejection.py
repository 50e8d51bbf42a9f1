"""The rejections of docs/spec/protocol.md, and the bounds that several modules share."""

from __future__ import annotations

from proofhouse_adapter.protocol import Rejection

MAX_PROOF_BYTES = 64 << 20  # PROOF-GEN-008
MAX_PROOF_NODES = 1 << 22
MAX_KEY_BYTES = 8192  # PROOF-RADIX-001
MAX_BRANCHING_BIT = 8 * MAX_KEY_BYTES - 1


def malformed(message: str) -> Rejection:
    return Rejection("malformed", message)


def non_canonical(message: str) -> Rejection:
    return Rejection("non-canonical", message)


def invalid_proof(message: str) -> Rejection:
    return Rejection("invalid-proof", message)


def incomplete(message: str) -> Rejection:
    return Rejection("incomplete", message)


def invalid_argument(message: str) -> Rejection:
    return Rejection("invalid-argument", message)


def limit_exceeded(message: str) -> Rejection:
    return Rejection("limit-exceeded", message)


def unsupported(message: str) -> Rejection:
    return Rejection("unsupported", message)
