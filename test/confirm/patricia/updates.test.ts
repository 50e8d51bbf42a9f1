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
  prove,
  ROOT,
  rootOf,
  STRICT,
  TOP,
  throwsClass,
  V1,
  V3,
  WHOLE,
  wire,
  witnessOf,
} from "./nodes.ts";

const UNREADABLE = "0x00";
const NEW = "dd".repeat(40);
const at = (proof: Json, members: Members): Members => ({ root: ROOT, proof, ...members });

describe("deletes", () => {
  it("PROOF-PATRICIA-081, PROOF-PATRICIA-082 need the child that is left alone, and nothing else besides their paths", () => {
    const twenty = { proof: witnessOf(TOP, LEAF3, EXTENSION) };
    assert.deepEqual(prove({ entries: ENTRIES, deletes: ["0x20"] }), { root: ROOT, ...twenty });
    assert.deepEqual(call("extract", at(WHOLE, { keys: [], deletes: ["0x20"] })), twenty);
    const first = { proof: witnessOf(TOP, EXTENSION, INNER, LEAF1, LEAF2) };
    assert.deepEqual(prove({ entries: ENTRIES, deletes: ["0x1234"] }), { root: ROOT, ...first });
    // Together they leave only the leaf 1235: every node, and none twice.
    assert.deepEqual(prove({ entries: ENTRIES, deletes: ["0x1234", "0x20"] }).proof, WHOLE);
    // Without both its leaves the branch is gone, and the root node is left with one leaf.
    assert.deepEqual(prove({ entries: ENTRIES, deletes: ["0x1234", "0x1235"] }).proof, WHOLE);
    // An absent key joins nothing.
    assert.deepEqual(prove({ entries: ENTRIES, deletes: ["0x1236"] }).proof, witnessOf(TOP, EXTENSION, INNER));
  });

  it("PROOF-PATRICIA-082 need a child only if the branch is left with that child alone", () => {
    const fourth: Nested = ["30", NEW];
    const top = branch({ 1: hashed(EXTENSION), 2: hashed(LEAF3), 4: hashed(fourth) });
    const entries = [...(ENTRIES as Json[]), ["0x40", wire(NEW)]];
    assert.deepEqual(prove({ entries, deletes: ["0x20"] }).proof, witnessOf(top, LEAF3));
    assert.deepEqual(prove({ entries, deletes: ["0x20", "0x40"] }).proof, witnessOf(top, LEAF3, fourth, EXTENSION));
    // A branch that is left with a value and a child stays.
    const valued = branch({ 1: hashed(EXTENSION), 2: hashed(LEAF3) }, NEW);
    const withValue = [...(ENTRIES as Json[]), ["0x", wire(NEW)]];
    assert.deepEqual(prove({ entries: withValue, deletes: ["0x20"] }).proof, witnessOf(valued, LEAF3));
    assert.deepEqual(prove({ entries: withValue, deletes: ["0x"] }).proof, witnessOf(valued));
    assert.deepEqual(prove({ entries: withValue, deletes: ["0x", "0x20"] }).proof, witnessOf(valued, LEAF3, EXTENSION));
  });

  it("PROOF-PATRICIA-095 are rejected when a node that they need is not open", () => {
    throwsClass("incomplete", "extract", at(witnessOf(TOP, LEAF3), { keys: [], deletes: ["0x20"] }));
    throwsClass("incomplete", "extract", at(witnessOf(TOP, LEAF3), { keys: ["0x20", "0x1234"] }));
    throwsClass("incomplete", "extract", at(NOTHING, { keys: [], deletes: ["0x20"] }));
    assert.deepEqual(call("extract", at(WHOLE, { keys: [] })), { proof: NOTHING });
  });
});

