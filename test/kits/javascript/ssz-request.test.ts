import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Rejection } from "../../../kits/javascript/adapter/adapter.ts";
import { readSszRequest } from "../../../kits/javascript/adapter/ssz-request.ts";

const NODE = `0x${"0a".repeat(32)}`;
const HELPERS = { backend: "ssz", encoding: "helpers" };
const PROOF = { gindices: ["0x2"], leaves: [NODE], helpers: ["0x"] };

describe("readSszRequest", () => {
  const node = new Uint8Array(32).fill(10);
  const proof = { gindices: [2n], leaves: [node], helpers: [new Uint8Array()] };

  it("reads the parameters of each method", () => {
    assert.deepEqual(readSszRequest("proof/root", { ...HELPERS, proof: PROOF }), { encoding: "helpers", proof });
    assert.deepEqual(
      readSszRequest("proof/get", { ...HELPERS, options: { profile: "strict" }, root: NODE, proof: PROOF, keys: [] }),
      { encoding: "helpers", root: NODE, proof, keys: [] },
    );
    assert.deepEqual(
      readSszRequest("proof/prove", { ...HELPERS, entries: [["0x0", "0x01"]], keys: ["0x1", "0x1"], deletes: [] }),
      { encoding: "helpers", entries: [[0n, Uint8Array.of(1)]], keys: [1n, 1n] },
    );
  });

  it("reads the proof of any other encoding as bytes", () => {
    const read = readSszRequest("proof/root", { backend: "ssz", encoding: "compact", proof: "0x80" });
    assert.deepEqual(read, { encoding: "compact", proof: Uint8Array.of(0x80) });
  });

  const get = { ...HELPERS, root: NODE, proof: PROOF, keys: ["0x2"] };
  const prove = { ...HELPERS, entries: [["0x1", NODE]], keys: ["0x1"] };
  const rejections: readonly (readonly [string, string, object, string, RegExp])[] = [
    ["another backend", "proof/get", { ...get, backend: "mpt" }, "unsupported", /"mpt"/],
    ["options that are not an object", "proof/get", { ...get, options: [] }, "invalid-argument", /\/options: \[\]/],
    [
      "an option of another backend",
      "proof/get",
      { ...get, options: { depth: 4 } },
      "invalid-argument",
      /\/options\/depth: 4/,
    ],
    ["an unknown profile", "proof/get", { ...get, options: { profile: "lax" } }, "invalid-argument", /"lax"/],
    ["a root of another length", "proof/get", { ...get, root: "0x0a" }, "invalid-argument", /\/root: "0x0a"/],
    ["keys that are not a list", "proof/get", { ...get, keys: "0x2" }, "invalid-argument", /\/keys: "0x2"/],
    [
      "a key that is not minimal",
      "proof/get",
      { ...get, keys: ["0x2", "0x02"] },
      "invalid-argument",
      /\/keys\/1: "0x02"/,
    ],
    ["a proof of the wrong form", "proof/get", { ...get, proof: "0x80" }, "invalid-argument", /\/proof: "0x80"/],
    [
      "an index in the proof that is not minimal",
      "proof/get",
      { ...get, proof: { ...PROOF, gindices: ["0x02"] } },
      "malformed",
      /\/proof\/gindices\/0: "0x02"/,
    ],
    ["a deletion", "proof/prove", { ...prove, deletes: ["0x1"] }, "invalid-argument", /no deletion/],
    [
      "an entry without a value",
      "proof/prove",
      { ...prove, entries: [["0x1"]] },
      "invalid-argument",
      /\/entries\/0: \["0x1"\] is not a key and a value/,
    ],
    [
      "an entry with an invalid key",
      "proof/prove",
      { ...prove, entries: [[1, NODE]] },
      "invalid-argument",
      /\/entries\/0\/0: 1 /,
    ],
    [
      "an entry with an invalid value",
      "proof/prove",
      { ...prove, entries: [["0x1", 7]] },
      "invalid-argument",
      /\/entries\/0\/1: 7 /,
    ],
  ];
  for (const [title, method, params, errorClass, message] of rejections) {
    it(`rejects ${title}`, () => {
      assert.throws(
        () => readSszRequest(method, params as Record<string, unknown>),
        (error) => error instanceof Rejection && error.class === errorClass && message.test(error.message),
      );
    });
  }
});
