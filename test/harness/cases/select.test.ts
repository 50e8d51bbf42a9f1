import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { VectorSet } from "../../../harness/cases/load.ts";
import {
  isDeclared,
  matchId,
  type Selection,
  selectCases,
  selectOrRefuse,
  skipReason,
} from "../../../harness/cases/select.ts";
import { nearest } from "../../../harness/usage/nearest.ts";
import { UsageError } from "../../../harness/usage/usage-error.ts";
import type { InitializeResult } from "../../../runners/lane.ts";
import { sampleCase } from "../../report/sample-run.ts";

const CASES = [
  sampleCase({ id: "proof/ssz/compact/reads/first", flags: ["forged"], kind: "soundness" }),
  sampleCase({ id: "proof/ssz/compact/reads/second", requirements: ["WIRE-001"] }),
  sampleCase({ id: "proof/ssz/helpers/reads/first", role: "producer", call: "proof/prove" }),
  sampleCase({ id: "proof/ssz/helpers/reads/strict", profile: "strict" }),
];

const ids = (selection: Selection): string[] =>
  selectCases(CASES, selection).map(({ id }) => id.slice("proof/ssz/".length));
const VECTORS: VectorSet = { files: [], cases: CASES, flags: {}, aliases: { "proof/ssz/old": CASES[1].id } };

function initialized(changes: Partial<InitializeResult> = {}): InitializeResult {
  const implementation = { name: "acme", version: "1", language: "C" };
  const capabilities = { proof: { ssz: { encodings: ["compact", "helpers"], operations: ["get", "convert"] } } };
  return { protocol: 1, implementation, capabilities, ...changes };
}

describe("a selection", () => {
  test("selects every lenient case if it is empty", () => {
    assert.deepEqual(ids({}), ["compact/reads/first", "compact/reads/second", "helpers/reads/first"]);
  });

  test("matches any item of a list, and all lists together", () => {
    assert.deepEqual(ids({ cases: ["**/first", "**/second"] }).length, 3);
    assert.deepEqual(ids({ cases: ["**/first"], kinds: ["soundness"] }), ["compact/reads/first"]);
    assert.deepEqual(ids({ roles: ["producer"] }), ["helpers/reads/first"]);
    assert.deepEqual(ids({ requirements: ["WIRE-001"], flags: ["forged"] }), []);
    assert.deepEqual(ids({ profile: "strict", cases: ["**/strict"] }), ["helpers/reads/strict"]);
  });

  test("matches slashes only with **", () => {
    assert.deepEqual(ids({ cases: ["proof/ssz/*/first"] }), []);
    assert.equal(ids({ cases: ["proof/**/first"] }).length, 2);
    assert.equal(ids({ cases: ["proof/ssz/{compact,helpers}/reads/first"] }).length, 2);
  });

  test("resolves former ids of cases", () => {
    assert.deepEqual(selectOrRefuse(VECTORS, { cases: ["proof/ssz/old"] }), [CASES[1]]);
  });

  test("is rejected if one of its items matches no case", () => {
    assert.throws(() => selectOrRefuse(VECTORS, { cases: ["**/first", "x"] }), UsageError);
    assert.throws(() => selectOrRefuse(VECTORS, { flags: ["forged", "forgd"] }), /did you mean forged\?/);
    assert.throws(() => selectOrRefuse({ ...VECTORS, cases: [] }, {}), /contains no case/);
  });

  test("a glob matcher ignores further arguments", () => {
    assert.deepEqual(["a", "b"].filter(matchId("x")), []);
    assert.throws(() => matchId("x".repeat(70_000)), UsageError);
  });
});

describe("the capabilities of an implementation", () => {
  test("declare a case with its backend, its operation and all its encodings", () => {
    assert.equal(isDeclared(CASES[0], initialized()), true);
    assert.equal(isDeclared(CASES[2], initialized()), false, "it does not prove");
    const convert = (to: string): boolean =>
      isDeclared(sampleCase({ call: "proof/convert", params: { backend: "ssz", from: "compact", to } }), initialized());
    assert.deepEqual(["helpers", "explicit"].map(convert), [true, false]);
    const other = sampleCase({ params: { backend: "sparse", encoding: "compact" } });
    assert.equal(isDeclared(other, initialized()), false);
    assert.equal(isDeclared(CASES[0], initialized({ capabilities: {} })), false);
  });

  test("may be limited by rules, of which the first match provides the reason", () => {
    const unsupported = [
      { match: "**/second", reason: "no", url: "https://why.example" },
      { match: "proof/ssz/compact/**", reason: "none of these" },
    ];
    const reason = skipReason(initialized({ unsupported }));
    assert.deepEqual(CASES.slice(0, 3).map(reason), ["none of these", "no (https://why.example)", undefined]);
  });
});

describe("the nearest names", () => {
  const names = ["check", "matrix", "proof/ssz/compact/reads/first", "proof/ssz/compact/reads/second"];

  test("are those with the fewest changes", () => {
    assert.deepEqual(nearest("chekc", names), ["check"]);
    assert.deepEqual(nearest("proof/ssz/compact/raeds/second", names), ["proof/ssz/compact/reads/second"]);
  });

  test("contain the typed name, or have the same last part", () => {
    assert.deepEqual(nearest("reads/f", names), ["proof/ssz/compact/reads/first"]);
    assert.deepEqual(nearest("elsewhere/entirely/second", names), ["proof/ssz/compact/reads/second"]);
  });

  test("are empty if no name is similar", () => {
    assert.deepEqual(nearest("zzzzzz", names), []);
    assert.deepEqual(nearest("", names), []);
  });
});
