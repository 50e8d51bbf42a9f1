import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { callMethod } from "../../../../reference/wire/dispatch.ts";
import { classOf } from "../class-of.ts";

// The equations of a sparse tree, compared with whole trees that are small enough to be written out.

type Entries = readonly (readonly [string, string])[];

interface Proven {
  readonly root: string;
  readonly proof: string;
}

const ZERO = "00".repeat(32);
const ENCODINGS = ["compact", "offsets64", "offsets16"] as const;
const sha = (hex: string): string => createHash("sha256").update(Buffer.from(hex, "hex")).digest("hex");
const leafOf = (index: number): string => `0x${index.toString(16).padStart(64, "0")}`;
const encoding = fc.constantFrom(...ENCODINGS);

/** The key whose first `depth` bits are those of `index`. */
function keyOf(index: number, depth: number): string {
  const bits = index.toString(2).padStart(depth, "0").padEnd(256, "0");
  return `0x${BigInt(`0b${bits}`).toString(16).padStart(64, "0")}`;
}

/** A tree of few levels, or a deep one whose keys differ first at its last few levels or at its first level. */
const tree = fc
  .record({ levels: fc.integer({ min: 1, max: 4 }), depth: fc.constantFrom(0, 9, 256), atTheEnd: fc.boolean() })
  .chain(({ levels, depth: deep, atTheEnd }) => {
    const depth = deep === 0 ? levels : deep;
    const indices = Array.from({ length: 2 ** levels }, (_, index) => index);
    const place = (index: number): string => {
      if (!atTheEnd) return keyOf(index, levels);
      return `0x${(BigInt(keyOf(index, levels)) >> BigInt(depth - levels)).toString(16).padStart(64, "0")}`;
    };
    const keys = indices.map(place);
    const some = fc.subarray(keys);
    return fc.record({
      depth: fc.constant(depth),
      keys: fc.constant(keys),
      entries: some.map((present): Entries => present.map((key, index) => [key, leafOf(index + 1)])),
      some,
      others: some,
      writes: fc.array(
        fc.tuple(fc.constantFrom(...keys), fc.option(fc.integer({ min: 0, max: 3 }).map((n) => leafOf(n * 100)))),
      ),
    });
  });

function call<T>(method: string, depth: number, params: object): T {
  return callMethod(`proof/${method}`, { backend: "sparse", options: { depth }, ...params }) as T;
}

const prove = (name: string, depth: number, entries: Entries, keys: readonly string[]): Proven =>
  call<Proven>("prove", depth, { encoding: name, entries, keys });

const union = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])];

/** The entries after the writes: the last write of a key counts, zero and `null` delete. */
function written(entries: Entries, writes: readonly (readonly [string, string | null])[]): Entries {
  const after = new Map<string, string | null>([...entries, ...writes]);
  return [...after].filter((entry): entry is [string, string] => entry[1] !== null && entry[1] !== `0x${ZERO}`);
}

/** The keys that the proof covers, requested one at a time. */
const covered = (depth: number, { root, proof }: Proven, keys: readonly string[]): string[] =>
  keys.filter((key) => classOf(() => call("get", depth, { encoding: "compact", root, proof, keys: [key] })) === "none");

test("PROOF-SPARSE-002, PROOF-SPARSE-027 an honest prover is always accepted, whether a key is present or absent", () => {
  fc.assert(
    fc.property(tree, encoding, ({ depth, entries, some }, name) => {
      const { root, proof } = prove(name, depth, entries, some);
      const values = new Map(entries);
      assert.deepEqual(
        call("get", depth, { encoding: name, root, proof, keys: some, options: { depth, profile: "strict" } }),
        {
          values: some.map((key) => values.get(key) ?? null),
        },
      );
      assert.deepEqual(call("root", depth, { encoding: name, proof }), { root });
    }),
  );
});

test("PROOF-SPARSE-005 the root is that of the whole tree with all its zero leaves", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.infiniteStream(fc.integer({ min: 0, max: 2 })), (depth, stream) => {
      const leaves = Array.from({ length: 2 ** depth }, () => leafOf(stream.next().value as number));
      const entries: Entries = leaves.map((leaf, index) => [keyOf(index, depth), leaf]);
      let level = leaves.map((leaf) => leaf.slice(2));
      while (level.length > 1) level = level.flatMap((node, i) => (i % 2 === 0 ? [sha(node + level[i + 1])] : []));
      assert.equal(prove("compact", depth, entries, []).root, `0x${level[0]}`);
    }),
  );
});

