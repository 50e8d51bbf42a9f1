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
  it("PROOF-PATRICIA-031 take the child that is left alone with them, and not what that does not need", () => {
    const twenty = { proof: witnessOf(TOP, LEAF3, EXTENSION) };
    assert.deepEqual(prove({ entries: ENTRIES, deletes: ["0x20"] }), { root: ROOT, ...twenty });
    assert.deepEqual(call("extract", at(WHOLE, { keys: [], deletes: ["0x20"] })), twenty);
    const first = { proof: witnessOf(TOP, EXTENSION, INNER, LEAF1, LEAF2) };
    assert.deepEqual(prove({ entries: ENTRIES, deletes: ["0x1234"] }), { root: ROOT, ...first });
    // Together they leave the leaf 1235 alone: every node but none twice.
    assert.deepEqual(prove({ entries: ENTRIES, deletes: ["0x1234", "0x20"] }).proof, WHOLE);
    // Both leaves of a branch leave nothing of it, and the top with one leaf.
    assert.deepEqual(prove({ entries: ENTRIES, deletes: ["0x1234", "0x1235"] }).proof, WHOLE);
    // An absent key joins nothing.
    assert.deepEqual(prove({ entries: ENTRIES, deletes: ["0x1236"] }).proof, witnessOf(TOP, EXTENSION, INNER));
  });

  it("PROOF-PATRICIA-031 open a child only if the branch is left with that child alone", () => {
    const fourth: Nested = ["30", NEW];
    const top = branch({ 1: hashed(EXTENSION), 2: hashed(LEAF3), 4: hashed(fourth) });
    const entries = [...(ENTRIES as Json[]), ["0x40", wire(NEW)]];
    assert.deepEqual(prove({ entries, deletes: ["0x20"] }).proof, witnessOf(top, LEAF3));
    assert.deepEqual(prove({ entries, deletes: ["0x20", "0x40"] }).proof, witnessOf(top, LEAF3, fourth, EXTENSION));
    // A value counts as one of the things that a branch can be left with.
    const valued = branch({ 1: hashed(EXTENSION), 2: hashed(LEAF3) }, NEW);
    const withValue = [...(ENTRIES as Json[]), ["0x", wire(NEW)]];
    assert.deepEqual(prove({ entries: withValue, deletes: ["0x20"] }).proof, witnessOf(valued, LEAF3));
    assert.deepEqual(prove({ entries: withValue, deletes: ["0x"] }).proof, witnessOf(valued));
    assert.deepEqual(prove({ entries: withValue, deletes: ["0x", "0x20"] }).proof, witnessOf(valued, LEAF3, EXTENSION));
  });

  it("PROOF-PATRICIA-037 need what is not open", () => {
    throwsClass("incomplete", "extract", at(witnessOf(TOP, LEAF3), { keys: [], deletes: ["0x20"] }));
    throwsClass("incomplete", "extract", at(witnessOf(TOP, LEAF3), { keys: ["0x20", "0x1234"] }));
    throwsClass("incomplete", "extract", at(NOTHING, { keys: [], deletes: ["0x20"] }));
    assert.deepEqual(call("extract", at(WHOLE, { keys: [] })), { proof: NOTHING });
  });
});

