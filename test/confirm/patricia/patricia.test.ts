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
  keccak,
  LEAF1,
  LEAF2,
  LEAF3,
  listOf,
  type Nested,
  NOTHING,
  pathsOf,
  prove,
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
  wire,
  witnessOf,
} from "./nodes.ts";

const UNREADABLE = "0x00";

describe("the trie", () => {
  it("PROOF-PATRICIA-002, PROOF-PATRICIA-003 has the nodes that are worked out by hand", () => {
    assert.deepEqual(prove({ entries: ENTRIES, keys: ["0x1235", "0x20", "0x1234"] }), { root: ROOT, proof: WHOLE });
    assert.deepEqual(prove({ entries: ENTRIES, keys: ["0x1235"], encoding: "preorder" }), {
      root: ROOT,
      proof: listOf(TOP, EXTENSION, INNER, LEAF2),
    });
    assert.deepEqual(prove({ entries: ENTRIES, keys: ["0x20", "0x1236", "0x20"], encoding: "eip1186" }), {
      root: ROOT,
      proof: pathsOf(["0x1236", [TOP, EXTENSION, INNER]], ["0x20", [TOP, LEAF3]]),
    });
  });

  it("PROOF-PATRICIA-030, PROOF-PATRICIA-077, PROOF-PATRICIA-079 is proven empty, by its root node alone, and with the last entry of a key", () => {
    assert.deepEqual(prove({ entries: [], keys: ["0x", "0x12"] }), { root: EMPTY_ROOT, proof: "0xc0" });
    assert.deepEqual(prove({ entries: ENTRIES }), { root: ROOT, proof: NOTHING });
    assert.deepEqual(prove({ entries: [["0x20", "0x01"], ...(ENTRIES as Json[])] }).root, ROOT);
    for (const value of ["0x", null, "0x1", "0xAA", 1]) {
      throwsClass("invalid-argument", "prove", { entries: [["0x20", value]], keys: [] });
    }
  });

  it("PROOF-PATRICIA-001, PROOF-PATRICIA-040, PROOF-PATRICIA-041 finds keys by their hash in a secure trie, and names the keys themselves", () => {
    const options = { secure: true };
    const path = keccak("20");
    const leaf: Nested = [`20${path}`, V3];
    const proved = { root: rootOf(leaf), proof: pathsOf(["0x20", [leaf]]) };
    assert.deepEqual(prove({ entries: [["0x20", wire(V3)]], keys: ["0x20"], encoding: "eip1186", options }), proved);
    const request = { ...proved, encoding: "eip1186", options: { secure: true, profile: "strict" } };
    assert.deepEqual(call("get", { ...request, keys: ["0x20", "0x"] }), { values: [wire(V3), null] });
    assert.deepEqual(call("get", { ...request, keys: [wire(path)], options: {} }), { values: [wire(V3)] });
    for (const wrong of [{ secure: 1 }, { secure: null }, { depth: 256 }, { profile: "loose" }]) {
      throwsClass("invalid-argument", "get", { ...request, keys: [], options: wrong });
    }
  });

  it("PROOF-PATRICIA-007 holds embedded nodes inside one another", () => {
    // The keys 0111 and 0121: two leaves in a branch in an extension in the root node, none of them an item.
    const inside = branch({ 1: ["31", "01"], 2: ["31", "02"] });
    const top = branch({ 0: ["11", inside], 5: ["30", "05"] });
    const proved = { root: rootOf(top), proof: witnessOf(top) };
    const entries = [1, 2].map((i) => [`0x01${i}1`, `0x0${i}`]);
    assert.deepEqual(prove({ entries: [...entries, ["0x50", "0x05"]], keys: ["0x0111"] }), proved);
    const keys = ["0x0111", "0x0121", "0x0131", "0x01", "0x50"];
    assert.deepEqual(call("get", { ...proved, keys, options: STRICT }), {
      values: ["0x01", "0x02", null, null, "0x05"],
    });
    assert.deepEqual(call("cost", proved), { hashes: 1, bytes: proved.proof.length / 2 - 1, nodes: 1, depth: 3 });
  });

  it("PROOF-PATRICIA-007 is read however deep its nodes are nested", () => {
    let bytes = Buffer.from(rlp(["20", "01"]), "hex");
    const heads: Buffer[] = [];
    for (let length = bytes.length, level = 0; level < 50_000; level++) {
      const digits = (length + 1).toString(16);
      const long = Buffer.from(digits.padStart(digits.length + (digits.length % 2), "0"), "hex");
      const head = length + 1 < 56 ? [0xc0 + length + 1] : [0xf7 + long.length, ...long];
      heads.push(Buffer.of(...head, 0x00));
      length += head.length + 1;
    }
    bytes = Buffer.concat([...heads.reverse(), bytes]);
    const nested: Nested = { encoded: bytes.toString("hex") };
    const root = rootOf(nested);
    const proof: Json = { proofs: [{ key: "0x", nodes: [wire(bytes.toString("hex"))] }] };
    const request = { encoding: "eip1186", root, proof };
    assert.deepEqual(call("get", { ...request, keys: ["0x", "0x00"] }), { values: ["0x01", null] });
    assert.equal((call("cost", request) as { depth: number }).depth, 50_000);
    throwsClass("non-canonical", "get", { ...request, keys: [], options: STRICT });
    throwsClass("malformed", "get", {
      ...request,
      root: wire(keccak(`${nested.encoded}00`)),
      proof: { proofs: [{ key: "0x", nodes: [wire(`${nested.encoded}00`)] }] },
      keys: [],
    });
  });

  it("PROOF-PATRICIA-021 is walked only once through shared nodes", () => {
    // Each level holds the next one sixteen times: 16^40 paths and 40 nodes.
    let below: Nested = "07".repeat(32);
    const nodes: Nested[] = [];
    for (let level = 0; level < 40; level++) {
      const node = branch(Object.fromEntries(Array.from("0123456789abcdef", (nibble) => [nibble, below])));
      nodes.unshift(node);
      below = hashed(node);
    }
    const proof = listOf(...nodes);
    const request = { encoding: "preorder", proof, options: STRICT };
    assert.deepEqual(call("root", request), { root: wire(below) });
    const cost = { hashes: 40, bytes: proof.length / 2 - 1, nodes: 40, depth: 39 };
    assert.deepEqual(call("cost", { ...request, root: wire(below) }), cost);
    throwsClass("incomplete", "get", { ...request, root: wire(below), keys: [wire("5a".repeat(32))] });
    assert.deepEqual(call("get", { ...request, root: wire(below), keys: [wire("5a".repeat(19))] }), { values: [null] });
  });
});

