import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { treeBottoms } from "../../../../harness/cases/recipes.ts";
import { callMethod } from "../../../../reference/wire/dispatch.ts";

// The equations between writing, combining and proving.

type Entries = readonly (readonly [string, string])[];

const nodeOf = (value: number): string => `0x${value.toString(16).padStart(64, "0")}`;
const encoding = fc.constantFrom("compact", "offsets64", "offsets16", "explicit", "helpers");

/** A random full tree, and subsets of its bottom nodes, none empty. */
const tree = fc
  .record({ seed: fc.bigInt({ min: 0n, max: 2n ** 32n }), count: fc.integer({ min: 1, max: 20 }) })
  .chain(({ seed, count }) => {
    const keys = treeBottoms(seed, count, "random").map((gindex) => `0x${gindex.toString(16)}`);
    const some = fc.subarray(keys, { minLength: 1 });
    const entries: Entries = keys.map((key, index) => [key, nodeOf(index + 1)]);
    return fc.record({ entries: fc.constant(entries), some, others: some });
  });

function call<T>(method: string, params: object): T {
  return callMethod(`proof/${method}`, { backend: "ssz", ...params }) as T;
}

interface Proven {
  readonly root: string;
  readonly proof: unknown;
}

const prove = (name: string, entries: Entries, keys: readonly string[]): Proven =>
  call<Proven>("prove", { encoding: name, entries, keys });

const union = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])];

test("PROOF-SSZ-088 update returns the proof of the tree with the writes", () => {
  fc.assert(
    fc.property(tree, encoding, ({ entries, some }, name) => {
      const honest = prove(name, entries, some);
      const writes = some.map((key, index) => [key, nodeOf(1000 + index)] as const);
      const written = entries.map(([key, value]) => [key, new Map(writes).get(key) ?? value] as const);
      assert.deepEqual(call("update", { encoding: name, ...honest, writes }), prove(name, written, some));
    }),
  );
});

test("PROOF-SSZ-100 merge returns the proof of the union, whatever the order", () => {
  fc.assert(
    fc.property(tree, encoding, ({ entries, some, others }, name) => {
      const [a, b] = [prove(name, entries, some), prove(name, entries, others)];
      const expected = { proof: prove(name, entries, union(some, others)).proof };
      assert.deepEqual(call("merge", { encoding: name, root: a.root, proofs: [a.proof, b.proof] }), expected);
      assert.deepEqual(call("merge", { encoding: name, root: a.root, proofs: [b.proof, a.proof, b.proof] }), expected);
    }),
  );
});

test("PROOF-SSZ-104 extract returns from a larger proof the same proof as prove from the tree", () => {
  fc.assert(
    fc.property(tree, encoding, ({ entries, some, others }, name) => {
      const { root, proof } = prove(name, entries, union(some, others));
      const expected = { proof: prove(name, entries, some).proof };
      assert.deepEqual(call("extract", { encoding: name, root, proof, keys: some }), expected);
    }),
  );
});

test("PROOF-SSZ-095, PROOF-SSZ-096 reverted writes leave no trace, and committed writes equal an update", () => {
  fc.assert(
    fc.property(tree, encoding, ({ entries, some, others }, name) => {
      const keys = union(some, others);
      const honest = prove(name, entries, keys);
      const kept = some.map((key, index) => [key, nodeOf(2000 + index)] as const);
      const dropped = others.map((key, index) => ({ set: [key, nodeOf(3000 + index)] }));
      const steps = [
        { checkpoint: true },
        ...kept.map((write) => ({ set: write })),
        { checkpoint: true },
        ...dropped,
        { revert: true },
        { commit: true },
        { root: true },
        ...keys.map((key) => ({ get: key })),
      ];
      const { results } = call<{ results: unknown[] }>("transact", { encoding: name, ...honest, steps });
      const updated = call<Proven>("update", { encoding: name, ...honest, writes: kept });
      const { values } = call<{ values: string[] }>("get", { encoding: name, ...updated, keys });
      assert.deepEqual(results.slice(-1 - keys.length), [updated.root, ...values]);
    }),
  );
});

test("checkpoints need memory for the writes since, not for copies of the proof", () => {
  const keys = Array.from({ length: 1024 }, (_, index) => `0x${(1024 + index).toString(16)}`);
  const entries = keys.map((key, index) => [key, nodeOf(index)] as const);
  const honest = prove("compact", entries, keys);
  const steps = Array.from({ length: 20_000 }, () => ({ checkpoint: true }));
  const before = process.memoryUsage().arrayBuffers;
  call("transact", { encoding: "compact", ...honest, steps });
  // Copies would be 20 000 × 32 KiB.
  const grown = process.memoryUsage().arrayBuffers - before;
  assert.ok(grown < 64 * 2 ** 20, `${grown} bytes`);
});
