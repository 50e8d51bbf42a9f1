import assert from "node:assert/strict";
import { test } from "node:test";
import { blake3 } from "@noble/hashes/blake3.js";
import { createNodeHasher } from "../../../../reference/core/hash.ts";
import type { ProofBackend, RawKey, TransactStep } from "../../../../reference/proofs/backend.ts";
import { encodeKmm } from "../../../../reference/proofs/radix/kmm.ts";
import { EMPTY_ROOT, type Leaf, type Tree } from "../../../../reference/proofs/radix/node.ts";
import { encodeNodes } from "../../../../reference/proofs/radix/nodes.ts";
import { PROOF_BACKENDS } from "../../../../reference/proofs/registry.ts";
import { classOf } from "../class-of.ts";
import { call, itemsOf, nodesProof, prove } from "./model.ts";

// Limits that would need too large a vector, and the number of hashes of a script.

const radix = PROOF_BACKENDS.get("radix") as Required<ProofBackend>;
const LONGEST = 64 * 2 ** 20;
const contextOf = (encoding: string) => ({ encoding, isStrict: false, hasher: createNodeHasher() });

test("PROOF-GEN-017 a proof of more than 64 MiB is rejected before it is read", () => {
  for (const encoding of ["kmm", "nodes"]) {
    const read = (length: number) =>
      classOf(() => radix.get(contextOf(encoding), EMPTY_ROOT, new Uint8Array(length), []));
    assert.equal(read(LONGEST + 1), "limit-exceeded");
    assert.equal(read(LONGEST), "malformed");
  }
});

test("PROOF-GEN-018 a proof of more than 64 MiB is not written", () => {
  const treeOf = (bytes: number): Tree => {
    const leaf: Leaf = { isLeaf: true, preimage: new Uint8Array(bytes) };
    return { root: EMPTY_ROOT, top: leaf };
  };
  // Each encoding adds its own counts and lengths to the leaf.
  for (const [encode, own] of [
    [encodeNodes, 8],
    [encodeKmm, 16 + 1 + 1],
  ] as const) {
    assert.equal(encode(treeOf(LONGEST - own)).length, LONGEST);
    assert.equal(
      classOf(() => encode(treeOf(LONGEST - own + 1))),
      "limit-exceeded",
    );
  }
});

test("PROOF-RADIX-094 a set whose paths take more than 64 MiB in kmm is not converted, but read", () => {
  // 2^13 closed-off nodes, each at the end of a path of more than 65 500 bits.
  const hashOf = (preimage: Buffer): Buffer => Buffer.from(blake3(preimage));
  const internal = (prefixBits: number, children: readonly Buffer[]): Buffer => {
    const head = Buffer.of(1, prefixBits >> 8, prefixBits & 0xff);
    return Buffer.concat([head, Buffer.alloc(Math.ceil(prefixBits / 8)), ...children]);
  };
  let level = Array.from({ length: 2 ** 13 }, (_, index) => {
    return internal(0, [Buffer.alloc(32, `l${index}`), Buffer.alloc(32, `r${index}`)]);
  });
  const items = [...level];
  while (level.length > 1) {
    const isTop = level.length === 2;
    const [left, right] = [0, 1].map((side) => level.filter((_, index) => index % 2 === side).map(hashOf));
    level = left.map((hash, index) => internal(isTop ? 65_500 : 0, [hash, right[index]]));
    items.push(...level);
  }
  const root = `0x${hashOf(level[0]).toString("hex")}`;
  const proof = nodesProof(items.sort(Buffer.compare));
  const convert = () => call("convert", { from: "nodes", to: "kmm", root, proof });
  assert.equal(classOf(convert), "limit-exceeded");
  assert.equal(
    classOf(() => call("get", { encoding: "nodes", root, proof, keys: ["0xff"], options: { profile: "strict" } })),
    "none",
  );
});

test("PROOF-RADIX-071 a set of four million empty items and one leaf is read in bounded memory", () => {
  const [leaf] = itemsOf(prove("nodes", [["0x13", `0x${"07".repeat(32)}`]], ["0x13"]).proof);
  const { root } = prove("nodes", [["0x13", `0x${"07".repeat(32)}`]], []);
  const count = 2 ** 22;
  const proof = Buffer.concat([
    Buffer.alloc(4),
    Buffer.alloc(4 * (count - 1)),
    Buffer.from([leaf.length, 0, 0, 0]),
    leaf,
  ]);
  proof.writeUInt32LE(count);
  const context = contextOf("nodes");
  const rootBytes = Buffer.from(root.slice(2), "hex") as unknown as typeof EMPTY_ROOT;
  const values = radix.get(context, rootBytes, new Uint8Array(proof), [Uint8Array.of(0x13)]);
  assert.deepEqual(values, [new Uint8Array(32).fill(7)]);
  assert.equal(context.hasher.count, 2);
});

/** A key of four bytes that parts from the key of zeros at bit `bit`. */
const keyAt = (bit: number): Uint8Array => {
  const key = new Uint8Array(4);
  key[bit >> 3] = 0x80 >> (bit & 7);
  return key;
};

test("PROOF-RADIX-085 a root hashes only the nodes above keys that were written since the last root", () => {
  const value = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);
  // The key of zeros, and keys that part from it at each bit, whose leaves are the siblings on its path.
  const keys = [new Uint8Array(4), ...Array.from({ length: 20 }, (_, bit) => keyAt(bit))];
  const { root, proof } = radix.prove(
    contextOf("kmm"),
    keys.map((key) => [key, value(1)] as const),
    keys,
    [],
  );
  const hashesOfLast = (steps: readonly TransactStep[]): number => {
    const countOf = (script: readonly TransactStep[]): number => {
      const context = contextOf("kmm");
      radix.transact(context, root, proof, script);
      return context.hasher.count;
    };
    return countOf(steps) - countOf(steps.slice(0, -1));
  };
  const set = (key: RawKey, byte: number): TransactStep => ({ kind: "set", key, value: value(byte) });
  const ask: TransactStep = { kind: "root" };
  assert.equal(hashesOfLast([ask]), 0);
  assert.equal(hashesOfLast([set(keys[0], 2), ask, ask]), 0);
  assert.equal(hashesOfLast([set(keys[0], 2), ask, set(keys[0], 2), ask]), 0, "written again as it is");
  assert.equal(hashesOfLast([set(keys[0], 2), ask]), 1 + 20, "a leaf and the nodes above it");
  assert.equal(hashesOfLast([set(keys[0], 2), ask, set(keyAt(0), 2), ask]), 1 + 1, "a leaf below the root node");
  assert.equal(hashesOfLast([set(keyAt(0), 2), set(keyAt(1), 2), ask]), 2 + 2);
  const reverted: TransactStep[] = [
    set(keyAt(0), 2),
    ask,
    { kind: "checkpoint" },
    set(keys[0], 3),
    ask,
    { kind: "revert" },
  ];
  assert.equal(hashesOfLast(reverted), 0);
  assert.equal(hashesOfLast([...reverted, ask]), 1 + 20);
});
