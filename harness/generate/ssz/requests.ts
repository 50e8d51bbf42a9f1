/** Requests that are wrong themselves, whatever the proof is worth. */
import type { JsonObject } from "../../../runners/runner.ts";
import type { VectorFile } from "../../vector.ts";
import { accepted, type Draft, rejected, vectorFile } from "../draft.ts";
import { NAIVE } from "./confirmers.ts";
import { honestScenario } from "./honest.ts";
import { type EncodingName, prove, quantity } from "./trees.ts";

const SOURCE = "harness/generate/ssz/requests.ts";

interface Wrong {
  readonly id: string;
  readonly about: string;
  readonly flag: string;
  readonly params: JsonObject;
  readonly classes?: readonly string[];
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
  const about = "Requests with a key, a root or an option that is wrong in itself.";
  return [
    vectorFile(
      SOURCE,
      [NAIVE],
      {
        suite: `proof/ssz/${encoding}`,
        theme: "requests",
        about,
        requirements: ["PROOF-GEN-001", "PROOF-SSZ-008", "WIRE-001", "WIRE-002"],
      },
      drafts,
    ),
  ];
}
