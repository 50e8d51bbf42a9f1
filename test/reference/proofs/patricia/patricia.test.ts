import assert from "node:assert/strict";
import { test } from "node:test";
import { keccak_256 } from "@noble/hashes/sha3.js";
import fc from "fast-check";
import { callMethod } from "../../../../reference/wire/dispatch.ts";
import { classOf } from "../class-of.ts";

// Equations that hold for every trie, over keys of which many share a prefix or are prefixes of others.

type Entries = readonly (readonly [string, string])[];
type Writes = readonly (readonly [string, string | null])[];
type Proof = string | { readonly proofs: readonly { readonly key: string; readonly nodes: readonly string[] }[] };

interface Proven {
  readonly root: string;
  readonly proof: Proof;
}

const ENCODINGS = ["witness", "preorder", "eip1186"] as const;
const LISTS = ["witness", "preorder"] as const;

const bytes = fc.array(fc.constantFrom("00", "01", "10", "11", "1f", "f1"), { maxLength: 4 });
const key = bytes.map((parts) => `0x${parts.join("")}`);
/** Values whose leaf is embedded, hashed, or near the limit between both. */
const value: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom("0x07", "0x80", "0x8899"),
  fc.integer({ min: 24, max: 33 }).map((length) => `0x${"5a".repeat(length)}`),
);
const keys = fc.array(key, { minLength: 1, maxLength: 5 });
const map = fc.uniqueArray(fc.tuple(key, value), { selector: ([name]) => name, maxLength: 14 });
const writes: fc.Arbitrary<Writes> = fc.array(fc.tuple(key, fc.option(value, { nil: null })), { maxLength: 8 });
const secure = fc.boolean();

const call = <T>(method: string, params: object): T =>
  callMethod(`proof/${method}`, { backend: "patricia", ...params }) as T;

const prove = (encoding: string, entries: Entries, asked: readonly string[], options = {}): Proven =>
  call("prove", { encoding, entries, keys: asked, options });

const union = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])];

function written(entries: Entries, changes: Writes): Entries {
  const after = new Map<string, string | null>([...entries, ...changes]);
  return [...after].filter((entry): entry is [string, string] => entry[1] !== null);
}

const present = (entries: Entries, asked: readonly string[]): string[] =>
  asked.filter((name) => entries.some(([other]) => other === name));

/** The nodes of the smallest proof. */
const nodesOf = (entries: Entries, asked: readonly string[], deletes: readonly string[] = []): string[] =>
  itemsOf(call<{ proof: string }>("prove", { encoding: "witness", entries, keys: asked, deletes }).proof);

/** The items of an RLP list of strings. */
function itemsOf(list: string): string[] {
  const all = Buffer.from(list.slice(2), "hex");
  const head = (at: number, kind: number): { start: number; length: number } => {
    const code = all[at] - kind;
    if (code <= 55) return { start: at + 1, length: code };
    return { start: at + 1 + code - 55, length: all.readUIntBE(at + 1, code - 55) };
  };
  const items: string[] = [];
  for (let at = head(0, 0xc0).start; at < all.length; ) {
    const { start, length } = all[at] < 0x80 ? { start: at, length: 1 } : head(at, 0x80);
    items.push(`0x${all.subarray(start, start + length).toString("hex")}`);
    at = start + length;
  }
  return items;
}

function listOf(nodes: readonly string[]): string {
  const withHead = (kind: number, payload: Buffer): Buffer => {
    if (payload.length <= 55) return Buffer.concat([Buffer.from([kind + payload.length]), payload]);
    const digits = payload.length.toString(16);
    const length = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, "hex");
    return Buffer.concat([Buffer.from([kind + 55 + length.length]), length, payload]);
  };
  const strings = nodes.map((node) => {
    const payload = Buffer.from(node.slice(2), "hex");
    return payload.length === 1 && payload[0] < 0x80 ? payload : withHead(0x80, payload);
  });
  return `0x${withHead(0xc0, Buffer.concat(strings)).toString("hex")}`;
}