test("PROOF-SPARSE-035 no smaller proof covers the keys", () => {
  fc.assert(
    fc.property(tree, ({ depth, entries, some }) => {
      const { root, proof } = prove("compact", depth, entries, some);
      const { nodes } = call<{ nodes: number }>("cost", depth, { encoding: "compact", root, proof });
      // Each inner node of the smallest tree is above a present leaf and above a requested key.
      const prefixes = (keys: readonly string[]): Set<string> => {
        const paths = keys.map((key) => BigInt(key).toString(2).padStart(256, "0"));
        return new Set(paths.flatMap((path) => Array.from({ length: depth }, (_, level) => path.slice(0, level))));
      };
      const asked = prefixes(some);
      const inner = [...prefixes(entries.map(([key]) => key))].filter((prefix) => asked.has(prefix));
      assert.equal(nodes, inner.length + 1);
    }),
  );
});

test("PROOF-SPARSE-044 update returns the proof, in the new tree, of the covered and the written keys", () => {
  fc.assert(
    fc.property(tree, encoding, ({ depth, keys, entries, some, writes }, name) => {
      const all = union(
        some,
        writes.map(([key]) => key),
      );
      const before = prove(name, depth, entries, all);
      const decided = covered(depth, prove("compact", depth, entries, all), keys);
      const after = written(entries, writes);
      assert.deepEqual(
        call("update", depth, { encoding: name, ...before, writes }),
        prove(name, depth, after, decided),
      );
    }),
  );
});

test("PROOF-SPARSE-042 writes are rejected exactly when one of their keys is not covered", () => {
  fc.assert(
    fc.property(tree, ({ depth, entries, some, writes }) => {
      const before = prove("compact", depth, entries, some);
      const uncovered = writes.some(([key]) => covered(depth, before, [key]).length === 0);
      const outcome = classOf(() => call("update", depth, { encoding: "compact", ...before, writes }));
      assert.equal(outcome, uncovered ? "incomplete" : "none");
    }),
  );
});

test("PROOF-SPARSE-049 merge returns the proof of the union, whatever the order", () => {
  fc.assert(
    fc.property(tree, encoding, ({ depth, entries, some, others }, name) => {
      const [a, b] = [prove(name, depth, entries, some), prove(name, depth, entries, others)];
      const expected = { proof: prove(name, depth, entries, union(some, others)).proof };
      assert.deepEqual(call("merge", depth, { encoding: name, root: a.root, proofs: [a.proof, b.proof] }), expected);
      assert.deepEqual(
        call("merge", depth, { encoding: name, root: a.root, proofs: [b.proof, a.proof, b.proof] }),
        expected,
      );
    }),
  );
});

test("PROOF-SPARSE-051 extract returns from a larger proof the same proof as prove from the tree", () => {
  fc.assert(
    fc.property(tree, encoding, ({ depth, entries, some, others }, name) => {
      const { root, proof } = prove(name, depth, entries, union(some, others));
      const [keys, deletes] = [some, others.slice(1)];
      const expected = prove(name, depth, entries, union(keys, deletes)).proof;
      assert.deepEqual(call("extract", depth, { encoding: name, root, proof, keys, deletes }), { proof: expected });
      assert.deepEqual(call("prove", depth, { encoding: name, entries, keys, deletes }), { root, proof: expected });
    }),
  );
});

test("PROOF-SPARSE-037 conversions are inverse", () => {
  fc.assert(
    fc.property(tree, encoding, encoding, ({ depth, entries, some }, from, to) => {
      const { root, proof } = prove(from, depth, entries, some);
      const there = call<{ proof: string }>("convert", depth, { from, to, root, proof });
      assert.deepEqual(there, { proof: prove(to, depth, entries, some).proof });
      assert.deepEqual(call("convert", depth, { from: to, to: from, root, ...there }), { proof });
    }),
  );
});

test("PROOF-SPARSE-048 reverted writes leave no trace, and committed writes equal an update", () => {
  fc.assert(
    fc.property(tree, encoding, ({ depth, keys, entries, some, writes }, name) => {
      const asked = union(
        some,
        writes.map(([key]) => key),
      );
      const honest = prove(name, depth, entries, asked);
      const dropped = keys.map((key, index) => ({ set: [key, index % 3 === 0 ? null : leafOf(7000 + index)] }));
      const steps = [
        { checkpoint: true },
        ...writes.map((write) => ({ set: write })),
        { checkpoint: true },
        ...dropped,
        { revert: true },
        { commit: true },
        { root: true },
        ...asked.map((key) => ({ get: key })),
      ];
      const { results } = call<{ results: unknown[] }>("transact", depth, { encoding: name, ...honest, steps });
      const updated = call<Proven>("update", depth, { encoding: name, ...honest, writes });
      const { values } = call<{ values: string[] }>("get", depth, { encoding: name, ...updated, keys: asked });
      assert.deepEqual(results.slice(-1 - asked.length), [updated.root, ...values]);
    }),
  );
});

