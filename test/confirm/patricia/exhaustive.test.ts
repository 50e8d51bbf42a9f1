/**
 * Every map over a few keys, every set of keys to prove and every set to delete. The tests try out that each proof is sufficient
 * and that none of its nodes can be left out.
 */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isInPart, isThorough, partName } from "../../sample.ts";
import type { Json } from "../values.ts";
import { call, classOf, EMPTY_ROOT, nodesIn, type Proved, prove, without } from "./nodes.ts";

type Contents = Map<string, string>;
type Universe = { name: string; values: Contents };

const long = (byte: string): string => `0x${byte.repeat(40)}`;

/** Keys that are prefixes of others and keys that part at every kind of node, with values of both sizes. */
const UNIVERSES: Universe[] = [
  {
    name: "hashed nodes, and keys that end where others go on",
    values: new Map(["0x", "0x12", "0x1234", "0x1334", "0x20"].map((key, i) => [key, long(`a${i}`)])),
  },
  {
    name: "hashed nodes, and branches below extensions",
    values: new Map(["0x1234", "0x1235", "0x1245", "0x2200", "0x2201"].map((key, i) => [key, long(`a${i}`)])),
  },
  {
    name: "embedded nodes",
    values: new Map(["0x", "0x12", "0x1234", "0x1235", "0x20"].map((key, i) => [key, `0x0${i + 1}`])),
  },
  {
    name: "equal subtrees at two places",
    values: new Map(["0x10aa", "0x10bb", "0x20aa", "0x20bb", "0x2c"].map((key) => [key, long(key.slice(-2))])),
  },
];

function subsetsOf<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: 2 ** items.length }, (_, bits) => items.filter((_, i) => (bits >> i) & 1));
}

const ONE_IN = 5;

function partOf<Item>(items: readonly Item[]): Item[] {
  return items.filter((_, place) => isInPart(place, ONE_IN));
}

const entriesOf = (contents: Contents): Json => [...contents];

function written(contents: Contents, writes: readonly (readonly [string, string | null])[]): Contents {
  const after = new Map(contents);
  for (const [key, value] of writes) {
    if (value === null) after.delete(key);
    else after.set(key, value);
  }
  return after;
}

const isMissing = (outcome: string): boolean => outcome === "incomplete" || outcome === "invalid-proof";