test("PROOF-PATRICIA-005, PROOF-PATRICIA-049 an honest prover is always accepted, for present and absent keys", () => {
  fc.assert(
    fc.property(map, keys, secure, fc.constantFrom(...ENCODINGS), (entries, asked, secure, encoding) => {
      const { root, proof } = prove(encoding, entries, asked, { secure });
      const values = new Map(entries);
      assert.deepEqual(call("get", { encoding, root, proof, keys: asked, options: { secure, profile: "strict" } }), {
        values: asked.map((name) => values.get(name) ?? null),
      });
    }),
  );
});

test("PROOF-PATRICIA-090 the root is that of the map, whatever the writes", () => {
  fc.assert(
    fc.property(map, writes, (entries, changes) => {
      const { root } = prove("witness", written(entries, changes), []);
      let proven = prove("witness", [], []);
      for (const write of [...entries, ...changes]) {
        proven = call<Proven>("update", { encoding: "witness", ...proven, writes: [write] });
      }
      assert.equal(proven.root, root);
    }),
  );
});

test("PROOF-PATRICIA-078 no node of a proof can be left out", () => {
  fc.assert(
    fc.property(map, keys, (entries, asked) => {
      const { root } = prove("witness", entries, asked);
      const nodes = nodesOf(entries, asked);
      for (const node of nodes) {
        const proof = listOf(nodes.filter((other) => other !== node));
        const outcome = classOf(() => call("get", { encoding: "witness", root, proof, keys: asked }));
        assert.ok(["incomplete", "invalid-proof"].includes(outcome), outcome);
      }
    }),
  );
});

test("PROOF-PATRICIA-081, PROOF-PATRICIA-082 a proof of deletes is enough for the deletions, and not without one of its nodes", () => {
  fc.assert(
    fc.property(map, keys, keys, (entries, asked, wanted) => {
      const deletes = present(entries, wanted);
      const { root } = prove("witness", entries, asked);
      const nodes = nodesOf(entries, asked, deletes);
      const changes = deletes.map((name) => [name, null] as const);
      const update = (proof: string): Proven => call("update", { encoding: "witness", root, proof, writes: changes });
      assert.equal(update(listOf(nodes)).root, prove("witness", written(entries, changes), []).root);
      const read = new Set(nodesOf(entries, union(asked, deletes)));
      for (const node of nodes.filter((one) => !read.has(one))) {
        assert.equal(
          classOf(() => update(listOf(nodes.filter((other) => other !== node)))),
          "incomplete",
        );
      }
    }),
  );
});

test("PROOF-PATRICIA-033 after an update the proof opens the nodes that were open and the new nodes", () => {
  fc.assert(
    fc.property(map, keys, writes, fc.constantFrom(...LISTS), (entries, asked, changes, encoding) => {
      const touched = changes.map(([name]) => name);
      const all = union(asked, touched);
      const deletes = changes.filter(([, to]) => to === null).map(([name]) => name);
      const before = call<Proven>("prove", { encoding, entries, keys: all, deletes });
      const after = call<Proven>("update", { encoding, ...before, writes: changes });
      const map = written(entries, changes);
      assert.equal(after.root, prove(encoding, map, []).root);
      const values = new Map(map);
      // The same keys are decided, with the new values, and the proof is canonical.
      assert.deepEqual(call("get", { encoding, ...after, keys: all, options: { profile: "strict" } }), {
        values: all.map((name) => values.get(name) ?? null),
      });
      const kept = new Set(
        itemsOf(call<{ proof: string }>("convert", { from: encoding, to: "witness", ...before }).proof),
      );
      const whole = nodesOf(
        map,
        map.map(([name]) => name),
      );
      const minimal = new Set(nodesOf(map, touched));
      const open = itemsOf(call<{ proof: string }>("convert", { from: encoding, to: "witness", ...after }).proof);
      // Every open node is a node of the new trie, and was open before or is on a written path.
      for (const node of open) assert.ok(whole.includes(node));
      for (const node of whole)
        if (kept.has(node) || minimal.has(node)) assert.ok(open.includes(node) || !reachable(open, node, after.root));
    }),
  );
});

/** Whether a node is the root node, or an open node names it. */
function reachable(open: readonly string[], node: string, root: string): boolean {
  const hash = Buffer.from(keccak_256(Buffer.from(node.slice(2), "hex"))).toString("hex");
  return root === `0x${hash}` || open.some((other) => other.includes(hash));
}

