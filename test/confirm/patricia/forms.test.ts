import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Json } from "../values.ts";
import {
  branch,
  call,
  EMPTY_ROOT,
  ENTRIES,
  EXTENSION,
  hashed,
  INNER,
  LEAF1,
  LEAF2,
  LEAF3,
  listOf,
  type Members,
  type Nested,
  NOTHING,
  pathsOf,
  READING,
  ROOT,
  rlp,
  rootOf,
  STRICT,
  TOP,
  throwsClass,
  V1,
  V2,
  V3,
  WHOLE,
  WITH_PROOF,
  WRITING,
  wire,
  witnessOf,
} from "./nodes.ts";

/** Proofs with a node that is not canonical: the nodes, the root node first, and a key with its value. */
const FAULTS: [why: string, nodes: Nested[], key: string, value: string | null][] = [
  ["a flag of 6", [["6034", V1]], "0x34", V1],
  ["a flag of f", [branch({ 1: hashed(["f4", V1]), 2: hashed(LEAF3) }), ["f4", V1]], "0x14", V1],
  ["a flag of 4", [["4012", hashed(INNER)], INNER, LEAF1], "0x1240", null],
  ["a flag of d", [["d2", hashed(branch({ 1: "", 2: hashed(LEAF1), 3: hashed(LEAF2) }))]], "0x30", null],
  ["padding in a leaf", [["2f34", V1]], "0x34", V1],
  ["padding in an extension", [["0112", hashed(INNER)], INNER], "0x12", null],
  ["an extension of no nibbles", [["00", hashed(TOP)], TOP, LEAF3], "0x20", V3],
  [
    "a leaf below an extension",
    [
      ["0012", hashed(["2034", V1])],
      ["2034", V1],
    ],
    "0x1234",
    V1,
  ],
  ["an extension below an extension", [["0012", hashed(EXTENSION)], EXTENSION], "0x1224", null],
  ["a branch of nothing", [branch({})], "0x12", null],
  ["a branch of one child", [branch({ 2: hashed(LEAF3) }), LEAF3], "0x20", V3],
  ["a branch of a value alone", [branch({}, V2)], "0x", V2],
  ["an embedded node of 45 bytes", [branch({ 2: LEAF3, 3: hashed(LEAF1) })], "0x20", V3],
  ["an embedded node of 32 bytes", [branch({ 2: ["30", "aa".repeat(29)], 3: hashed(LEAF1) })], "0x20", "aa".repeat(29)],
  ["a hashed node of 3 bytes", [branch({ 2: hashed(["30", "05"]), 3: hashed(LEAF1) }), ["30", "05"]], "0x20", "05"],
  ["a leaf with an empty value", [["2034", ""]], "0x34", null],
  ["an embedded leaf with an empty value", [branch({ 2: ["30", ""], 3: hashed(LEAF1) })], "0x20", null],
];

