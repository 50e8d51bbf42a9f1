import assert from "node:assert/strict";
import { test } from "node:test";
import { callMethod } from "../../../../reference/wire/dispatch.ts";
import { branch, hashed, LEAF3, type Nested, rootOf, V3, wire, witnessOf } from "../../../confirm/patricia/nodes.ts";
import { classOf } from "../class-of.ts";

// The specification allows several answers here, so that no vector expects one of them.

const BASE = { backend: "patricia", encoding: "witness" };

test("PROOF-PATRICIA-060, PROOF-PATRICIA-061 a key that ends at a leaf with an empty value reads as absent", () => {
  const leaf: Nested = ["2012", ""];
  const request = { ...BASE, root: rootOf(leaf), proof: witnessOf(leaf), keys: ["0x12"] };
  assert.deepEqual(callMethod("proof/get", request), { values: [null] });
});

test("PROOF-PATRICIA-062 a malformed node is rejected in the lenient profile, although no requested key leads to it", () => {
  const listOfThree: Nested = ["20", V3, ""];
  const top = branch({ 1: hashed(listOfThree), 2: hashed(LEAF3) });
  const request = { ...BASE, root: rootOf(top), proof: witnessOf(top, listOfThree, LEAF3), keys: ["0x20"] };
  assert.equal(
    classOf(() => callMethod("proof/get", request)),
    "malformed",
  );
  assert.deepEqual(callMethod("proof/get", { ...request, proof: witnessOf(top, LEAF3) }), { values: [wire(V3)] });
});

test("PROOF-PATRICIA-012 writes into nodes that are not canonical are rejected in the lenient profile", () => {
  const top = branch({ 2: hashed(LEAF3) });
  const proven = { ...BASE, root: rootOf(top), proof: witnessOf(top, LEAF3) };
  for (const [method, params] of [
    ["update", { writes: [] }],
    ["transact", { steps: [] }],
    ["extract", { keys: [], deletes: ["0x20"] }],
  ] as const) {
    assert.equal(
      classOf(() => callMethod(`proof/${method}`, { ...proven, ...params })),
      "non-canonical",
      method,
    );
  }
  assert.deepEqual(callMethod("proof/get", { ...proven, keys: ["0x20"] }), { values: [wire(V3)] });
});
