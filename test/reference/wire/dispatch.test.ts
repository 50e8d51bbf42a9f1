import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { callMethod } from "../../../reference/wire/dispatch.ts";

// No vector can ask this: an implementation is asked for what it declares alone.
describe("PROOF-GEN-001 a request that names no backend or encoding", () => {
  const request = { backend: "ssz", encoding: "compact", proof: "0x80" };
  const refusals: readonly (readonly [string, object, string, RegExp])[] = [
    ["without a backend", { ...request, backend: undefined }, "invalid-argument", /\/backend: nothing is not a name/],
    ["with no parameters", {}, "invalid-argument", /needs the parameter "backend"/],
    ["with a backend that is null", { ...request, backend: null }, "invalid-argument", /\/backend: null/],
    ["with a list of backends", { ...request, backend: ["ssz"] }, "invalid-argument", /\/backend: \["ssz"\]/],
    ["with a number for an encoding", { ...request, encoding: 1 }, "invalid-argument", /\/encoding: 1 is not a name/],
    ["with an unknown backend", { ...request, backend: "mpt" }, "unsupported", /"mpt" does not offer proof\/root/],
    ["with an unknown encoding", { ...request, encoding: "rlp" }, "unsupported", /ssz has no encoding "rlp"/],
    ["with what objects have of themselves", { ...request, backend: "constructor" }, "unsupported", /"constructor"/],
  ];
  for (const [name, params, errorClass, message] of refusals) {
    it(`is refused ${name}`, () => {
      assert.throws(
        () => callMethod("proof/root", params),
        (error: Error & { class?: string }) => error.class === errorClass && message.test(error.message),
      );
    });
  }
});
