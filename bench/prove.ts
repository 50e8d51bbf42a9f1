/** The time of `prove` compared with that of its hashes: the cost of sorting, building, cutting and encoding. */
import { sha256 } from "@noble/hashes/sha2.js";
import { createNodeHasher } from "../reference/core/hash.ts";
import type { ProofBackend, RawKey } from "../reference/proofs/backend.ts";
import { sparse } from "../reference/proofs/sparse/sparse.ts";
import { ssz } from "../reference/proofs/ssz/ssz.ts";
import { type Bench, milliseconds, takeTurns } from "./comparison.ts";
import { hashBare } from "./hash-functions.ts";
import { fillNodes } from "./sample-trees.ts";

/** The maximum number of proven keys; a smaller tree proves all its keys. */
const MOST_KEYS = 1000;

/** The entries are in order from left to right, as in a traversal of the tree. */
export function proveSsz(levels: number): Bench {
  const keys = nodesOf(2 ** levels).map((_, index) => BigInt(2 ** levels + index));
  return proveBench(ssz, keys, `2^${levels} leaves`);
}

/** The keys are hashes, in random order. */
export function proveSparse(count: number): Bench {
  const keys = nodesOf(count).map((node) => sha256(node));
  return proveBench(sparse, keys, `${count} entries, depth 256`);
}

function proveBench(backend: ProofBackend, allKeys: readonly RawKey[], tree: string): Bench {
  const prove = backend.prove as NonNullable<ProofBackend["prove"]>;
  const nodes = nodesOf(allKeys.length);
  const entries = allKeys.map((key, index) => [key, nodes[index]] as const);
  const keys = spread(allKeys, Math.min(MOST_KEYS, allKeys.length));
  const countHashes = (): number => {
    const hasher = createNodeHasher({ sha256 });
    prove({ encoding: "compact", hasher, isStrict: false }, entries, keys, []);
    return hasher.count;
  };
  return {
    name: `prove, ${backend.name}`,
    unit: "ms",
    sides: [`${keys.length} keys of ${tree}`, "only its hashes"],
    target: { kind: "at-most", ratio: 1.5 },
    async measure(rounds) {
      const hashes = countHashes();
      return takeTurns(
        rounds,
        () => milliseconds(countHashes),
        () => milliseconds(() => hashBare(sha256, hashes)),
      );
    },
  };
}

function nodesOf(count: number): Uint8Array[] {
  const nodes = fillNodes(count);
  return Array.from({ length: count }, (_, index) => nodes.subarray(32 * index, 32 * index + 32));
}

function spread<Key>(keys: readonly Key[], count: number): Key[] {
  return Array.from({ length: count }, (_, index) => keys[Math.floor((index * keys.length) / count)]);
}
