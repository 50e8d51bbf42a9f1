import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { classOf } from "../class-of.ts";
import {
  bitsOf,
  call,
  type Entries,
  encoding,
  hasPrefixes,
  itemsOf,
  type Model,
  map,
  modelOf,
  modelRoot,
  type Proven,
  prefixFree,
  prove,
  union,
  written,
} from "./model.ts";

// Writes through a proof of a radix tree, checked with small maps.

test("PROOF-RADIX-079, PROOF-RADIX-033 an update returns the root of the changed map and the proof of its open nodes", () => {
  fc.assert(
    fc.property(map, encoding, ({ entries, asked, others, writes }, name) => {
      const after = written(entries, writes);
      fc.pre(!hasPrefixes(after));
      const keys = union(
        asked,
        writes.map(([one]) => one),
      );
      const deleted = writes.map(([one]) => one).filter((one) => !after.some(([kept]) => kept === one));
      const before = prove(name, entries, keys, union(deleted, others));
      const updated = call<Proven>("update", { encoding: name, ...before, writes });
      assert.equal(updated.root, modelRoot(after));
      // Only new nodes and old open nodes that still occur are open in the new tree.
      const convert = (proven: Proven): Set<string> => {
        const { proof } = call<Proven>("convert", { from: name, to: "nodes", ...proven });
        return new Set(itemsOf(proof).map((item) => item.toString("hex")));
      };
      const known = convert(before);
      const open = convert(updated);
      const whole = itemsOf(
        prove(
          "nodes",
          after,
          after.map(([one]) => one),
        ).proof,
      ).map((item) => item.toString("hex"));
      const wholeBefore = itemsOf(
        prove(
          "nodes",
          entries,
          entries.map(([one]) => one),
        ).proof,
      );
      const old = new Set(wholeBefore.map((item) => item.toString("hex")));
      assert.deepEqual([...open].sort(), whole.filter((item) => known.has(item) || !old.has(item)).sort());
    }),
  );
});

test("PROOF-RADIX-082, PROOF-RADIX-083 an update needs no node that the final tree does not need", () => {
  fc.assert(
    fc.property(map, encoding, ({ entries, asked, writes }, name) => {
      const before = prove(name, entries, asked);
      const after = written(entries, writes);
      const keys = writes.map(([one]) => one);
      const isDecided = keys.every((one) => {
        return classOf(() => call("get", { encoding: name, ...before, keys: [one] })) === "none";
      });
      const outcome = classOf(() => call("update", { encoding: name, ...before, writes }));
      if (!isDecided) assert.equal(outcome, "incomplete");
      else if (hasPrefixes(after)) assert.equal(outcome, "invalid-argument");
      else {
        // A subtree that does not move is needed only by its hash.
        assert.equal(
          outcome,
          movesUnopened(entries, after, itemsOf(prove("nodes", entries, asked).proof)) ? "incomplete" : "none",
        );
      }
    }),
    { numRuns: 400 },
  );
});

/** Whether a subtree that is not open begins at another bit in the new tree, so that it would have to be hashed again. */
function movesUnopened(before: Entries, after: Entries, open: readonly Buffer[]): boolean {
  const known = new Set(open.map((item) => item.toString("hex")));
  const places = (entries: Entries, isOpen: (preimage: string) => boolean): Map<string, number> => {
    const found = new Map<string, number>();
    const walk = (node: Model, start: number): void => {
      const preimage = node.preimage.toString("hex");
      if (!isOpen(preimage)) {
        found.set(keysBelow(node).join(), start);
        return;
      }
      const below = start + 1 + node.preimage.readUInt16BE(1);
      for (const child of node.children) walk(child, below);
    };
    if (entries.length > 0) walk(modelOf(entries.map(([name, value]) => [bitsOf(name), value])), 0);
    return found;
  };
  const unopened = places(before, (preimage) => known.has(preimage));
  const all = new Map<string, number>();
  const walk = (node: Model, start: number): void => {
    all.set(keysBelow(node).join(), start);
    if (node.preimage[0] === 1)
      for (const child of node.children) walk(child, start + 1 + node.preimage.readUInt16BE(1));
  };
  if (after.length > 0) walk(modelOf(after.map(([name, value]) => [bitsOf(name), value])), 0);
  return [...unopened].some(([keys, start]) => all.get(keys) !== start);
}

function keysBelow(node: Model): string[] {
  if (node.preimage[0] === 0) return [node.preimage.subarray(1, -32).toString("hex")];
  return node.children.flatMap(keysBelow);
}

test("PROOF-RADIX-034, PROOF-RADIX-084 every root of a script is that of the current map, and a revert leaves no trace", () => {
  fc.assert(
    fc.property(map, encoding, fc.nat(), ({ entries, asked, writes, others }, name, seed) => {
      // The map of each open checkpoint, and the current one at the end.
      const maps: Entries[] = [entries];
      const steps: object[] = [];
      const expected: unknown[] = [];
      const now = (): Entries => maps[maps.length - 1];
      const pool = prefixFree([...entries.map(([one]) => one), ...writes.map(([one]) => one), ...others]);
      const changes = writes.filter(([one]) => pool.includes(one));
      for (const [index, change] of [...changes, ...changes.toReversed()].entries()) {
        const kind = (seed >> (index % 8)) % 5;
        if (kind === 0) {
          steps.push({ checkpoint: true });
          expected.push(true);
          maps.push(now());
        }
        steps.push({ set: change }, { get: change[0] });
        expected.push(true, change[1]);
        maps[maps.length - 1] = written(now(), [change]);
        if (kind === 1 || kind === 2) {
          steps.push({ root: true });
          expected.push(modelRoot(now()));
        }
        if (kind > 1 && maps.length > 1) {
          const last = maps.pop() as Entries;
          if (kind === 3) maps[maps.length - 1] = last;
          steps.push(kind === 3 ? { commit: true } : { revert: true }, { root: true });
          expected.push(true, modelRoot(now()));
        }
      }
      while (maps.length > 1) {
        maps.pop();
        steps.push({ revert: true });
        expected.push(true);
      }
      steps.push({ root: true }, ...asked.map((one) => ({ get: one })));
      expected.push(modelRoot(now()), ...asked.map((one) => new Map(now()).get(one) ?? null));
      const all = union(
        entries.map(([one]) => one),
        union(pool, asked),
      );
      assert.deepEqual(call("transact", { encoding: name, ...prove(name, entries, all), steps }), {
        results: expected,
      });
    }),
  );
});

test("PROOF-RADIX-085 a root needs the same nodes as an update from the verified tree", () => {
  fc.assert(
    fc.property(map, encoding, ({ entries, asked, writes, others }, name) => {
      const before = prove(name, entries, asked, others);
      const outcomeOf = (steps: readonly object[]): string => {
        return classOf(() => call("transact", { encoding: name, ...before, steps }));
      };
      const sets = writes.map((write) => ({ set: write }));
      const whole = classOf(() => call("update", { encoding: name, ...before, writes }));
      assert.equal(outcomeOf([...sets, { root: true }]), whole);
      const reverted = [{ checkpoint: true }, ...sets, { revert: true }, { root: true }];
      assert.equal(outcomeOf(reverted), "none");
      // With roots in between, each root behaves like the only one.
      const parts = sets.map((_, index) => outcomeOf([...sets.slice(0, index + 1), { root: true }]));
      const first = parts.find((outcome) => outcome !== "none") ?? "none";
      assert.equal(outcomeOf(sets.flatMap((set) => [set, { root: true }])), first);
    }),
  );
});
