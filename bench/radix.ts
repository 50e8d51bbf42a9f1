/** Verifying a thousand keys of a radix tree, compared with its BLAKE3 hashes alone. */
import { blake3 } from "@noble/hashes/blake3.js";
import { createNodeHasher } from "../reference/core/hash.ts";
import type { ProofBackend } from "../reference/proofs/backend.ts";
import { radix } from "../reference/proofs/radix/radix.ts";
import { type Bench, milliseconds, takeTurns } from "./comparison.ts";
import { fillNodes } from "./sample-trees.ts";

const KEYS = 1000;
/** A side takes about ten milliseconds, so several turns in each round are cheap. */
const TURNS_A_ROUND = 5;

const { prove, get } = radix as Required<Pick<ProofBackend, "prove" | "get">>;

export function radixBench(levels: number): Bench {
  const count = 2 ** levels;
  return {
    name: "radix, verify",
    unit: "ms",
    sides: [`kmm proof of ${KEYS} keys of 2^${levels}`, "only its hashes"],
    target: { kind: "at-most", ratio: 1.5 },
    async measure(rounds) {
      const blocks = fillNodes(2 * count);
      const block = (index: number): Uint8Array => blocks.slice(32 * index, 32 * index + 32);
      const entries = Array.from({ length: count }, (_, index) => [block(index), block(count + index)] as const);
      const keys = Array.from({ length: KEYS }, (_, index) => entries[index * Math.floor(count / KEYS)][0]);
      const context = () => ({ encoding: "kmm", hasher: createNodeHasher(), isStrict: false });
      const { root, proof } = prove(context(), entries, keys, []);
      const preimages: Uint8Array[] = [];
      const keeping = (message: Uint8Array): Uint8Array => {
        preimages.push(message.slice());
        return blake3(message);
      };
      get({ ...context(), hasher: createNodeHasher({ blake3: keeping }) }, root, proof, []);
      return takeTurns(
        rounds * TURNS_A_ROUND,
        () => milliseconds(() => void get(context(), root, proof, keys)),
        () => milliseconds(() => preimages.forEach((preimage) => void blake3(preimage))),
      );
    },
  };
}
