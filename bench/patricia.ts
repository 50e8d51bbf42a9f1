/**
 * Proving and verifying a thousand keys of a trie, compared with the Keccak-256 hashes alone and with a library that does
 * the same with the same map.
 */
import { createMerkleProof, createMPT, createMPTFromProof, type MerklePatriciaTrie } from "@ethereumjs/mpt";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { createNodeHasher } from "../reference/core/hash.ts";
import type { ProofBackend } from "../reference/proofs/backend.ts";
import { decodeNodeList } from "../reference/proofs/patricia/encodings.ts";
import { patricia } from "../reference/proofs/patricia/patricia.ts";
import { type Bench, milliseconds, takeTurns } from "./comparison.ts";
import { fillNodes } from "./sample-trees.ts";

const KEYS = 1000;
/** A side takes about ten milliseconds, so several turns in each round are cheap. */
const TURNS_A_ROUND = 3;

const { prove, get } = patricia as Required<Pick<ProofBackend, "prove" | "get">>;

interface Sample {
  readonly entries: readonly (readonly [Uint8Array, Uint8Array])[];
  readonly keys: readonly Uint8Array[];
}

/** Returns 32-byte keys, like hashed keys, and 32-byte values. */
function sampleOf(levels: number): Sample {
  const count = 2 ** levels;
  const blocks = fillNodes(2 * count);
  const block = (index: number): Uint8Array => blocks.slice(32 * index, 32 * index + 32);
  const entries = Array.from({ length: count }, (_, index) => [block(index), block(count + index)] as const);
  const step = Math.floor(count / KEYS);
  return { entries, keys: Array.from({ length: KEYS }, (_, index) => entries[index * step][0]) };
}

function proveSample({ entries, keys }: Sample): { root: Uint8Array; proof: Uint8Array } {
  const { root, proof } = prove(
    { encoding: "witness", hasher: createNodeHasher(), isStrict: false },
    entries,
    keys,
    [],
  );
  return { root, proof: proof as Uint8Array };
}

/** Returns the time to open the proof and read every key. */
function readMs({ root, proof }: { root: Uint8Array; proof: Uint8Array }, keys: readonly Uint8Array[]): number {
  return milliseconds(() => {
    get({ encoding: "witness", hasher: createNodeHasher(), isStrict: false }, root as never, proof, keys);
  });
}

async function byLibrary(work: () => Promise<void>): Promise<number> {
  const startedAtMs = performance.now();
  await work();
  return performance.now() - startedAtMs;
}

async function fillLibrary({ entries }: Sample): Promise<MerklePatriciaTrie> {
  const trie = await createMPT();
  for (const [key, value] of entries) await trie.put(key, value);
  return trie;
}

/** The library proves one key at a time; nodes that several proofs share are kept once. */
async function proveByLibrary(trie: MerklePatriciaTrie, keys: readonly Uint8Array[]): Promise<Map<string, Uint8Array>> {
  const nodes = new Map<string, Uint8Array>();
  for (const key of keys) {
    for (const node of await createMerkleProof(trie, key)) nodes.set(Buffer.from(node).toString("latin1"), node);
  }
  return nodes;
}

export function patriciaBenches(levels: number): readonly Bench[] {
  const keysText = `${KEYS} keys of 2^${levels}`;
  return [
    {
      name: "patricia, verify",
      unit: "ms",
      sides: [keysText, "only its hashes"],
      target: { kind: "at-most", ratio: 1.5 },
      async measure(rounds) {
        const sample = sampleOf(levels);
        const proven = proveSample(sample);
        const nodes = decodeNodeList(proven.proof);
        return takeTurns(
          rounds * TURNS_A_ROUND,
          () => readMs(proven, sample.keys),
          () => milliseconds(() => nodes.forEach((node) => void keccak_256(node))),
        );
      },
    },
    {
      name: "patricia, verify, library",
      unit: "ms",
      sides: [keysText, "@ethereumjs/mpt, opened once"],
      target: { kind: "at-most", ratio: 1 },
      async measure(rounds) {
        const sample = sampleOf(levels);
        const proven = proveSample(sample);
        const nodes = topFirst(decodeNodeList(proven.proof), proven.root);
        return takeTurns(
          rounds * TURNS_A_ROUND,
          () => readMs(proven, sample.keys),
          () =>
            byLibrary(async () => {
              const trie = await createMPTFromProof(nodes, { root: proven.root });
              for (const key of sample.keys) if ((await trie.get(key)) === null) throw new Error("a key is absent");
            }),
        );
      },
    },
    {
      name: "patricia, prove, library",
      unit: "ms",
      sides: [`${keysText}, built and proven`, "@ethereumjs/mpt"],
      target: { kind: "at-most", ratio: 1 },
      async measure(rounds) {
        const sample = sampleOf(levels);
        const { root, proof } = proveSample(sample);
        const trie = await fillLibrary(sample);
        const nodes = [...(await proveByLibrary(trie, sample.keys)).values()].sort(Buffer.compare);
        if (Buffer.compare(trie.root(), root) !== 0)
          throw new Error("the reference and the library compute different roots");
        if (Buffer.compare(Buffer.concat(nodes), Buffer.concat(decodeNodeList(proof))) !== 0) {
          throw new Error("the reference and the library open different nodes");
        }
        return takeTurns(
          Math.ceil(rounds / 2),
          () => milliseconds(() => void proveSample(sample)),
          () =>
            byLibrary(async () => {
              await proveByLibrary(await fillLibrary(sample), sample.keys);
            }),
        );
      },
    },
  ];
}

/** The library requires the root node first. */
function topFirst(nodes: readonly Uint8Array[], root: Uint8Array): Uint8Array[] {
  const isTop = (node: Uint8Array): boolean => Buffer.compare(keccak_256(node), root) === 0;
  return [...nodes.filter(isTop), ...nodes.filter((node) => !isTop(node))];
}