test("PROOF-SPARSE-004, PROOF-SPARSE-030, PROOF-SPARSE-031 a tree that is opened too far is rejected only when strict, and made canonical", () => {
  fc.assert(
    fc.property(tree, fc.nat(), ({ depth, keys, entries, some }, choice) => {
      // The canonical tree of `some` with one zero subtree opened by hand, so that it covers the same keys.
      const { root, proof } = prove("compact", depth, entries, some);
      const bits = [...Buffer.from(proof.slice(2), "hex")].map((byte) => byte.toString(2).padStart(8, "0")).join("");
      let end = 0;
      for (let missing = 1; missing > 0; end++) missing += bits[end] === "1" ? -1 : 1;
      const shape = bits.slice(0, end);
      const bottoms = proof.slice(2 + 2 * Math.ceil(end / 8)).match(/.{64}/g) as string[];
      const zeros = [ZERO];
      for (let height = 1; height <= depth; height++) zeros.push(sha(zeros[height - 1].repeat(2)));
      const splittable = bottoms.flatMap((node, rank) => (zeros.indexOf(node) > 0 ? [rank] : []));
      fc.pre(splittable.length > 0);
      const rank = splittable[choice % splittable.length];
      const below = zeros[zeros.indexOf(bottoms[rank]) - 1];
      const at = [...shape].flatMap((bit, index) => (bit === "1" ? [index] : []))[rank];
      const opened = `${shape.slice(0, at)}011${shape.slice(at + 1)}`;
      const packed = (opened.padEnd(8 * Math.ceil(opened.length / 8), "0").match(/.{8}/g) as string[]).map((byte) =>
        Number.parseInt(byte, 2).toString(16).padStart(2, "0"),
      );
      const wide = `0x${packed.join("")}${bottoms.toSpliced(rank, 1, below, below).join("")}`;
      const params = { encoding: "compact", root, proof: wide };
      const strict = { options: { depth, profile: "strict" } };
      const coveredKeys = covered(depth, { root, proof }, keys);
      assert.deepEqual(covered(depth, { root, proof: wide }, keys), coveredKeys);
      assert.equal(
        classOf(() => call("get", depth, { ...params, keys: coveredKeys, ...strict })),
        "non-canonical",
      );
      assert.equal(
        classOf(() => call("root", depth, { encoding: "compact", proof: wide, ...strict })),
        "non-canonical",
      );
      assert.deepEqual(call("update", depth, { ...params, writes: [] }), { root, proof });
      assert.deepEqual(call("merge", depth, { encoding: "compact", root, proofs: [wide] }), { proof });
      assert.deepEqual(call("extract", depth, { ...params, keys: coveredKeys }), { proof });
    }),
  );
});

test("PROOF-GEN-013 a proof with one inverted bit is never accepted", () => {
  fc.assert(
    fc.property(tree, encoding, fc.nat(), ({ depth, entries, some }, name, choice) => {
      const { root, proof } = prove(name, depth, entries, some);
      const bytes = Buffer.from(proof.slice(2), "hex");
      const bit = choice % (8 * bytes.length);
      bytes[bit >> 3] ^= 0x80 >> (bit & 7);
      const forged = `0x${bytes.toString("hex")}`;
      const outcome = classOf(() => call("get", depth, { encoding: name, root, proof: forged, keys: some }));
      assert.ok(["malformed", "invalid-proof"].includes(outcome), outcome);
    }),
  );
});

test("prove over 256 levels and a thousand leaves needs memory for the proof, not for the tree", () => {
  const keys = Array.from({ length: 1000 }, (_, index) => `0x${sha(index.toString(16).padStart(8, "0"))}`);
  const entries = keys.map((key, index) => [key, leafOf(index + 1)] as const);
  const { root, proof } = prove("compact", 256, entries, keys.slice(0, 3));
  assert.deepEqual(call("get", 256, { encoding: "compact", root, proof, keys: keys.slice(0, 3) }), {
    values: [leafOf(1), leafOf(2), leafOf(3)],
  });
  const { nodes } = call<{ nodes: number }>("cost", 256, { encoding: "compact", root, proof });
  assert.ok(nodes < 3 * 256, `${nodes} nodes`);
});