describe("update", () => {
  it("PROOF-PATRICIA-033 answers the new root and what is open in the new trie", () => {
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
    // In preorder, and in paths of the claim and what is written.
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

  it("PROOF-PATRICIA-034 splits what parts, and joins it again", () => {
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

  it("PROOF-PATRICIA-032 asks for what the final trie needs, and for nothing else", () => {
    const without = prove({ entries: (ENTRIES as Json[]).slice(1) });
    const proof = witnessOf(TOP, LEAF3);
    throwsClass("incomplete", "update", at(proof, { writes: [["0x20", null]] }));
    throwsClass("incomplete", "update", at(proof, { writes: [["0x1234", wire(NEW)]] }));
    throwsClass("incomplete", "update", at(proof, { writes: [["0x1134", null]] }));
    // With the extension open it joins its nibbles; the branch below it is not needed.
    const joined: Nested = ["1123", hashed(INNER)];
    assert.equal(rootOf(joined), without.root);
    assert.deepEqual(call("update", at(witnessOf(TOP, LEAF3, EXTENSION), { writes: [["0x20", null]] })), {
      root: without.root,
      proof: witnessOf(joined),
    });
    // What is written beside it keeps the branch, so nothing joins.
    const beside = {
      writes: [
        ["0x20", null],
        ["0x30", wire(V3)],
      ],
    };
    const top = branch({ 1: hashed(EXTENSION), 3: hashed(LEAF3) });
    assert.deepEqual(call("update", at(proof, beside)), { root: rootOf(top), proof: witnessOf(top, LEAF3) });
    // A key that parts from the extension is written without the branch below it, and the same one deleted.
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

  it("PROOF-PATRICIA-032 rejects writes that are none before it looks at the proof", () => {
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

  it("PROOF-PATRICIA-033 opens a node wherever it occurs, and keeps what still occurs", () => {
    // The same leaf below 10 and 20: deleting the one leaves the other, and its item.
    const shared: Nested = ["30", V3];
    const other: Nested = ["30", V1];
    const top = branch({ 1: hashed(shared), 2: hashed(shared), 3: hashed(other) });
    const after = branch({ 2: hashed(shared), 3: hashed(other) });
    const request = { root: rootOf(top), proof: witnessOf(top, shared), writes: [["0x10", null]] };
    assert.deepEqual(call("update", request), { root: rootOf(after), proof: witnessOf(after, shared) });
    // What is written becomes the node that a closed child was: it is open there too.
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

  it("PROOF-PATRICIA-035 takes its steps in order", () => {
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

  it("PROOF-PATRICIA-035 asks for nodes when a root is asked for, and not before", () => {
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

  it("PROOF-PATRICIA-035 rejects steps that are none, and what closes no checkpoint when it is reached", () => {
    for (const step of [{}, { get: "0x1" }, { root: false }, { get: "0x", set: ["0x", null] }, { pop: true }, "root"]) {
      throwsClass("invalid-argument", "transact", at(UNREADABLE, { steps: [step as Json] }));
    }
    throwsClass("invalid-argument", "transact", at(WHOLE, { steps: [{ commit: true }] }));
    throwsClass("malformed", "transact", at(UNREADABLE, { steps: [{ commit: true }] }));
    throwsClass("incomplete", "transact", at(NOTHING, { steps: [{ get: "0x20" }, { revert: true }] }));
  });
});

describe("merge", () => {
  it("PROOF-PATRICIA-036 opens what any of the proofs opens", () => {
    const proofs = [witnessOf(TOP, LEAF3), NOTHING, witnessOf(TOP, EXTENSION)];
    assert.deepEqual(call("merge", { root: ROOT, proofs }), { proof: witnessOf(TOP, LEAF3, EXTENSION) });
    const paths = [pathsOf(["0x30", [TOP]]), pathsOf(["0x20", [TOP, LEAF3]], ["0x30", [TOP]])];
    assert.deepEqual(call("merge", { root: ROOT, encoding: "eip1186", proofs: paths }), { proof: paths[1] });
    assert.deepEqual(call("merge", { root: EMPTY_ROOT, proofs: ["0xc0"] }), { proof: "0xc0" });
    throwsClass("invalid-argument", "merge", { root: ROOT, proofs: [] });
    throwsClass("invalid-proof", "merge", { root: ROOT, proofs: [WHOLE, witnessOf(EXTENSION)] });
    throwsClass("incomplete", "merge", { root: ROOT, proofs: [WHOLE, "0xc0"] });
  });

  it("PROOF-PATRICIA-036 leaves out what is open in none of them", () => {
    // The leaf lies beside the second proof without its parents, which the first one opens.
    const proofs = [witnessOf(TOP, EXTENSION, INNER), witnessOf(TOP, LEAF2)];
    assert.deepEqual(call("merge", { root: ROOT, proofs }), { proof: proofs[0] });
  });
});