test("PROOF-PATRICIA-093 merge returns the proof of the union, whatever the order", () => {
  fc.assert(
    fc.property(map, keys, keys, secure, fc.constantFrom(...ENCODINGS), (entries, some, others, secure, encoding) => {
      const options = { secure };
      const [a, b] = [prove(encoding, entries, some, options), prove(encoding, entries, others, options)];
      const expected = { proof: prove(encoding, entries, union(some, others), options).proof };
      const merge = (proofs: readonly Proof[]): unknown => call("merge", { encoding, options, root: a.root, proofs });
      assert.deepEqual(merge([a.proof, b.proof]), expected);
      assert.deepEqual(merge([b.proof, a.proof, b.proof]), expected);
    }),
  );
});

test("PROOF-PATRICIA-037 extract takes from a larger proof what prove returns for the map", () => {
  fc.assert(
    fc.property(map, keys, keys, fc.constantFrom(...LISTS), (entries, some, others, encoding) => {
      const everything = { encoding, entries, keys: union(some, others), deletes: others };
      const { root, proof } = call<Proven>("prove", everything);
      const expected = call<Proven>("prove", { encoding, entries, keys: some, deletes: others });
      assert.deepEqual(call("extract", { encoding, root, proof, keys: some, deletes: others }), {
        proof: expected.proof,
      });
      assert.deepEqual(call("extract", { encoding, root, proof, keys: some }), {
        proof: prove(encoding, entries, some).proof,
      });
    }),
  );
});

test("PROOF-PATRICIA-096, PROOF-PATRICIA-097 conversions are inverse", () => {
  const encoding = fc.constantFrom(...ENCODINGS);
  fc.assert(
    fc.property(map, keys, encoding, encoding, (entries, asked, from, to) => {
      const { root, proof } = prove(from, entries, asked);
      const named = (name: string): object => (name === "eip1186" ? { keys: asked } : {});
      const there = call<{ proof: Proof }>("convert", { from, to, root, proof, ...named(to) });
      assert.deepEqual(there, { proof: prove(to, entries, asked).proof });
      assert.deepEqual(call("convert", { from: to, to: from, root, ...there, ...named(from) }), { proof });
    }),
  );
});

test("PROOF-PATRICIA-035, PROOF-PATRICIA-091 reverted writes have no effect, and committed writes equal an update", () => {
  fc.assert(
    fc.property(map, keys, writes, writes, (entries, asked, changes, dropped) => {
      const all = union(
        asked,
        [...changes, ...dropped].map(([name]) => name),
      );
      const honest = call<Proven>("prove", { encoding: "witness", entries, keys: all, deletes: all });
      const set = (write: readonly [string, string | null]): object => ({ set: write });
      const steps = [
        { checkpoint: true },
        ...changes.map(set),
        { root: true },
        { checkpoint: true },
        ...dropped.map(set),
        { revert: true },
        { commit: true },
        { root: true },
        ...all.map((name) => ({ get: name })),
      ];
      const { results } = call<{ results: unknown[] }>("transact", { encoding: "witness", ...honest, steps });
      const updated = call<Proven>("update", { encoding: "witness", ...honest, writes: changes });
      const { values } = call<{ values: string[] }>("get", { encoding: "witness", ...updated, keys: all });
      assert.deepEqual(results.slice(-1 - all.length), [updated.root, ...values]);
      assert.equal(results[1 + changes.length], updated.root);
    }),
  );
});

test("PROOF-GEN-013 a proof with an inverted bit is rejected", () => {
  fc.assert(
    fc.property(map, keys, fc.constantFrom(...LISTS), fc.nat(), (entries, asked, encoding, choice) => {
      const { root, proof } = prove(encoding, entries, asked);
      const forged = Buffer.from((proof as string).slice(2), "hex");
      forged[(choice >> 3) % forged.length] ^= 0x80 >> (choice & 7);
      const outcome = classOf(() => {
        call("get", { encoding, root, proof: `0x${forged.toString("hex")}`, keys: asked });
      });
      assert.ok(["malformed", "invalid-proof", "incomplete"].includes(outcome), outcome);
    }),
  );
});
