import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { treeBottoms } from "../../../harness/cases/recipes.ts";
import { createNodeHasher } from "../../../reference/core/hash.ts";
import type { ProofBackend, RawKey, TransactStep } from "../../../reference/proofs/backend.ts";
import { PROOF_BACKENDS } from "../../../reference/proofs/registry.ts";
import { isThorough } from "../../sample.ts";

// A transaction hashes only what has changed. For any order of steps its results equal those of updates.

type Operations = Required<ProofBackend>;
type Entries = readonly (readonly [RawKey, Uint8Array])[];

const ssz = PROOF_BACKENDS.get("ssz") as Operations;
const sparse = PROOF_BACKENDS.get("sparse") as Operations;

const nodeOf = (value: number): Uint8Array => {
  const node = new Uint8Array(32);
  new DataView(node.buffer).setUint32(28, value);
  return node;
};

/** A key of 256 bits that begins with the bits of `value`. */
const sparseKey = (value: number): Uint8Array => {
  const key = new Uint8Array(32);
  new DataView(key.buffer).setUint32(0, value);
  return key;
};

const contextOf = (depth?: number) => ({
  encoding: "compact",
  isStrict: false,
  hasher: createNodeHasher(),
  ...(depth === undefined ? {} : { depth }),
});

/** A step of the model: its kind, its key and its value. */
const step = fc.record({
  kind: fc.constantFrom("set", "set", "set", "root", "root", "get", "checkpoint", "commit", "revert"),
  choice: fc.nat(),
  value: fc.integer({ min: 0, max: 5 }),
});

interface Case {
  readonly backend: Operations;
  readonly depth?: number;
  readonly entries: Entries;
  readonly keys: readonly RawKey[];
}

const sszCase: fc.Arbitrary<Case> = fc
  .record({ seed: fc.bigInt({ min: 0n, max: 2n ** 32n }), count: fc.integer({ min: 1, max: 20 }) })
  .map(({ seed, count }) => {
    const keys = treeBottoms(seed, count, "random");
    return { backend: ssz, entries: keys.map((key, index) => [key, nodeOf(index + 1)] as const), keys };
  });

const sparseCase: fc.Arbitrary<Case> = fc
  .uniqueArray(fc.nat({ max: 63 }), { minLength: 1, maxLength: 12 })
  .chain((values) => fc.record({ depth: fc.constantFrom(8, 256), values: fc.constant(values) }))
  .map(({ depth, values }) => {
    const keys = values.map((value) => sparseKey(value << 24));
    const entries = keys.filter((_, index) => index % 2 === 0).map((key, index) => [key, nodeOf(index + 1)] as const);
    return { backend: sparse, depth, entries, keys };
  });

/** The values 0 and 1 delete with `null` and with zeros in backends that support deletion. */
const writtenValue = (backend: Operations, value: number): Uint8Array | null => {
  if (backend.deletes && value === 0) return null;
  return nodeOf(backend.deletes && value === 1 ? 0 : 100 + value);
};

test("PROOF-SSZ-052, PROOF-SPARSE-008 every root within a transaction is that of an update with the writes in force", () => {
  fc.assert(
    fc.property(fc.oneof(sszCase, sparseCase), fc.array(step, { maxLength: 40, size: "max" }), (given, choices) => {
      const { backend, depth, entries, keys } = given;
      const honest = backend.prove(contextOf(depth), entries, keys, []);
      let writes: (readonly [RawKey, Uint8Array | null])[] = [];
      const saved: (typeof writes)[] = [];
      const steps: TransactStep[] = [];
      const expected: (Uint8Array | null | true)[] = [];
      const updated = () => backend.update(contextOf(depth), honest.root, honest.proof, writes);
      for (const { kind, choice, value } of choices) {
        const key = keys[choice % keys.length];
        if ((kind === "commit" || kind === "revert") && saved.length === 0) continue;
        if (kind === "get") {
          // Also an inner node, the parent of a bottom node, if keys are generalized indices.
          const asked = typeof key === "bigint" && key > 1n && value > 2 ? key >> 1n : key;
          steps.push({ kind, key: asked });
          const { root, proof } = updated();
          // The update can leave out nodes of a sparse proof that it does not need.
          expected.push(backend.get(contextOf(depth), root, proof, [asked])[0]);
          continue;
        }
        if (kind === "set") {
          const written = [key, writtenValue(backend, value)] as const;
          steps.push({ kind, key, value: written[1] });
          writes = [...writes, written];
        } else {
          steps.push({ kind } as TransactStep);
          if (kind === "checkpoint") saved.push(writes);
          if (kind === "commit") saved.pop();
          if (kind === "revert") writes = saved.pop() as typeof writes;
        }
        expected.push(kind === "root" ? updated().root : true);
      }
      const results = backend.transact(contextOf(depth), honest.root, honest.proof, steps);
      const plain = (values: typeof expected) =>
        values.map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString("hex") : value));
      assert.deepEqual(plain(results), plain(expected));
    }),
    { numRuns: isThorough ? 300 : 100 },
  );
});

