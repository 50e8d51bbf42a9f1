/**
 * Verifies one proof and measures the memory that this needs:
 * `node --expose-gc dist/bench/peak-memory.js <encoding> <balanced | comb> <terminal nodes> [--bare]`
 *
 * Prints as JSON the bytes of the proof, and the peak of heap and array buffers during verification, including garbage. The
 * program samples the memory after a fixed number of hashed pairs, so the result does not depend on a clock. The first
 * sample includes the memory of decoding. With `--bare`, nothing is hashed, so that only the memory of the reference counts.
 */
import { parseArgs } from "node:util";
import { sha256 } from "@noble/hashes/sha2.js";
import { createNodeHasher, type HashFunction } from "../reference/core/hash.ts";
import type { ProofBackend } from "../reference/proofs/backend.ts";
import { CODEC } from "../reference/proofs/ssz/encodings.ts";
import { ssz } from "../reference/proofs/ssz/ssz.ts";
import { balancedTree, combTree } from "./sample-trees.ts";

const PAIRS_BETWEEN_SAMPLES = 256;

const { values, positionals } = parseArgs({ options: { bare: { type: "boolean" } }, allowPositionals: true });
const [encoding, shape, count] = positionals;
const makeTree = shape === "comb" ? combTree : balancedTree;
const rootOf = ssz.root as NonNullable<ProofBackend["root"]>;
const get = ssz.get as NonNullable<ProofBackend["get"]>;

const CONSTANT_HASH = new Uint8Array(32);
const hash: HashFunction = values.bare ? () => CONSTANT_HASH : sha256;

let pairs = 0;
let peakBytes = 0;
const watchedHash: HashFunction = (message) => {
  if (pairs++ % PAIRS_BETWEEN_SAMPLES === 0) {
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    peakBytes = Math.max(peakBytes, heapUsed + arrayBuffers);
  }
  return hash(message);
};

const proof = CODEC.encode(encoding, makeTree(Number(count))) as Uint8Array;
const root = rootOf({ encoding, hasher: createNodeHasher({ sha256: hash }), isStrict: false }, proof);
// Frees the memory of making the proof and its root.
globalThis.gc?.();
get({ encoding, hasher: createNodeHasher({ sha256: watchedHash }), isStrict: false }, root, proof, [1n]);
console.log(JSON.stringify({ proofBytes: proof.length, peakBytes }));
