import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, test } from "node:test";
import fc from "fast-check";
import { expandRecipes, RecipeError } from "../../../harness/cases/recipes.ts";
import type { Json } from "../../../runners/lane.ts";

const node = (index: number): string => `0x${index.toString(16).padStart(64, "0")}`;

function hashPair(left: string, right: string): string {
  return `0x${createHash("sha256")
    .update(Buffer.from(left.slice(2) + right.slice(2), "hex"))
    .digest("hex")}`;
}

const refuses = (recipe: Json, message: RegExp): void =>
  assert.throws(
    () => expandRecipes(recipe),
    (error: unknown) => error instanceof RecipeError && message.test(error.message),
  );

describe("the recipe rlp", () => {
  test("nests bytes in lists", () => {
    assert.equal(expandRecipes({ rlp: { bytes: "0x05", count: 0 } }), "0x05");
    assert.equal(
      expandRecipes({ rlp: { bytes: "0x05", before: "0x11", after: "0x80", count: 2 } }),
      "0xc611c311058080",
    );
    const fifty = { repeat: { bytes: "0x11", count: 54 } };
    assert.equal(expandRecipes({ rlp: { bytes: fifty, before: "0x22", count: 1 } }), `0xf722${"11".repeat(54)}`);
    assert.equal(expandRecipes({ rlp: { bytes: fifty, before: "0x2222", count: 1 } }), `0xf8382222${"11".repeat(54)}`);
    const long = { repeat: { bytes: "0x11", count: 256 } };
    assert.equal(expandRecipes({ rlp: { bytes: long, count: 1 } }), `0xf90100${"11".repeat(256)}`);
    refuses({ rlp: { bytes: "0x05" } }, /expected a count/);
    refuses({ rlp: { before: "0x05", count: 1 } }, /expected bytes/);
  });
});

describe("recipes for lists", () => {
  test("concat joins the items of a list of bytes; chain joins lists", () => {
    const nodes = { nodes: { seed: 1, count: 2 } };
    const [first, second] = expandRecipes(nodes) as string[];
    assert.equal(expandRecipes({ concat: ["0x80", nodes, "0xff"] }), `0x80${first.slice(2)}${second.slice(2)}ff`);
    assert.deepEqual(expandRecipes({ chain: [["0x01"], nodes, []] }), ["0x01", first, second]);
    refuses({ chain: ["0x01"] }, /"0x01"; expected a list/);
    refuses({ concat: [[["0x01"]]] }, /expected bytes/);
  });

  test("subtrees are roots of trees with equal leaves", () => {
    const one = hashPair(node(7), node(7));
    const two = hashPair(one, one);
    assert.deepEqual(expandRecipes({ subtrees: { node: node(7), levels: [2, 0, 1, 2] } }), [two, node(7), one, two]);
    assert.deepEqual(expandRecipes({ subtrees: { node: node(7), levels: [] } }), []);
    refuses({ subtrees: { node: "0x07", levels: [1] } }, /"0x07"; expected a node of 32 bytes/);
    refuses({ subtrees: { node: node(7), levels: [-1] } }, /-1; expected a count/);
    refuses({ subtrees: { node: node(7), levels: [1024] } }, /1024 levels; expected at most 1023/);
    refuses({ subtrees: { node: node(7) } }, /expected a list/);
  });
});

describe("a sparse tree", () => {
  const entriesOf = (recipe: Json): [string, string][] => expandRecipes({ sparse: recipe }) as [string, string][];

  /** Returns the root of entries, hashed level by level. */
  function rootOf(entries: readonly (readonly [string, string])[]): string {
    const nodes = new Map(entries.map(([key, value]) => [BigInt(key), value]));
    for (
      let keys = [...nodes.keys()].sort((a, b) => (a > b ? -1 : 1));
      keys[0] > 1n;
      keys = [...nodes.keys()].sort((a, b) => (a > b ? -1 : 1))
    ) {
      const [right] = keys;
      nodes.set(right / 2n, hashPair(nodes.get(right - 1n) as string, nodes.get(right) as string));
      nodes.delete(right);
      nodes.delete(right - 1n);
    }
    return nodes.get(1n) as string;
  }

  test("has the root of the full tree with the same node everywhere else", () => {
    const depth = 5;
    const leafIndices = fc.uniqueArray(fc.integer({ min: 0, max: 2 ** depth - 1 }), { maxLength: 6 });
    fc.assert(
      fc.property(leafIndices, (indices) => {
        const values = new Map(indices.map((index) => [index, node(100 + index)]));
        const stated = indices.map((index) => [`0x${(2 ** depth + index).toString(16)}`, node(100 + index)]);
        const whole = Array.from({ length: 2 ** depth }, (_, index): [string, string] => [
          `0x${(2 ** depth + index).toString(16)}`,
          values.get(index) ?? node(7),
        ]);
        const entries = entriesOf({ depth, node: node(7), entries: stated });
        assert.equal(rootOf(entries), rootOf(whole));
        assert.ok(entries.length <= 1 + depth * indices.length);
      }),
    );
  });

  test("keeps entries above and below the level, and lists nodes from left to right", () => {
    const above = ["0x2", node(1)];
    const below = [
      ["0xc", node(2)],
      ["0xd", node(3)],
    ];
    assert.deepEqual(entriesOf({ depth: 2, node: node(7), entries: [...below, above] }), [
      above,
      ...below,
      ["0x7", node(7)],
    ]);
  });

  test("may be a subtree, and may have no entries", () => {
    const one = hashPair(node(7), node(7));
    assert.deepEqual(entriesOf({ root: "0x3", depth: 2, node: node(7), entries: [] }), [["0x3", one]]);
    const [only, beside] = entriesOf({ root: "0x3", depth: 2, node: node(7), entries: [["0x6", node(1)]] });
    assert.deepEqual(
      [only, beside],
      [
        ["0x6", node(1)],
        ["0x7", node(7)],
      ],
    );
  });

  test("is rejected with two entries for a node, and with a node without an entry", () => {
    const sparse = (entries: Json, more = {}): Json => ({ sparse: { depth: 2, node: node(7), entries, ...more } });
    refuses(
      sparse([
        ["0x2", node(1)],
        ["0x4", node(2)],
      ]),
      /below another entry/,
    );
    refuses(
      sparse([
        ["0x4", node(1)],
        ["0x4", node(2)],
      ]),
      /two entries with the same index/,
    );
    refuses(sparse([["0x2", node(1)]], { root: "0x3" }), /outside of the root/);
    refuses(sparse([["0x8", node(1)]]), /of level 2 has no node 0x9; expected an entry/);
    refuses(sparse([["0x0", node(1)]]), /"0x0"; expected a generalized index/);
    refuses(sparse([["0x4", "0x01"]]), /expected a node of 32 bytes/);
    refuses(sparse([], { depth: 2000 }), /2000 levels; expected at most 1023/);
    refuses({ sparse: { depth: 2, node: node(7) } }, /expected a list/);
  });
});
