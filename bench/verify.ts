/**
 * The time from the bytes of a compact ssz proof to its root, compared with that of its hashes, and with a library that
 * computes the same root from the same bytes.
 */
import { createNodeFromProof, ProofType, setHasher } from "@chainsafe/persistent-merkle-tree";
import { createNodeHasher, type HashFunction } from "../reference/core/hash.ts";
import type { ProofBackend } from "../reference/proofs/backend.ts";
import { encodeCompact } from "../reference/proofs/pruned-tree/compact.ts";
import { ssz } from "../reference/proofs/ssz/ssz.ts";
import { type Bench, milliseconds, takeTurns } from "./comparison.ts";
import { HASH_FUNCTIONS, hashBare } from "./hash-functions.ts";
import { balancedTree } from "./sample-trees.ts";

const NODES = 10_000;
/** A side takes about ten milliseconds, so several turns in each round are cheap. */
const TURNS_A_ROUND = 5;

const rootOf = ssz.root as NonNullable<ProofBackend["root"]>;

export const verifyAgainstHashes: readonly Bench[] = HASH_FUNCTIONS.map(({ name, hash }) => ({
  name: `verify, ${name}`,
  unit: "ms",
  sides: [`compact proof with ${NODES} nodes`, "only its hashes"],
  target: { kind: "at-most", ratio: 1.5 },
  async measure(rounds) {
    const proof = encodeCompact(balancedTree(NODES));
    return takeTurns(
      rounds * TURNS_A_ROUND,
      () => milliseconds(() => rootByReference(proof, hash)),
      () => milliseconds(() => hashBare(hash, NODES - 1)),
    );
  },
}));

export const verifyAgainstLibrary: readonly Bench[] = HASH_FUNCTIONS.map(({ name, hash, libraryHasher }) => ({
  name: `verify, ${name}, library`,
  unit: "ms",
  sides: [`compact proof with ${NODES} nodes`, "persistent-merkle-tree"],
  target: { kind: "at-most", ratio: 1.25 },
  async measure(rounds) {
    setHasher(libraryHasher);
    const proof = encodeCompact(balancedTree(NODES));
    if (Buffer.compare(rootByReference(proof, hash), rootByLibrary(proof)) !== 0) {
      throw new Error("the reference and the library compute different roots");
    }
    return takeTurns(
      rounds * TURNS_A_ROUND,
      () => milliseconds(() => rootByReference(proof, hash)),
      () => milliseconds(() => rootByLibrary(proof)),
    );
  },
}));

function rootByReference(proof: Uint8Array, hash: HashFunction): Uint8Array {
  return rootOf({ encoding: "compact", hasher: createNodeHasher({ sha256: hash }), isStrict: false }, proof);
}

function rootByLibrary(proof: Uint8Array): Uint8Array {
  const shapeBytes = Math.ceil((2 * NODES - 1) / 8);
  const leaves: Uint8Array[] = [];
  for (let offset = shapeBytes; offset < proof.length; offset += 32) leaves.push(proof.subarray(offset, offset + 32));
  return createNodeFromProof({ type: ProofType.compactMulti, descriptor: proof.subarray(0, shapeBytes), leaves }).root;
}
