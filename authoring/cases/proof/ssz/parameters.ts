/** Missing parameters and parameters of another form in every method; the profiles, and empty lists of deletes. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { type ParameterSubject, parameterCases } from "../../kit/binary/parameters.ts";
import { flipBit, randomNode } from "../../kit/binary/pruned.ts";
import { accepted, type Draft, rejected, vectorFile } from "../../kit/draft.ts";
import { NAIVE } from "./confirmers.ts";
import { type EncodingName, prove, treeScenario } from "./trees.ts";

const SOURCE = "authoring/cases/proof/ssz/parameters.ts";
const KEY = "0x4";
const SEED = 3;

const ENTRIES: readonly Json[] = [4, 5, 6, 7].map((gindex, index) => [`0x${gindex}`, randomNode(SEED, index)]);

const WRONG_KEYS: ParameterSubject["wrongKeys"] = [
  { id: "0", about: "gindex 0", value: "0x0", flag: "bad-gindex" },
  { id: "null", about: "null", value: null },
  { id: "number", about: "a number", value: 4 },
  { id: "not-minimal", about: "a quantity with a leading zero", value: "0x04" },
  { id: "upper-case", about: "a quantity in upper case", value: "0xA" },
  { id: "negative", about: "a negative quantity", value: "-0x4" },
  { id: "empty", about: "a quantity without digits", value: "0x" },
];

/** Cases that `requests.ts` or `prove.ts` already has. */
const ASKED = [
  "get-key-0",
  "get-root-31-bytes",
  "get-unknown-profile",
  "get-without-root",
  "get-without-proof",
  "get-without-keys",
  "prove-key-0",
  "prove-entry-key-0",
  "prove-entry-value-31-bytes",
  "prove-entry-value-33-bytes",
  "prove-entry-value-empty",
];

function subjectOf(encoding: EncodingName): ParameterSubject {
  const scenario = treeScenario("", "", { seed: SEED, count: 4, shape: "balanced" }, [4n]);
  return {
    base: { backend: "ssz" },
    encoding,
    namesClaims: encoding === "helpers",
    ...prove(scenario, encoding),
    entries: ENTRIES,
    key: KEY,
    value: randomNode(90),
    wrongKeys: WRONG_KEYS,
    asked: ASKED,
  };
}

/** Every method in the strict profile, with the same results as in the lenient one. */
function profileCases(encoding: EncodingName): Draft[] {
  const { root, proof, value, namesClaims } = subjectOf(encoding);
  const proven: JsonObject = { encoding, root, proof };
  const methods: Readonly<Record<string, JsonObject>> = {
    root: { encoding, proof },
    get: { ...proven, keys: [KEY, "0x3", "0x1"] },
    cost: proven,
    prove: { encoding, entries: ENTRIES, keys: [KEY] },
    convert: { from: encoding, to: encoding, root, proof, ...(namesClaims ? { keys: [KEY] } : {}) },
    update: { ...proven, writes: [[KEY, value]] },
    transact: { ...proven, steps: [{ set: [KEY, value] }, { root: true }] },
    merge: { encoding, root, proofs: [proof, proof] },
    extract: { ...proven, keys: [KEY] },
  };
  const strict: JsonObject = { backend: "ssz", options: { profile: "strict" } };
  return [
    ...Object.entries(methods).map(([method, params]) =>
      accepted({
        id: `${method}-strict`,
        about: `${method}: the profile strict`,
        kind: "completeness",
        profile: "strict",
        flags: ["bad-request-form"],
        call: `proof/${method}`,
        params: { ...strict, ...params },
      }),
    ),
    rejected(
      {
        id: "get-strict-forged",
        about: "get: the profile strict, and another root",
        kind: "soundness",
        profile: "strict",
        flags: ["wrong-root"],
        call: "proof/get",
        params: { ...strict, ...methods.get, root: flipBit(root, 255) },
      },
      "invalid-proof",
    ),
  ];
}

function deleteCases(encoding: EncodingName): Draft[] {
  const { root, proof } = subjectOf(encoding);
  const methods: Readonly<Record<string, JsonObject>> = {
    prove: { backend: "ssz", encoding, entries: ENTRIES, keys: [KEY] },
    extract: { backend: "ssz", encoding, root, proof, keys: [KEY] },
  };
  return Object.entries(methods).flatMap(([method, params]) => {
    const text = { flags: ["deletes"], call: `proof/${method}` };
    return [
      accepted({
        ...text,
        id: `${method}-no-deletes`,
        about: `${method}: an empty list of deletes`,
        kind: "completeness",
        params: { ...params, deletes: [] },
      }),
      rejected(
        {
          ...text,
          id: `${method}-with-deletes`,
          about: `${method}: a key to be deleted, which no key of a full tree can be`,
          kind: "soundness",
          params: { ...params, deletes: [KEY] },
        },
        "invalid-argument",
      ),
    ];
  });
}

export function parameterFiles(encoding: EncodingName): VectorFile[] {
  const about = "Parameters of every method that are missing or of another form; profiles, and deletes of nothing.";
  const requirements = [
    "PROOF-GEN-001",
    "PROOF-SSZ-008",
    "PROOF-SSZ-009",
    "PROOF-SSZ-109",
    "PROOF-SSZ-098",
    "WIRE-001",
    "WIRE-002",
    "WIRE-013",
    "WIRE-014",
  ];
  const cases = [...parameterCases(subjectOf(encoding)), ...profileCases(encoding), ...deleteCases(encoding)];
  return [
    vectorFile(SOURCE, [NAIVE], { suite: `proof/ssz/${encoding}`, theme: "parameters", about, requirements }, cases),
  ];
}