describe("the profiles", () => {
  it("PROOF-PATRICIA-011, PROOF-PATRICIA-052, PROOF-PATRICIA-053, PROOF-PATRICIA-054, PROOF-PATRICIA-055, PROOF-PATRICIA-056, PROOF-PATRICIA-057, PROOF-PATRICIA-058 differ in nodes that are not canonical", () => {
    for (const [why, nodes, key, value] of FAULTS) {
      const root = rootOf(nodes[0] as Nested);
      const proof = witnessOf(...nodes);
      const ordered = listOf(...nodes);
      assert.deepEqual(call("get", { root, proof, keys: [key] }), { values: [value && wire(value)] }, why);
      assert.deepEqual(call("extract", { root, proof, keys: [key] }), { proof }, why);
      assert.deepEqual(call("merge", { root, proofs: [proof, proof] }), { proof }, why);
      assert.deepEqual(call("convert", { root, from: "witness", to: "preorder", proof }), { proof: ordered }, why);
      assert.deepEqual(call("root", { encoding: "preorder", proof: ordered }), { root }, why);
      assert.equal((call("cost", { root, proof }) as { nodes: number }).nodes, nodes.length);
      throwsClass("non-canonical", "root", { encoding: "preorder", proof: ordered, options: STRICT });
      for (const [method, members] of READING) {
        throwsClass("non-canonical", method, { root, ...members(proof), options: STRICT });
      }
      for (const [method, members] of WRITING) throwsClass("non-canonical", method, { root, ...members(proof) });
    }
  });

  it("PROOF-PATRICIA-010, PROOF-PATRICIA-051, PROOF-PATRICIA-064 differ in items that are not open, occur twice or are out of order", () => {
    const canonical = witnessOf(TOP, LEAF3);
    const faulty = [
      listOf(...[TOP, LEAF3].sort((a, b) => (rlp(a) < rlp(b) ? 1 : -1))),
      witnessOf(TOP, LEAF3, LEAF3),
      witnessOf(TOP, TOP, LEAF3),
      witnessOf(TOP, LEAF3, LEAF1),
      witnessOf(TOP, LEAF3, "00"),
    ];
    for (const proof of faulty) {
      assert.deepEqual(call("get", { root: ROOT, proof, keys: ["0x20"] }), { values: [wire(V3)] });
      assert.deepEqual(call("merge", { root: ROOT, proofs: [proof] }), { proof: canonical });
      assert.deepEqual(call("update", { root: ROOT, proof, writes: [["0x20", wire(V3)]] }), {
        root: ROOT,
        proof: canonical,
      });
      assert.deepEqual(call("transact", { root: ROOT, proof, steps: [{ get: "0x20" }] }), { results: [wire(V3)] });
      for (const [method, members] of WITH_PROOF) {
        throwsClass("non-canonical", method, { root: ROOT, ...members(proof), options: STRICT });
      }
    }
    // The empty string hashes to the root of the empty trie, but is not a node of it.
    const encoded = listOf("");
    assert.deepEqual(call("get", { root: EMPTY_ROOT, proof: encoded, keys: ["0x20"] }), { values: [null] });
    throwsClass("non-canonical", "get", { root: EMPTY_ROOT, proof: encoded, keys: [], options: STRICT });
    const unordered = listOf(TOP, LEAF3, EXTENSION);
    throwsClass("non-canonical", "root", { encoding: "preorder", proof: unordered, options: STRICT });
    assert.deepEqual(call("root", { encoding: "preorder", proof: unordered }), { root: ROOT });
    throwsClass("non-canonical", "get", { root: EMPTY_ROOT, proof: NOTHING, keys: [], options: STRICT });
    assert.deepEqual(call("get", { root: EMPTY_ROOT, proof: NOTHING, keys: ["0x20"] }), { values: [null] });
  });
});

describe("root and cost", () => {
  it("PROOF-PATRICIA-065, PROOF-PATRICIA-066, PROOF-PATRICIA-071, PROOF-PATRICIA-072 name the root by the first node", () => {
    throwsClass("unsupported", "root", { proof: WHOLE });
    for (const options of [{}, STRICT]) {
      assert.deepEqual(call("root", { encoding: "preorder", proof: "0xc0", options }), { root: EMPTY_ROOT });
      const nothing = pathsOf(["0x12", []]);
      assert.deepEqual(call("root", { encoding: "eip1186", proof: nothing, options }), { root: EMPTY_ROOT });
      const two = pathsOf(["0x20", [TOP, LEAF3]], ["0x30", [TOP]]);
      assert.deepEqual(call("root", { encoding: "eip1186", proof: two, options }), { root: ROOT });
      for (const lists of [
        [[TOP], [LEAF3]],
        [[TOP], []],
      ]) {
        const proof = pathsOf(["0x30", lists[0] as Nested[]], ["0x31", lists[1] as Nested[]]);
        throwsClass("malformed", "root", { encoding: "eip1186", proof, options });
      }
    }
    throwsClass("incomplete", "get", { root: ROOT, encoding: "eip1186", proof: pathsOf(["0x", []]), keys: [] });
  });

  it("PROOF-GEN-007 counts different items, and levels below the root node", () => {
    const size = (proof: string): number => proof.length / 2 - 1;
    assert.deepEqual(call("cost", { root: ROOT, proof: WHOLE }), { hashes: 6, bytes: size(WHOLE), nodes: 6, depth: 3 });
    const alone = { hashes: 1, bytes: size(NOTHING), nodes: 1, depth: 0 };
    assert.deepEqual(call("cost", { root: ROOT, proof: NOTHING }), alone);
    assert.deepEqual(call("cost", { root: EMPTY_ROOT, proof: "0xc0" }), { hashes: 0, bytes: 1, nodes: 0, depth: 0 });
    const paths = pathsOf(["0x20", [TOP, LEAF3]], ["0x30", [TOP]]);
    const bytes = (rlp(TOP).length * 2 + rlp(LEAF3).length) / 2 + 2;
    assert.deepEqual(call("cost", { root: ROOT, encoding: "eip1186", proof: paths }), {
      ...{ hashes: 2, bytes, nodes: 2, depth: 1 },
    });
  });
});