describe("update", () => {
  it("PROOF-PATRICIA-033 returns the new root and the open nodes of the new trie", () => {
    const leaf: Nested = ["30", NEW];
    const top = branch({ 1: hashed(EXTENSION), 2: hashed(leaf) });
    const writes = [
      ["0x20", null],
      ["0x20", wire(NEW)],
    ];
    assert.deepEqual(call("update", at(witnessOf(TOP, LEAF3), { writes })), {
      root: rootOf(top),
      proof: witnessOf(top, leaf),
    });
    assert.deepEqual(call("update", at(witnessOf(TOP, LEAF3, EXTENSION), { writes, options: STRICT })), {
      root: rootOf(top),
      proof: witnessOf(top, leaf, EXTENSION),
    });
    assert.deepEqual(call("update", at(WHOLE, { writes: [] })), { root: ROOT, proof: WHOLE });
    // In preorder, and in eip1186 as the paths of the claim and of the written keys.
    const ordered = { encoding: "preorder", proof: listOf(TOP, EXTENSION, LEAF3) };
    assert.deepEqual(call("update", { root: ROOT, ...ordered, writes }), {
      root: rootOf(top),
      proof: listOf(top, EXTENSION, leaf),
    });
    const paths = { encoding: "eip1186", proof: pathsOf(["0x30", [TOP]], ["0x20", [TOP, LEAF3]]) };
    assert.deepEqual(call("update", { root: ROOT, ...paths, writes: [...writes, ["0x40", null]] }), {
      root: rootOf(top),
      proof: pathsOf(["0x20", [top, leaf]], ["0x30", [top]], ["0x40", [top]]),
    });
  });

  it("PROOF-PATRICIA-034, PROOF-PATRICIA-088, PROOF-PATRICIA-089, PROOF-PATRICIA-090 splits nodes where paths part, and joins them again", () => {
    // Between 1 and 2 of the extension, in the leaf 20, at its end, and at the root.
    const inserted = ["0x1300", "0x21", "0x2001", "0x", "0x12"].map((key) => [key, wire(NEW)]);
    const all = [...(ENTRIES as Json[]), ...inserted];
    const after = prove({ entries: all, keys: all.map((entry) => (entry as string[])[0] as string) });
    assert.deepEqual(call("update", at(WHOLE, { writes: inserted })), after);
    const undo = inserted.map(([key]) => [key, null]);
    assert.deepEqual(call("update", { ...after, writes: undo }), { root: ROOT, proof: WHOLE });
    for (const write of inserted) {
      const one = call("update", at(WHOLE, { writes: [write] })) as Members;
      const entries = [...(ENTRIES as Json[]), write];
      assert.equal(one.root, prove({ entries: entries as Json }).root);
      assert.deepEqual(call("update", { ...one, writes: [[write[0] as string, null]] }), { root: ROOT, proof: WHOLE });
    }
  });

  it("PROOF-PATRICIA-080, PROOF-PATRICIA-086, PROOF-PATRICIA-087 requires the nodes that the final trie needs, and no others", () => {
    const without = prove({ entries: (ENTRIES as Json[]).slice(1) });
    const proof = witnessOf(TOP, LEAF3);
    throwsClass("incomplete", "update", at(proof, { writes: [["0x20", null]] }));
    throwsClass("incomplete", "update", at(proof, { writes: [["0x1234", wire(NEW)]] }));
    throwsClass("incomplete", "update", at(proof, { writes: [["0x1134", null]] }));
    // The open extension joins the nibble above it; the branch below it is not needed.
    const joined: Nested = ["1123", hashed(INNER)];
    assert.equal(rootOf(joined), without.root);
    assert.deepEqual(call("update", at(witnessOf(TOP, LEAF3, EXTENSION), { writes: [["0x20", null]] })), {
      root: without.root,
      proof: witnessOf(joined),
    });
    // A write beside it keeps the branch, so nothing joins.
    const beside = {
      writes: [
        ["0x20", null],
        ["0x30", wire(V3)],
      ],
    };
    const top = branch({ 1: hashed(EXTENSION), 3: hashed(LEAF3) });
    assert.deepEqual(call("update", at(proof, beside)), { root: rootOf(top), proof: witnessOf(top, LEAF3) });
    // Neither writing nor deleting a key that parts from the extension needs the branch below it.
    const parted = witnessOf(TOP, EXTENSION);
    const leaf: Nested = ["3034", NEW];
    const split = branch({ 3: hashed(INNER), 4: hashed(leaf) });
    const lower: Nested = ["12", hashed(split)];
    const upper = branch({ 1: hashed(lower), 2: hashed(LEAF3) });
    assert.deepEqual(call("update", at(parted, { writes: [["0x124034", wire(NEW)]] })), {
      root: rootOf(upper),
      proof: witnessOf(upper, lower, split, leaf),
    });
    assert.deepEqual(call("update", at(parted, { writes: [["0x1340", null]] })), { root: ROOT, proof: parted });
  });

  it("PROOF-PATRICIA-085 rejects writes of another form before it looks at the proof", () => {
    for (const write of [
      ["0x20", "0x"],
      ["0x20", "0x1"],
      ["0x2", null],
      ["0x20"],
      ["0x20", null, null],
      "0x20",
      null,
    ]) {
      throwsClass("invalid-argument", "update", at(UNREADABLE, { writes: [write as Json] }));
      throwsClass("invalid-argument", "transact", at(UNREADABLE, { steps: [{ set: write as Json }] }));
    }
    throwsClass("invalid-argument", "update", at(UNREADABLE, { writes: {} }));
  });

  it("PROOF-PATRICIA-033 opens a node wherever it occurs, and keeps nodes that still occur", () => {
    // The keys 10 and 20 have the same leaf: deleting one key leaves the other, and the item.
    const shared: Nested = ["30", V3];
    const other: Nested = ["30", V1];
    const top = branch({ 1: hashed(shared), 2: hashed(shared), 3: hashed(other) });
    const after = branch({ 2: hashed(shared), 3: hashed(other) });
    const request = { root: rootOf(top), proof: witnessOf(top, shared), writes: [["0x10", null]] };
    assert.deepEqual(call("update", request), { root: rootOf(after), proof: witnessOf(after, shared) });
    // The written leaf is equal to a child that is not open, which becomes open.
    const same = branch({ 1: hashed(shared), 2: hashed(other), 3: hashed(other) });
    const equal = call("update", {
      ...request,
      proof: witnessOf(top, shared),
      writes: [["0x20", wire(V1)]],
    }) as Members;
    assert.deepEqual(equal, { root: rootOf(same), proof: witnessOf(same, shared, other) });
    assert.deepEqual(call("get", { ...equal, keys: ["0x30"], options: STRICT }), { values: [wire(V1)] });
  });
});

