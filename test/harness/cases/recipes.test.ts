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

describe("RLP by recipe", () => {
  test("is put into a list again and again", () => {
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
    refuses({ rlp: { bytes: "0x05" } }, /needs a count/);
    refuses({ rlp: { before: "0x05", count: 1 } }, /needs bytes/);
  });
});

describe("lists by recipe", () => {
  test("concat takes the items of a list of bytes; chain joins lists", () => {
    const nodes = { nodes: { seed: 1, count: 2 } };
    const [first, second] = expandRecipes(nodes) as string[];
    assert.equal(expandRecipes({ concat: ["0x80", nodes, "0xff"] }), `0x80${first.slice(2)}${second.slice(2)}ff`);
    assert.deepEqual(expandRecipes({ chain: [["0x01"], nodes, []] }), ["0x01", first, second]);
    refuses({ chain: ["0x01"] }, /needs a list, not "0x01"/);
    refuses({ concat: [[["0x01"]]] }, /needs bytes/);
  });

  test("subtrees are roots of trees whose leaves are all alike", () => {
    const one = hashPair(node(7), node(7));
    const two = hashPair(one, one);
    assert.deepEqual(expandRecipes({ subtrees: { node: node(7), levels: [2, 0, 1, 2] } }), [two, node(7), one, two]);
    assert.deepEqual(expandRecipes({ subtrees: { node: node(7), levels: [] } }), []);
    refuses({ subtrees: { node: "0x07", levels: [1] } }, /a node of 32 bytes, not "0x07"/);
    refuses({ subtrees: { node: node(7), levels: [-1] } }, /needs a count, not -1/);
    refuses({ subtrees: { node: node(7), levels: [1024] } }, /1024 levels is above 1023/);
    refuses({ subtrees: { node: node(7) } }, /needs a list/);
  });
});

describe("a sparse tree", () => {
  const entriesOf = (recipe: Json): [string, string][] => expandRecipes({ sparse: recipe }) as [string, string][];

  /** The root of some entries, paired level by level. */
  function rootOf(entries: readonly (readonly [string, string])[]): string {
    const nodes = new Map(entries.map(([key, value]) => [BigInt(key), value]));
    for (
      let at = [...nodes.keys()].sort((a, b) => (a > b ? -1 : 1));
      at[0] > 1n;
      at = [...nodes.keys()].sort((a, b) => (a > b ? -1 : 1))
    ) {
      const [right] = at;
      nodes.set(right / 2n, hashPair(nodes.get(right - 1n) as string, nodes.get(right) as string));
      nodes.delete(right);
      nodes.delete(right - 1n);
    }
    return nodes.get(1n) as string;
  }

  test("is the full tree in which all else is the one node", () => {
    const depth = 5;
    const given = fc.uniqueArray(fc.integer({ min: 0, max: 2 ** depth - 1 }), { maxLength: 6 });
    fc.assert(
      fc.property(given, (places) => {
        const values = new Map(places.map((place) => [place, node(100 + place)]));
        const named = places.map((place) => [`0x${(2 ** depth + place).toString(16)}`, node(100 + place)]);
        const whole = Array.from({ length: 2 ** depth }, (_, place): [string, string] => [
          `0x${(2 ** depth + place).toString(16)}`,
          values.get(place) ?? node(7),
        ]);
        const entries = entriesOf({ depth, node: node(7), entries: named });
        assert.equal(rootOf(entries), rootOf(whole));
        assert.ok(entries.length <= 1 + depth * places.length);
      }),
    );
  });

  test("keeps what is given above and below the level, and lists from left to right", () => {
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

  test("may lie below a node, and be of nothing else", () => {
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

  test("is refused where it says two things of a node, or nothing", () => {
    const sparse = (entries: Json, more = {}): Json => ({ sparse: { depth: 2, node: node(7), entries, ...more } });
    refuses(
      sparse([
        ["0x2", node(1)],
        ["0x4", node(2)],
      ]),
      /beneath another one/,
    );
    refuses(
      sparse([
        ["0x4", node(1)],
        ["0x4", node(2)],
      ]),
      /two entries of one index/,
    );
    refuses(sparse([["0x2", node(1)]], { root: "0x3" }), /beside the root/);
    refuses(sparse([["0x8", node(1)]]), /says nothing of 0x9, below level 2/);
    refuses(sparse([["0x0", node(1)]]), /needs a generalized index, not "0x0"/);
    refuses(sparse([["0x4", "0x01"]]), /a node of 32 bytes/);
    refuses(sparse([], { depth: 2000 }), /2000 levels is above 1023/);
    refuses({ sparse: { depth: 2, node: node(7) } }, /needs a list/);
  });
});