for (const { name, values } of UNIVERSES) {
  const keys = [...values.keys()];
  const sets = subsetsOf(keys);
  const maps = sets.map((present) => new Map(present.map((key) => [key, values.get(key) as string])));

  describe(`${name}: ${partName(ONE_IN)} map`, () => {
    it("PROOF-PATRICIA-078 proves any keys with nodes of which none can be left out", () => {
      let spared = 0;
      for (const contents of partOf(maps)) {
        const entries = entriesOf(contents);
        for (const asked of sets) {
          const { root, proof } = prove({ entries, keys: asked });
          const expected = { values: asked.map((key) => contents.get(key) ?? null) };
          assert.deepEqual(call("get", { root, proof, keys: asked, options: { profile: "strict" } }), expected);
          // Other keys read correctly or not at all.
          for (const key of keys) {
            const outcome = classOf("get", { root, proof, keys: [key] });
            const truth = JSON.stringify({ values: [contents.get(key) ?? null] });
            assert.ok(outcome === truth || (outcome === "incomplete" && !asked.includes(key)), `${key} ${outcome}`);
          }
          for (const i of nodesIn(proof).keys()) {
            assert.ok(isMissing(classOf("get", { root, proof: without(proof, i), keys: asked })));
            spared += 1;
          }
        }
      }
      assert.ok(spared > sets.length ** 2 / (isThorough ? 1 : ONE_IN), `${spared} nodes were taken out`);
    });

    it("PROOF-PATRICIA-081, PROOF-PATRICIA-082 proves deletions with nodes of which none can be left out", () => {
      let joined = 0;
      for (const contents of partOf(maps)) {
        const entries = entriesOf(contents);
        for (const deletes of sets) {
          const { root, proof } = prove({ entries, deletes });
          const writes = deletes.map((key) => [key, null] as const);
          const after = prove({ entries: entriesOf(written(contents, writes)) });
          const update = call("update", { root, proof, writes: writes.map((write) => [...write]) }) as Proved;
          assert.equal(update.root, after.root);
          if (proof !== prove({ entries, keys: deletes }).proof) joined += 1;
          for (const i of nodesIn(proof).keys()) {
            const less = { root, proof: without(proof, i) };
            const outcomes = [
              classOf("update", { ...less, writes: writes.map((write) => [...write]) }),
              classOf("get", { ...less, keys: deletes }),
            ];
            assert.ok(outcomes.some(isMissing), `${proof} without ${i}: ${outcomes}`);
          }
        }
      }
      if (name !== "values that make embedded nodes")
        assert.ok(joined > 0, "no deletion needed a node beside its path");
    });

    it("PROOF-PATRICIA-032, PROOF-PATRICIA-033 writes to any proven keys, and returns the proof of them", () => {
      for (const contents of partOf(maps)) {
        const entries = entriesOf(contents);
        const whole = prove({ entries, keys });
        for (const asked of sets) {
          const { root, proof } = prove({ entries, keys: asked, deletes: asked });
          // In turn, a key is deleted, changed, or written with its own value.
          for (const turn of [0, 1, 2]) {
            const writes = asked.map((key) => {
              const value = [null, long("cc"), values.get(key) as string][(keys.indexOf(key) + turn) % 3] ?? null;
              return [key, value] as const;
            });
            const final = written(contents, writes);
            const request = { root, proof, writes: writes.map((write) => [...write]) };
            const after = call("update", request) as Proved;
            const expected = prove({ entries: entriesOf(final), keys: asked });
            assert.equal(after.root, expected.root);
            const strictly = { ...after, keys: asked, options: { profile: "strict" } };
            assert.deepEqual(call("get", strictly), { values: asked.map((key) => final.get(key) ?? null) });
            const nodes = nodesIn(after.proof);
            for (const node of nodesIn(expected.proof)) assert.ok(nodes.includes(node), "a node of a key is not open");
            // If all nodes are open before, all nodes are open after.
            const fromWhole = call("update", { ...request, proof: whole.proof });
            assert.deepEqual(fromWhole, prove({ entries: entriesOf(final), keys }));
          }
        }
      }
    });

    it("PROOF-PATRICIA-093, PROOF-PATRICIA-037, PROOF-PATRICIA-096 merges, extracts and converts proofs", () => {
      for (const contents of partOf(maps)) {
        const entries = entriesOf(contents);
        const { root, proof: whole } = prove({ entries, keys });
        for (const asked of sets) {
          const { proof } = prove({ entries, keys: asked });
          assert.deepEqual(call("extract", { root, proof: whole, keys: asked }), { proof });
          const deleting = { keys: [], deletes: asked };
          assert.deepEqual(call("extract", { root, proof: whole, ...deleting }), {
            proof: prove({ entries, ...deleting }).proof,
          });
          const single = asked.map((key) => prove({ entries, keys: [key] }).proof);
          if (asked.length > 0) assert.deepEqual(call("merge", { root, proofs: single }), { proof });

          const ordered = prove({ entries, keys: asked, encoding: "preorder" }).proof;
          assert.deepEqual(call("convert", { from: "witness", to: "preorder", root, proof }), { proof: ordered });
          assert.deepEqual(call("convert", { from: "preorder", to: "witness", root, proof: ordered }), { proof });
          assert.deepEqual(call("root", { encoding: "preorder", proof: ordered, options: { profile: "strict" } }), {
            root,
          });
          if (asked.length === 0) continue;
          const paths = prove({ entries, keys: asked, encoding: "eip1186" });
          const strictly = { encoding: "eip1186", proof: paths.proof, options: { profile: "strict" } };
          assert.deepEqual(call("root", strictly), { root });
          assert.deepEqual(call("get", { ...strictly, root, keys: asked }), {
            values: asked.map((key) => contents.get(key) ?? null),
          });
          const named = { from: "witness", to: "eip1186", root, proof, keys: asked };
          assert.deepEqual(call("convert", named), { proof: paths.proof });
          assert.deepEqual(call("convert", { from: "eip1186", to: "witness", root, proof: paths.proof }), { proof });
          const paths1 = asked.map((key) => prove({ entries, keys: [key], encoding: "eip1186" }).proof);
          assert.deepEqual(call("merge", { encoding: "eip1186", root, proofs: paths1 }), { proof: paths.proof });
        }
      }
    });

    it("PROOF-PATRICIA-086 never needs a node beside the path of a key that is not deleted", () => {
      for (const contents of partOf(maps)) {
        const entries = entriesOf(contents);
        for (const key of keys) {
          const { root, proof } = prove({ entries, keys: [key] });
          const { root: after } = call("update", { root, proof, writes: [[key, long("dd")]] }) as Proved;
          assert.equal(after, prove({ entries: entriesOf(written(contents, [[key, long("dd")]])) }).root);
          if (contents.has(key)) continue;
          assert.deepEqual(call("update", { root, proof, writes: [[key, null]] }), { root, proof });
        }
      }
    });
  });
}

it("PROOF-PATRICIA-033 empties a trie", () => {
  for (const { values } of UNIVERSES) {
    const { root, proof } = prove({ entries: entriesOf(values), keys: [...values.keys()] });
    const writes = [...values.keys()].map((key) => [key, null]);
    assert.deepEqual(call("update", { root, proof, writes }), { root: EMPTY_ROOT, proof: "0xc0" });
  }
});