describe("transact", () => {
  const transact = (proof: Json, steps: Json[]): Json =>
    (call("transact", at(proof, { steps })) as { results: Json }).results;
  const rootWith = (...writes: Json[]): string => prove({ entries: [...(ENTRIES as Json[]), ...writes] }).root;

  it("PROOF-PATRICIA-035 runs its steps in order", () => {
    const proof = witnessOf(TOP, LEAF3, EXTENSION);
    const results = transact(proof, [
      ...[{ get: "0x20" }, { checkpoint: true }, { set: ["0x20", wire(NEW)] }, { get: "0x20" }, { root: true }],
      ...[{ checkpoint: true }, { set: ["0x20", null] }, { get: "0x20" }, { root: true }, { commit: true }],
      ...[{ revert: true }, { get: "0x20" }, { root: true }, { get: "0x1300" }],
    ]);
    const without = prove({ entries: (ENTRIES as Json[]).slice(1) }).root;
    const changed = rootWith(["0x20", wire(NEW)]);
    assert.deepEqual(results, [
      ...[wire(V3), true, true, wire(NEW), changed, true, true, null, without, true, true, wire(V3), ROOT, null],
    ]);
  });

  it("PROOF-PATRICIA-091 requires nodes when it reaches a root, and not before", () => {
    const far: Json = { set: ["0x1234", wire(NEW)] };
    const read = transact(NOTHING, [far, { get: "0x1234" }, { set: ["0x1235", null] }, { get: "0x1235" }]);
    assert.deepEqual(read, [true, wire(NEW), true, null]);
    const reverted = transact(NOTHING, [{ checkpoint: true }, far, { revert: true }, { root: true }]);
    assert.deepEqual(reverted, [true, true, true, ROOT]);
    const alone: Json = { set: ["0x20", null] };
    const top = branch({ 1: hashed(EXTENSION), 3: hashed(LEAF3) });
    const beside = transact(witnessOf(TOP, LEAF3), [alone, { set: ["0x30", wire(V3)] }, { root: true }]);
    assert.deepEqual(beside, [true, true, rootOf(top)]);
    for (const steps of [[far, { root: true }], [alone, { root: true }], [{ get: "0x1234" }]]) {
      throwsClass("incomplete", "transact", at(witnessOf(TOP, LEAF3), { steps }));
    }
  });

  it("PROOF-PATRICIA-092 rejects steps of another form, and a step that closes no checkpoint when it is reached", () => {
    for (const step of [{}, { get: "0x1" }, { root: false }, { get: "0x", set: ["0x", null] }, { pop: true }, "root"]) {
      throwsClass("invalid-argument", "transact", at(UNREADABLE, { steps: [step as Json] }));
    }
    throwsClass("invalid-argument", "transact", at(WHOLE, { steps: [{ commit: true }] }));
    throwsClass("malformed", "transact", at(UNREADABLE, { steps: [{ commit: true }] }));
    throwsClass("incomplete", "transact", at(NOTHING, { steps: [{ get: "0x20" }, { revert: true }] }));
  });
});

describe("merge", () => {
  it("PROOF-PATRICIA-036, PROOF-PATRICIA-093, PROOF-PATRICIA-094 opens the nodes that any of the proofs opens", () => {
    const proofs = [witnessOf(TOP, LEAF3), NOTHING, witnessOf(TOP, EXTENSION)];
    assert.deepEqual(call("merge", { root: ROOT, proofs }), { proof: witnessOf(TOP, LEAF3, EXTENSION) });
    const paths = [pathsOf(["0x30", [TOP]]), pathsOf(["0x20", [TOP, LEAF3]], ["0x30", [TOP]])];
    assert.deepEqual(call("merge", { root: ROOT, encoding: "eip1186", proofs: paths }), { proof: paths[1] });
    assert.deepEqual(call("merge", { root: EMPTY_ROOT, proofs: ["0xc0"] }), { proof: "0xc0" });
    throwsClass("invalid-argument", "merge", { root: ROOT, proofs: [] });
    throwsClass("invalid-proof", "merge", { root: ROOT, proofs: [WHOLE, witnessOf(EXTENSION)] });
    throwsClass("incomplete", "merge", { root: ROOT, proofs: [WHOLE, "0xc0"] });
  });

  it("PROOF-PATRICIA-093 leaves out nodes that are open in none of them", () => {
    // The second proof has the leaf without its parents, which only the first proof opens.
    const proofs = [witnessOf(TOP, EXTENSION, INNER), witnessOf(TOP, LEAF2)];
    assert.deepEqual(call("merge", { root: ROOT, proofs }), { proof: proofs[0] });
  });
});
