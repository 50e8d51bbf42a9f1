import assert from "node:assert/strict";
import { test } from "node:test";
import { ProofError } from "../../../../reference/core/errors.ts";
import { callMethod } from "../../../../reference/wire/dispatch.ts";

interface Claim {
  readonly key: string;
  readonly nodes: readonly string[];
}

const ENTRIES = ["12", "92"].map((key) => [`0x${key}`, `0x${key.repeat(40)}`]);
const KEYS = ["0x12", "0x13"];
const BASE = { backend: "patricia", encoding: "eip1186" };

const { root, proof } = callMethod("proof/prove", { ...BASE, entries: ENTRIES, keys: KEYS }) as {
  root: string;
  proof: { proofs: readonly [Claim, Claim] };
};

function classOf(proofs: readonly Claim[]): string {
  try {
    callMethod("proof/get", { ...BASE, options: { profile: "strict" }, root, proof: { proofs }, keys: KEYS });
    return "accepted";
  } catch (error) {
    return error instanceof ProofError ? error.class : String(error);
  }
}

test("PROOF-PATRICIA-068, PROOF-PATRICIA-069 a list that ends before its key is decided is incomplete, whatever other lists hold", () => {
  const [first, second] = proof.proofs;
  const cut = { ...second, nodes: second.nodes.slice(0, 1) };
  assert.equal(classOf([first, second]), "accepted");
  assert.equal(classOf([first, cut]), "incomplete");
  assert.equal(classOf([first, { ...second, nodes: [...second.nodes, ...first.nodes] }]), "non-canonical");
});