const ROOT: TransactStep = { kind: "root" };

/** The number of hashes that the last step of a script takes. */
function hashesOfLast({ backend, depth, entries, keys }: Case, steps: readonly TransactStep[]): number {
  const { root, proof } = backend.prove(contextOf(depth), entries, keys, []);
  const countOf = (script: readonly TransactStep[]): number => {
    const context = contextOf(depth);
    backend.transact(context, root, proof, script);
    return context.hasher.count;
  };
  return countOf(steps) - countOf(steps.slice(0, -1));
}

const LEVELS = 10;
const sszKeys = Array.from({ length: 2 ** LEVELS }, (_, index) => BigInt(2 ** LEVELS + index));
const sparseKeys = Array.from({ length: 200 }, (_, index) => sparseKey(index * 0x01_00_00_07));

for (const { given, depth } of [
  { given: { backend: ssz, entries: sszKeys.map((key) => [key, nodeOf(1)] as const), keys: sszKeys }, depth: LEVELS },
  {
    given: {
      backend: sparse,
      entries: sparseKeys.slice(0, 100).map((key) => [key, nodeOf(1)] as const),
      keys: sparseKeys,
    },
    depth: 256,
  },
]) {
  const { name } = given.backend;
  const set = (index: number): TransactStep => ({ kind: "set", key: given.keys.at(index) as RawKey, value: nodeOf(9) });

  test(`${name}: a root with nothing written before it takes no hash`, () => {
    assert.equal(hashesOfLast(given, [ROOT]), 0);
    assert.equal(hashesOfLast(given, [set(0), set(-1), ROOT, ROOT]), 0);
  });

  test(`${name}: a root takes one hash for each level and each write since the last root`, () => {
    assert.equal(hashesOfLast(given, [set(0), ROOT]), depth);
    assert.equal(hashesOfLast(given, [set(0), ROOT, set(-1), ROOT]), depth);
    assert.equal(hashesOfLast(given, [set(0), set(0), ROOT]), depth);
    const both = hashesOfLast(given, [set(0), set(-1), ROOT]);
    assert.ok(both > depth && both < 2 * depth, `${both} hashes`);
  });

  test(`${name}: a root after a revert takes the same, and the revert takes no hash`, () => {
    const script: TransactStep[] = [set(0), ROOT, { kind: "checkpoint" }, set(-1), ROOT, { kind: "revert" }];
    assert.equal(hashesOfLast(given, script), 0);
    assert.equal(hashesOfLast(given, [...script, ROOT]), depth);
  });
}

test("ssz: an inner node takes hashes only for the levels between it and a write", () => {
  const given = { backend: ssz, entries: sszKeys.map((key) => [key, nodeOf(1)] as const), keys: sszKeys };
  const set: TransactStep = { kind: "set", key: sszKeys[0], value: nodeOf(9) };
  assert.equal(hashesOfLast(given, [set, { kind: "get", key: 3n }]), 0);
  assert.equal(hashesOfLast(given, [set, { kind: "get", key: 2n }]), LEVELS - 1);
  assert.equal(hashesOfLast(given, [set, { kind: "get", key: 2n }, ROOT]), 1);
});

test("PROOF-SPARSE-046, PROOF-SPARSE-047 an undone write needs no node of the proof, a write in effect does", () => {
  const { root, proof } = sparse.prove(
    contextOf(256),
    [
      [sparseKey(1), nodeOf(1)],
      [sparseKey(2 ** 31), nodeOf(2)],
    ],
    [],
    [],
  );
  const set: TransactStep = { kind: "set", key: sparseKey(1), value: nodeOf(9) };
  const taken: TransactStep[] = [{ kind: "checkpoint" }, set, { kind: "revert" }, ROOT];
  assert.deepEqual(sparse.transact(contextOf(256), root, proof, taken).at(-1), root);
  assert.throws(() => sparse.transact(contextOf(256), root, proof, [set, ROOT]), { class: "incomplete" });
});