describe("get", () => {
  it("PROOF-PATRICIA-005, PROOF-PATRICIA-049 returns the value where the path ends, and null for absent keys", () => {
    const keys = ["0x20", "0x1234", "0x1235", "0x30", "0x1236", "0x1334", "0x21", "0x2000", "0x12", "0x"];
    const values = [V3, V1, V2].map(wire);
    assert.deepEqual(call("get", { root: ROOT, proof: WHOLE, keys: [...keys, "0x20"], options: STRICT }), {
      values: [...values, null, null, null, null, null, null, null, wire(V3)],
    });
    assert.deepEqual(call("get", { root: EMPTY_ROOT, proof: "0xc0", keys: ["0x", "0x12"] }), { values: [null, null] });
  });

  it("PROOF-PATRICIA-006, PROOF-PATRICIA-050 requires the nodes that the walk needs, and no others", () => {
    const parted = witnessOf(TOP, EXTENSION);
    assert.deepEqual(call("get", { root: ROOT, proof: parted, keys: ["0x1334", "0x12", "0x30", "0x"] }), {
      values: [null, null, null, null],
    });
    for (const key of ["0x1234", "0x1236", "0x123456", "0x20"]) {
      throwsClass("incomplete", "get", { root: ROOT, proof: parted, keys: ["0x30", key] });
    }
  });

  it("PROOF-PATRICIA-004, PROOF-PATRICIA-047, PROOF-PATRICIA-048 distinguishes a proof that does not authenticate from one that is incomplete", () => {
    const other = wire("11".repeat(32));
    for (const [method, members] of WITH_PROOF) {
      throwsClass("invalid-proof", method, { root: other, ...members(WHOLE) });
      throwsClass("incomplete", method, { root: ROOT, ...members("0xc0") });
      throwsClass("malformed", method, { root: ROOT, ...members("0x80") });
      throwsClass("invalid-argument", method, { root: "0x00", ...members(UNREADABLE) });
      throwsClass("invalid-argument", method, { root: ROOT, ...members("0xC0") });
      throwsClass("invalid-argument", method, { root: ROOT, ...members({ proofs: [] }) });
      throwsClass("invalid-argument", method, { root: ROOT, ...members(WHOLE), options: { depth: 1 } });
      // The changed node no longer matches the hash in its parent.
      const changed = witnessOf(TOP, ["0024", hashed(INNER)], INNER, LEAF1);
      throwsClass("incomplete", "get", { root: ROOT, proof: changed, keys: ["0x1234"] });
    }
    throwsClass("invalid-argument", "get", { root: ROOT, proof: UNREADABLE, keys: ["0x1"] });
    throwsClass("invalid-argument", "get", { root: ROOT, proof: UNREADABLE, keys: [null] });
  });
});

