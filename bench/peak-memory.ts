/**
 * Verifies one proof and tells how much memory that took:
 * `node --expose-gc dist/bench/peak-memory.js <encoding> <balanced | comb> <bottoms> [--bare]`
 *
 * Prints as JSON the bytes of the proof, and the most of heap and array buffers together that was seen while the proof was
 * verified. It is looked at whenever so many pairs have been hashed, garbage and all: no clock has a part in it. What
 * decoding took and left is seen at the first pair. With `--bare` nothing is hashed: what is left is the reference's own.
 */
import { parseArgs } from "node:util";
import { sha256 } from "@noble/hashes/sha2.js";
import { createNodeHasher, type HashFunction } from "../reference/core/hash.ts";
import type { ProofBackend } from "../reference/proofs/backend.ts";
import { CODEC } from "../reference/proofs/ssz/encodings.ts";
import { ssz } from "../reference/proofs/ssz/ssz.ts";
import { balancedTree, combTree } from "./sample-trees.ts";

const PAIRS_BETWEEN_LOOKS = 256;

const { values, positionals } = parseArgs({ options: { bare: { type: "boolean" } }, allowPositionals: true });
const [encoding, shape, bottoms] = positionals;
const makeTree = shape === "comb" ? combTree : balancedTree;
const rootOf = ssz.root as NonNullable<ProofBackend["root"]>;
const get = ssz.get as NonNullable<ProofBackend["get"]>;

const SAME_FOR_ALL = new Uint8Array(32);
const hash: HashFunction = values.bare ? () => SAME_FOR_ALL : sha256;

let pairs = 0;
let peakBytes = 0;
const watchedHash: HashFunction = (message) => {
  if (pairs++ % PAIRS_BETWEEN_LOOKS === 0) {
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    peakBytes = Math.max(peakBytes, heapUsed + arrayBuffers);
  }
  return hash(message);
};

const proof = CODEC.encode(encoding, makeTree(Number(bottoms))) as Uint8Array;
const root = rootOf({ encoding, hasher: createNodeHasher({ sha256: hash }), isStrict: false }, proof);
// Without what making the proof and its root has left.
globalThis.gc?.();
get({ encoding, hasher: createNodeHasher({ sha256: watchedHash }), isStrict: false }, root, proof, [1n]);
console.log(JSON.stringify({ proofBytes: proof.length, peakBytes }));
