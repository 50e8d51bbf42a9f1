/** Missing parameters and parameters of another form in every method, and options without a depth. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { JsonObject } from "../../../../runners/lane.ts";
import { type ParameterSubject, parameterCases } from "../../kit/binary/parameters.ts";
import { flipBit, randomNode } from "../../kit/binary/pruned.ts";
import { accepted, type Draft, rejected, vectorFile } from "../../kit/draft.ts";
import { honestScenario, partingAt } from "./honest.ts";
import { type EncodingName, keyAt, NAIVE, optionsOf, prove, smallScenario, valueAt } from "./trees.ts";

const SOURCE = "authoring/cases/proof/sparse/parameters.ts";
const DEPTH = 3;
const KEY = keyAt(6, DEPTH);

const WRONG_KEYS: ParameterSubject["wrongKeys"] = [
  { id: "too-deep", about: "a key with a bit beyond the depth", value: flipBit(KEY, DEPTH), flag: "bad-key" },
  { id: "bit-255", about: "a key whose last bit is set", value: flipBit(KEY, 255), flag: "bad-key" },
  { id: "31-bytes", about: "a key of 31 bytes", value: KEY.slice(0, -2), flag: "bad-key" },
  { id: "33-bytes", about: "a key of 33 bytes", value: `${KEY}00`, flag: "bad-key" },
  { id: "empty", about: "a key of no byte", value: "0x", flag: "bad-key" },
  { id: "null", about: "null", value: null },
  { id: "number", about: "a number", value: 6 },
  { id: "quantity", about: "a quantity", value: "0x6" },
];

function subjectOf(encoding: EncodingName): ParameterSubject {
  const scenario = smallScenario("", "", DEPTH, [0, 6], [6]);
  return {
    base: { backend: "sparse", ...optionsOf(DEPTH) },
    encoding,
    namesClaims: false,
    ...prove(scenario, encoding),
    entries: [0, 6].map((index) => [keyAt(index, DEPTH), valueAt(index)]),
    key: KEY,
    value: randomNode(290),
    wrongKeys: WRONG_KEYS,
    asked: [],
  };
}

/** Options without a depth, which is 256 then. */
function optionCases(encoding: EncodingName): Draft[] {
  const deep = honestScenario("deep-absent");
  const { root, proof } = prove(deep, encoding);
  const text = { flags: ["bad-depth"], call: "proof/get" };
  const params = (options: JsonObject): JsonObject => ({
    backend: "sparse",
    encoding,
    options,
    root,
    proof,
    keys: [partingAt(128)],
  });
  return [
    accepted({
      ...text,
      id: "empty-options",
      about: "options empty: a tree of 256 levels",
      kind: "completeness",
      params: params({}),
    }),
    accepted({
      ...text,
      id: "profile-lenient-alone",
      about: "the profile lenient and no depth: a tree of 256 levels",
      kind: "completeness",
      params: params({ profile: "lenient" }),
    }),
    accepted({
      ...text,
      id: "profile-strict-alone",
      about: "the profile strict and no depth: a tree of 256 levels",
      kind: "completeness",
      profile: "strict",
      params: params({ profile: "strict" }),
    }),
  ];
}

/** The `deletes` of `extract` and `prove` are keys like any other. */
function deleteCases(subject: ParameterSubject): Draft[] {
  const { base, encoding, root, proof, entries, wrongKeys } = subject;
  return wrongKeys.flatMap(({ id, about, value, flag = "bad-request-form" }) => {
    const text = { kind: "soundness" as const, flags: [flag] };
    const deletes = [KEY, value];
    return [
      rejected(
        {
          ...text,
          id: `prove-delete-${id}`,
          about: `prove: ${about} to be deleted`,
          call: "proof/prove",
          params: { ...base, encoding, entries, keys: [], deletes },
        },
        "invalid-argument",
      ),
      rejected(
        {
          ...text,
          id: `extract-delete-${id}`,
          about: `extract: ${about} to be deleted`,
          call: "proof/extract",
          params: { ...base, encoding, root, proof, keys: [], deletes },
        },
        "invalid-argument",
      ),
    ];
  });
}

export function parameterFiles(encoding: EncodingName): VectorFile[] {
  const about = "Parameters of every method that are missing or of another form, and options without a depth.";
  const requirements = [
    "PROOF-GEN-001",
    "PROOF-SPARSE-022",
    "PROOF-SPARSE-024",
    "PROOF-SPARSE-026",
    "PROOF-SPARSE-048",
    "WIRE-001",
    "PROOF-GEN-012",
    "WIRE-013",
  ];
  const subject = subjectOf(encoding);
  const cases = [...parameterCases(subject), ...optionCases(encoding), ...deleteCases(subject)];
  return [
    vectorFile(SOURCE, [NAIVE], { suite: `proof/sparse/${encoding}`, theme: "parameters", about, requirements }, cases),
  ];
}
