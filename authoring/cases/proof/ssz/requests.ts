/** Requests that are wrong themselves, whatever the proof. */

import type { VectorFile } from "../../../../harness/cases/vector.ts";
import type { Json, JsonObject } from "../../../../runners/lane.ts";
import { quantity } from "../../kit/binary/pruned.ts";
import { accepted, type Draft, rejected, vectorFile } from "../../kit/draft.ts";
import { NAIVE } from "./confirmers.ts";
import { honestScenario } from "./honest.ts";
import { type EncodingName, prove } from "./trees.ts";

const SOURCE = "authoring/cases/proof/ssz/requests.ts";

interface Wrong {
  readonly id: string;
  readonly about: string;
  readonly flag: string;
  readonly params: JsonObject;
  readonly classes?: readonly string[];
}

/** A proof with hex of another form. Inside an object this is a fault of the proof, otherwise one of the request. */
function wrongProofText(proof: Json): Wrong[] {
  const wrong = (id: string, about: string, edit: (hex: string) => string): Wrong => {
    const flag = "bad-request-form";
    if (typeof proof === "string") return { id, about, flag, params: { proof: edit(proof) } };
    const { leaves, ...others } = proof as { leaves: string[] } & JsonObject;
    return {
      id,
      about,
      flag,
      params: { proof: { ...others, leaves: leaves.map(edit) } },
      classes: ["malformed", "invalid-argument"],
    };
  };
  return [
    wrong("proof-upper-case", "a proof in upper-case hex", (hex) => `0x${hex.slice(2).toUpperCase()}`),
    wrong("proof-odd-length", "a proof with half a byte at its end", (hex) => `${hex}0`),
    wrong("proof-without-prefix", "a proof without 0x", (hex) => hex.slice(2)),
    wrong("proof-not-hex", "a proof with a letter that is no digit", (hex) => `${hex.slice(0, -1)}g`),
  ];
}

export function requestFiles(encoding: EncodingName): VectorFile[] {
  const scenario = honestScenario("four-leaves-first");
  const { root, proof } = prove(scenario, encoding);
  const honest: JsonObject = { backend: "ssz", encoding, root, proof, keys: ["0x4"] };
  const wrongForm = encoding === "helpers" ? "0x" : { gindices: [], leaves: [], helpers: [] };
  const wrong: readonly Wrong[] = [
    { id: "key-0", about: "gindex 0, which is no node", flag: "bad-gindex", params: { keys: ["0x0"] } },
    {
      id: "key-0-after-others",
      about: "gindex 0 after a key that is covered",
      flag: "bad-gindex",
      params: { keys: ["0x4", "0x0"] },
    },
    {
      id: "key-1025-bits",
      about: "a gindex of 1025 bits",
      flag: "bad-gindex",
      params: { keys: [quantity(2n ** 1024n)] },
      classes: ["limit-exceeded", "invalid-argument", "incomplete"],
    },
    {
      id: "key-not-minimal",
      about: "a gindex with a leading zero digit",
      flag: "bad-request-form",
      params: { keys: ["0x04"] },
    },
    { id: "key-upper-case", about: "a gindex in upper-case hex", flag: "bad-request-form", params: { keys: ["0xA"] } },
    {
      id: "key-without-digits",
      about: "a quantity without digits",
      flag: "bad-request-form",
      params: { keys: ["0x"] },
    },
    { id: "key-a-number", about: "a gindex as a JSON number", flag: "bad-request-form", params: { keys: [4] } },
    { id: "root-31-bytes", about: "a root of 31 bytes", flag: "bad-request-form", params: { root: root.slice(0, 64) } },
    { id: "root-33-bytes", about: "a root of 33 bytes", flag: "bad-request-form", params: { root: `${root}00` } },
    { id: "root-empty", about: "an empty root", flag: "bad-request-form", params: { root: "0x" } },
    {
      id: "root-upper-case",
      about: "a root in upper-case hex",
      flag: "bad-request-form",
      params: { root: `0x${root.slice(2).toUpperCase()}` },
    },
    {
      id: "root-without-prefix",
      about: "a root without 0x",
      flag: "bad-request-form",
      params: { root: root.slice(2) },
    },
    { id: "keys-no-list", about: "one key in the place of a list", flag: "bad-request-form", params: { keys: "0x4" } },
    ...wrongProofText(proof),
    {
      id: "proof-of-the-other-form",
      about: "a proof of the wrong JSON type for its encoding",
      flag: "bad-request-form",
      params: { proof: wrongForm },
      classes: ["invalid-argument", "malformed"],
    },
    {
      id: "unknown-parameter",
      about: "a parameter that the method does not have",
      flag: "bad-request-form",
      params: { depth: 4 },
    },
    {
      id: "unknown-option",
      about: "an option that there is not",
      flag: "bad-request-form",
      params: { options: { colour: "red" } },
    },
    {
      id: "unknown-profile",
      about: "a profile that there is not",
      flag: "bad-request-form",
      params: { options: { profile: "loose" } },
    },
    {
      id: "option-of-another-backend",
      about: "depth, an option of sparse trees",
      flag: "bad-request-form",
      params: { options: { depth: 2 } },
    },
  ];
  const drafts: Draft[] = [
    accepted({
      id: "profile-lenient",
      about: "the profile named",
      kind: "completeness",
      flags: ["bad-request-form"],
      call: "proof/get",
      params: { ...honest, options: { profile: "lenient" } },
    }),
    accepted({
      id: "no-options",
      about: "options empty",
      kind: "completeness",
      flags: ["bad-request-form"],
      call: "proof/get",
      params: { ...honest, options: {} },
    }),
    ...wrong.map(({ id, about, flag, params, classes = ["invalid-argument"] }) =>
      rejected(
        { id, about, kind: "soundness", flags: [flag], call: "proof/get", params: { ...honest, ...params } },
        ...classes,
      ),
    ),
  ];
  const lacking = ["root", "proof", "keys"].map((name) => {
    const { [name]: _, ...params } = honest;
    const about = `no parameter ${name}`;
    const text = { id: `${name}-missing`, about, kind: "soundness" as const, flags: ["bad-request-form"] };
    return rejected({ ...text, call: "proof/get", params }, "invalid-argument");
  });
  const rootRequest: JsonObject = { backend: "ssz", encoding, proof };
  const ofRoot = [
    ...wrongProofText(proof),
    { id: "unknown-parameter", about: "a parameter that the method does not have", params: { keys: ["0x1"] } },
    { id: "unknown-option", about: "an option that there is not", params: { options: { colour: "red" } } },
  ].map(({ id, about, params, ...others }) => {
    const classes = "classes" in others && others.classes !== undefined ? others.classes : ["invalid-argument"];
    const text = {
      id: `root-of-${id}`,
      about: `root: ${about}`,
      kind: "soundness" as const,
      flags: ["bad-request-form"],
    };
    return rejected({ ...text, call: "proof/root", params: { ...rootRequest, ...params } }, ...classes);
  });
  const about = "Requests with a key, a root or an option that is wrong in itself.";
  return [
    vectorFile(
      SOURCE,
      [NAIVE],
      {
        suite: `proof/ssz/${encoding}`,
        theme: "requests",
        about,
        requirements: [
          "PROOF-GEN-001",
          "PROOF-SSZ-008",
          "PROOF-SSZ-108",
          "WIRE-001",
          "WIRE-002",
          "PROOF-GEN-012",
          "WIRE-013",
          "WIRE-014",
        ],
      },
      [...drafts, ...lacking, ...ofRoot],
    ),
  ];
}