describe("eip1186", () => {
  const get = (proof: Json, options: Json = {}): Members => ({
    ...{ root: ROOT, encoding: "eip1186", proof, keys: ["0x30"], options },
  });

  it("PROOF-PATRICIA-022 is an object of claims", () => {
    const node = wire(rlp(TOP));
    const broken: Json[] = [
      {},
      { proofs: [] },
      { proofs: {} },
      { proofs: [{ key: "0x30", nodes: [node] }], more: 1 },
      { proofs: [[]] },
      { proofs: [{ key: "0x30" }] },
      { proofs: [{ key: "0x30", nodes: node }] },
      { proofs: [{ key: "0x30", nodes: [node], value: "0x" }] },
      { proofs: [{ key: "0x3", nodes: [node] }] },
      { proofs: [{ key: "0x30", nodes: [node.toUpperCase()] }] },
      { proofs: [{ key: "0x30", nodes: [null] }] },
    ];
    for (const proof of broken) throwsClass("malformed", "get", get(proof));
    for (const proof of [[], null, "0xc0", 1]) throwsClass("invalid-argument", "get", get(proof));
  });

  it("PROOF-PATRICIA-067, PROOF-PATRICIA-068, PROOF-PATRICIA-069 requires exactly the path of each claim in the strict profile", () => {
    const strictly: [expected: string, claims: [string, Nested[]][]][] = [
      [
        "non-canonical",
        [
          ["0x30", [TOP]],
          ["0x20", [TOP, LEAF3]],
        ],
      ],
      [
        "non-canonical",
        [
          ["0x30", [TOP]],
          ["0x30", [TOP]],
        ],
      ],
      ["non-canonical", [["0x20", [LEAF3, TOP]]]],
      ["non-canonical", [["0x20", [TOP, LEAF3, LEAF3]]]],
      ["non-canonical", [["0x30", [TOP, LEAF3]]]],
      [
        "non-canonical",
        [
          ["0x20", [LEAF3]],
          ["0x30", [TOP]],
        ],
      ],
      [
        "incomplete",
        [
          ["0x1235", [TOP, EXTENSION, INNER, LEAF2]],
          ["0x1236", [TOP, EXTENSION]],
        ],
      ],
      ["incomplete", [["0x20", [TOP]]]],
      [
        "incomplete",
        [
          ["0x1234", [TOP, EXTENSION]],
          ["0x1235", [TOP, EXTENSION, INNER, LEAF2]],
        ],
      ],
    ];
    for (const [expected, claims] of strictly) {
      const proof = pathsOf(...claims);
      throwsClass(expected, "get", get(proof, STRICT));
      assert.deepEqual(call("get", get(proof)), { values: [null] });
    }
    const split = pathsOf(["0x1234", [TOP, EXTENSION]], ["0x", [INNER, LEAF1]]);
    assert.deepEqual(call("get", { ...get(split), keys: ["0x1234"] }), { values: [wire(V1)] });
  });

  it("PROOF-PATRICIA-073, PROOF-PATRICIA-074, PROOF-PATRICIA-098, PROOF-PATRICIA-099 needs at least one key and rejects deletions", () => {
    const proof = pathsOf(["0x30", [TOP]]);
    for (const wrong of [{ keys: [] }, { keys: ["0x30"], deletes: ["0x30"] }]) {
      throwsClass("invalid-argument", "extract", { ...get(proof), ...wrong, options: {} });
      throwsClass("invalid-argument", "prove", { entries: ENTRIES, encoding: "eip1186", ...wrong });
      throwsClass("invalid-argument", "convert", {
        root: ROOT,
        from: "witness",
        to: "eip1186",
        proof: WHOLE,
        ...wrong,
      });
    }
    throwsClass("invalid-argument", "convert", { root: ROOT, from: "witness", to: "eip1186", proof: WHOLE });
    throwsClass("invalid-argument", "convert", { root: ROOT, from: "witness", to: "preorder", proof: WHOLE, keys: [] });
    throwsClass("incomplete", "convert", {
      ...{ root: ROOT, from: "witness", to: "eip1186", proof: NOTHING, keys: ["0x20"] },
    });
  });
});
