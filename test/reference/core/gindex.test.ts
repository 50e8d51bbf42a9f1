import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ProofError } from "../../../reference/core/errors.ts";
import {
  childOf,
  compareTreeOrder,
  type Gindex,
  gindexDepth,
  gindexPath,
  isAncestorOrSame,
  isRightChild,
  parentOf,
  siblingOf,
  sortUnique,
  toGindex,
} from "../../../reference/core/gindex.ts";

const gindex = fc.bigInt({ min: 1n, max: 2n ** 1024n - 1n }) as fc.Arbitrary<Gindex>;
const shallow = fc.bigInt({ min: 1n, max: 2n ** 8n - 1n }) as fc.Arbitrary<Gindex>;

test("PROOF-SSZ-001 depth is the bit length less one around every power of two", () => {
  for (let k = 1; k < 1024; k++) {
    const power = 2n ** BigInt(k);
    assert.equal(gindexDepth((power - 1n) as Gindex), k - 1);
    assert.equal(gindexDepth(power as Gindex), k);
    assert.equal(gindexDepth((power + 1n) as Gindex), k);
  }
});

test("a path leads from the root to its node", () => {
  fc.assert(
    fc.property(gindex, (node) => {
      const reached = gindexPath(node).reduce((parent, side) => childOf(parent, side as 0 | 1), 1n as Gindex);
      assert.equal(reached, node);
    }),
  );
});

test("parent, children and sibling agree", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 2n ** 1023n - 1n }) as fc.Arbitrary<Gindex>, (node) => {
      const [left, right] = [childOf(node, 0), childOf(node, 1)];
      assert.deepEqual([parentOf(left), parentOf(right), siblingOf(left), siblingOf(right)], [node, node, right, left]);
      assert.deepEqual([isRightChild(left), isRightChild(right)], [false, true]);
    }),
  );
});

test("tree order is the order of a pre-order walk", () => {
  const walked: Gindex[] = [];
  const pending = [1n as Gindex];
  while (pending.length > 0) {
    const node = pending.pop() as Gindex;
    walked.push(node);
    if (gindexDepth(node) < 5) pending.push(childOf(node, 1), childOf(node, 0));
  }
  assert.deepEqual([...walked].reverse().sort(compareTreeOrder), walked);
});

test("an ancestor is a prefix of the path", () => {
  fc.assert(
    fc.property(shallow, shallow, (a, b) => {
      const expected = b.toString(2).startsWith(a.toString(2));
      assert.equal(isAncestorOrSame(a, b), expected);
    }),
  );
});

test("sortUnique returns each index once", () => {
  fc.assert(
    fc.property(fc.array(shallow), (list) => {
      assert.deepEqual(new Set(sortUnique(list)), new Set(list));
      assert.equal(sortUnique(list).length, new Set(list).size);
    }),
  );
});

test("an index below 1 or above 1024 bits is rejected with its class", () => {
  const classOf = (value: bigint): string => {
    try {
      toGindex(value, "malformed");
    } catch (error) {
      if (error instanceof ProofError) return error.class;
    }
    return "none";
  };
  assert.deepEqual([0n, -1n, 2n ** 1024n, 1n, 2n ** 1024n - 1n].map(classOf), [
    "malformed",
    "malformed",
    "limit-exceeded",
    "none",
    "none",
  ]);
});