describe("the form of a proof", () => {
  it("PROOF-PATRICIA-002, PROOF-PATRICIA-020 is read strictly", () => {
    const top = rlp(TOP);
    const item = rlp(top);
    const broken: [digits: string, why: string][] = [
      ["", "nothing"],
      ["c1", "a list that ends early"],
      ["c000", "something after the list"],
      [`f8${(item.length / 2 + 1).toString(16)}${item}`, "a list that is longer than the proof"],
      [`f900${(item.length / 2).toString(16)}${item}`, "a length that begins with a zero"],
      ["f800", "a long form for no bytes"],
      [`f837${"01".repeat(55)}`, "a long form for 55 bytes"],
      ["c28105", "a prefix before a byte that stands for itself"],
      ["c1c0", "a list among the nodes"],
      ["c3b80105", "a long form for a string of one byte"],
      ["ffffffffffffffffff", "a length of 2^64 - 1"],
      ["fb7fffffff", "the beginning of a length"],
      ["f8", "no length"],
    ];
    for (const [digits, why] of broken) {
      assert.throws(() => call("get", { root: ROOT, proof: wire(digits), keys: [] }), { class: "malformed" }, why);
    }
  });

  it("PROOF-PATRICIA-002, PROOF-PATRICIA-003, PROOF-PATRICIA-043, PROOF-PATRICIA-044, PROOF-PATRICIA-045, PROOF-PATRICIA-046 accepts only nodes of two or seventeen items of the right kinds", () => {
    const h = "11".repeat(32);
    const broken: Nested[] = [
      "c0".repeat(33),
      [],
      ["20"],
      ["20", V1, ""],
      branch({}).slice(1),
      [...branch({}), ""],
      ["", V1],
      [["20"], V1],
      ["20", ["20", "01"]],
      ["60", ["20", "01"]],
      ["0012", ""],
      ["0012", "11".repeat(31)],
      ["4012", "11".repeat(33)],
      branch({ 3: "11", 4: h }),
      branch({ 3: "11".repeat(33), 4: h }),
      [...branch({ 3: h, 4: h }).slice(0, 16), ["20", "01"]],
      branch({ 3: [], 4: h }),
      branch({ 3: ["20", ["20"]], 4: h }),
      ["0012", branch({ 3: ["", "01"], 4: ["20", "01"] })],
      { encoded: "c3208105" },
      { encoded: `${rlp(LEAF1)}00` },
      { encoded: rlp(LEAF1).slice(0, -2) },
      { encoded: `f8${rlp(["20", "01"])}` },
    ];
    for (const node of broken) {
      const root = rootOf(node);
      for (const options of [{}, STRICT]) {
        for (const encoding of ["witness", "preorder"]) {
          throwsClass("malformed", "get", { root, encoding, proof: witnessOf(node), keys: ["0x12"], options });
        }
        const paths = pathsOf(["0x12", [node]]);
        throwsClass("malformed", "get", { root, encoding: "eip1186", proof: paths, keys: ["0x12"], options });
      }
      // A node that is not open is ignored in the lenient profile.
      const proof = witnessOf(TOP, node);
      assert.deepEqual(call("get", { root: ROOT, proof, keys: ["0x"] }), { values: [null] });
      throwsClass("non-canonical", "get", { root: ROOT, proof, keys: ["0x"], options: STRICT });
    }
  });
});
