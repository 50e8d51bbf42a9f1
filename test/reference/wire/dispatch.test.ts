import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { callMethod } from "../../../reference/wire/dispatch.ts";

// No vector can check these: an implementation is only sent requests for what it declares.
const REQUEST = { backend: "ssz", encoding: "compact", proof: "0x80" };

type Refusal = readonly [name: string, params: object, message: RegExp];

function assertRefused(errorClass: string, refusals: readonly Refusal[]): void {
  for (const [name, params, message] of refusals) {
    it(`is rejected ${name}`, () => {
      assert.throws(
        () => callMethod("proof/root", params),
        (error: Error & { class?: string }) => error.class === errorClass && message.test(error.message),
      );
    });
  }
}

describe("PROOF-GEN-001 a request that names no backend or encoding", () => {
  assertRefused("invalid-argument", [
    ["without a backend", { ...REQUEST, backend: undefined }, /\/backend: nothing is not a name/],
    ["with no parameters", {}, /needs the parameter "backend"/],
    ["with a backend that is null", { ...REQUEST, backend: null }, /\/backend: null/],
    ["with a list of backends", { ...REQUEST, backend: ["ssz"] }, /\/backend: \["ssz"\]/],
    ["with a number for an encoding", { ...REQUEST, encoding: 1 }, /\/encoding: 1 is not a name/],
  ]);
});

describe("PROOF-GEN-011 a request that names an unknown backend, encoding or method", () => {
  assertRefused("unsupported", [
    ["with an unknown backend", { ...REQUEST, backend: "mpt" }, /"mpt" does not offer proof\/root/],
    ["with an unknown encoding", { ...REQUEST, encoding: "rlp" }, /ssz has no encoding "rlp"/],
    ["with the name of a property of every object", { ...REQUEST, backend: "constructor" }, /"constructor"/],
  ]);
  for (const method of ["proof/guess", "guess/root", "root", "runtime/guess"]) {
    it(`is rejected with the method ${method}`, () => {
      assert.throws(() => callMethod(method, REQUEST), { class: "unsupported", message: new RegExp(`"${method}"`) });
    });
  }
});
