import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { treeBottoms } from "../../../harness/cases/recipes.ts";
import { type Gindex, isAncestorOrSame, parentOf } from "../../../reference/core/gindex.ts";
import { treeFromBottoms } from "../../../reference/proofs/pruned-tree/from-bottoms.ts";
import { bottomAt, bottomCount, bottomGindices } from "../../../reference/proofs/pruned-tree/pruned-tree.ts";

const ascending = (gindices: readonly bigint[]): Gindex[] => [...gindices].sort((a, b) => (a < b ? -1 : 1)) as Gindex[];

/** The bottom nodes of a random full tree, at least two, and one of them. */
const bottoms = fc
  .record({ seed: fc.bigInt({ min: 0n, max: 2n ** 32n }), count: fc.integer({ min: 2, max: 30 }), choice: fc.nat() })
  .map(({ seed, count, choice }) => {
    const gindices = ascending(treeBottoms(seed, count, "random"));
    return { gindices, chosen: gindices[choice % count] };
  });

const nodeOf = (gindex: bigint): Uint8Array => {
  const node = new Uint8Array(32);
  new DataView(node.buffer).setBigUint64(0, gindex & 0xffff_ffff_ffff_ffffn);
  return node;
};

const build = (gindices: readonly Gindex[]) => treeFromBottoms(gindices, (index) => nodeOf(gindices[index]));

test("the bottom nodes of a tree make the tree, each with its own node", () => {
  fc.assert(
    fc.property(bottoms, ({ gindices }) => {
      const tree = build(gindices);
      assert.ok("shape" in tree);
      const found = bottomGindices(tree);
      assert.deepEqual(ascending(found), gindices);
      assert.equal(bottomCount(tree), gindices.length);
      for (const [rank, gindex] of found.entries()) assert.deepEqual(bottomAt(tree, rank), nodeOf(gindex));
    }),
  );
});

test("without one of them there is a gap, reported by the topmost missing node", () => {
  fc.assert(
    fc.property(bottoms, ({ gindices, chosen }) => {
      const others = gindices.filter((gindex) => gindex !== chosen);
      assert.deepEqual(build(others), { kind: "gap", missing: chosen });
    }),
  );
});

test("without any at all the root is missing", () => {
  assert.deepEqual(build([]), { kind: "gap", missing: 1n });
});

test("one more above or below is nested, even if there is also a gap", () => {
  fc.assert(
    fc.property(bottoms, fc.boolean(), fc.boolean(), ({ gindices, chosen }, isAbove, hasGap) => {
      const added = (isAbove ? parentOf(chosen) : (chosen << 1n) + 1n) as Gindex;
      const [apart] = gindices.filter((gindex) => !isAncestorOrSame(parentOf(chosen), gindex));
      const kept = hasGap ? gindices.filter((gindex) => gindex !== apart) : gindices;
      const fault = build(ascending([...kept, added]));
      assert.ok("kind" in fault && fault.kind === "nested");
      assert.ok(isAncestorOrSame(fault.outer, fault.inner));
      assert.ok([fault.outer, fault.inner].includes(added));
    }),
  );
});
