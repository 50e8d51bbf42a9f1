import assert from "node:assert/strict";
import { test } from "node:test";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { callMethod } from "../../../../reference/wire/dispatch.ts";

// Five keys under a root branch, two of them below a second one: seven hashed nodes, of which a proof of 0x12 holds three.
const ENTRIES = ["12", "19", "31", "52", "74"].map((key) => [`0x${key}`, `0x${key.repeat(40)}`]);

interface Counted {
  readonly result: { readonly root: string; readonly proof: unknown };
  readonly hashes: number;
}

function counted(method: string, params: object): Counted {
  let hashes = 0;
  const keccak256 = (message: Uint8Array): Uint8Array => {
    hashes += 1;
    return keccak_256(message);
  };
  const result = callMethod(
    method,
    { backend: "patricia", ...params },
    { functions: { keccak256 } },
  ) as Counted["result"];
  return { result, hashes };
}

for (const encoding of ["preorder", "eip1186"]) {
  test(`PROOF-GEN-009 ${encoding}: every different node of a patricia proof is hashed once in every method`, () => {
    const { result, hashes } = counted("proof/prove", { encoding, entries: ENTRIES, keys: ["0x12"] });
    assert.equal(hashes, 7);
    const { root, proof } = result;
    assert.deepEqual(counted("proof/root", { encoding, proof }), { result: { root }, hashes: 3 });
    assert.equal(counted("proof/get", { encoding, root, proof, keys: ["0x12"] }).hashes, 3);
    assert.equal(counted("proof/cost", { encoding, root, proof }).hashes, 3);
    assert.equal(counted("proof/extract", { encoding, root, proof, keys: ["0x12"] }).hashes, 3);
  });
}

test("PROOF-GEN-009 a key that an eip1186 proof of a secure trie names is hashed once, in both profiles", () => {
  const request = { encoding: "eip1186", entries: ENTRIES, keys: ["0x12", "0x31"], options: { secure: true } };
  const { root, proof } = counted("proof/prove", request).result as unknown as { root: string; proof: object };
  const nodes = counted("proof/cost", { encoding: "eip1186", options: { secure: true }, root, proof });
  for (const profile of ["lenient", "strict"]) {
    const options = { secure: true, profile };
    const merge = counted("proof/merge", { encoding: "eip1186", options, root, proofs: [proof] });
    assert.equal(merge.hashes, nodes.hashes + 2, profile);
  }
});
