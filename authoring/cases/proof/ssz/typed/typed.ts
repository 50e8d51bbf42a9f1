/** Proofs of typed values, by path: the requests of a light client, and facts that only the type knows. */

import type { VectorFile } from "../../../../../harness/cases/vector.ts";
import type { JsonObject } from "../../../../../runners/lane.ts";
import { accepted, type Draft, stated, vectorFile } from "../../../kit/draft.ts";
import { confirmersOf, NAIVE } from "../confirmers.ts";
import { ENCODINGS, type EncodingName } from "../trees.ts";
import { typedForgeries } from "./forged.ts";
import {
  baseOf,
  EFFECTIVE_BALANCE,
  KINDS,
  STATE_PATHS,
  STATE_SHALLOW,
  STATE_TOGETHER,
  type TypedScenario,
  typedProof,
} from "./scenarios.ts";
import { writeCases } from "./writes.ts";

const SOURCE = "authoring/cases/proof/ssz/typed/typed.ts";

type Text = Omit<Draft, "expect">;

function textOf({ id, about, flags }: TypedScenario, role: string, what: string, params: JsonObject): Text {
  const text = { id: `${id}-${role}`, about: `${what}: ${about}`, kind: "completeness" as const };
  return { ...text, ...(flags && { flags }), call: `proof/${role}`, params };
}

function proveCase(scenario: TypedScenario, encoding: EncodingName): Draft {
  const { root, proof, entries, keys } = typedProof(scenario, encoding);
  return stated(textOf(scenario, "prove", "build a proof", { ...baseOf(encoding), entries, keys: [...keys] }), {
    root,
    proof,
  });
}

function getCase(scenario: TypedScenario, encoding: EncodingName): Draft {
  const { root, proof, keys, values } = typedProof(scenario, encoding);
  const params = { ...baseOf(encoding), root, proof, keys: [...keys] };
  return stated(textOf(scenario, "get", "read", params), { values: [...values] });
}

function rootCase(scenario: TypedScenario, encoding: EncodingName): Draft {
  const { root, proof } = typedProof(scenario, encoding);
  return stated(textOf(scenario, "root", "compute the root", { ...baseOf(encoding), proof }), { root });
}

function costCase(scenario: TypedScenario, encoding: EncodingName): Draft {
  const { root, proof } = typedProof(scenario, encoding);
  return accepted(textOf(scenario, "cost", "state the cost", { ...baseOf(encoding), root, proof }));
}

/** One path extracted from a proof of several, and proofs of one path each merged. */
function combineCases(encoding: EncodingName): Draft[] {
  const { root, proof } = typedProof(STATE_TOGETHER, encoding);
  const exit = { ...STATE_TOGETHER, paths: ["validators[1].exit_epoch"] };
  const exitProof = typedProof(exit, encoding);
  const shallow = typedProof(STATE_SHALLOW, encoding);
  const proofs = STATE_SHALLOW.paths.map((path) => typedProof({ ...STATE_SHALLOW, paths: [path] }, encoding).proof);
  const keys = [...exitProof.keys];
  return [
    stated(
      {
        ...textOf(exit, "extract", "extract", { ...baseOf(encoding), root, proof, keys }),
        about: "extract validators[1].exit_epoch from a proof of several paths of a BeaconState-like container",
      },
      { proof: exitProof.proof },
    ),
    stated(textOf(STATE_SHALLOW, "merge", "merge two proofs", { ...baseOf(encoding), root, proofs }), {
      proof: shallow.proof,
    }),
  ];
}

/** The type of a tree makes no difference to its encoding, so a few kinds are enough. */
const PROVEN_EVERYWHERE = new Set(["nested-containers", "basic-list", "composite-list", "bitlist", "union-container"]);

function isProven({ id }: TypedScenario, encoding: EncodingName): boolean {
  return encoding === "compact" || PROVEN_EVERYWHERE.has(id);
}

export function typedFiles(encoding: EncodingName): VectorFile[] {
  return [
    vectorFile(
      SOURCE,
      confirmersOf(encoding),
      {
        suite: `proof/ssz/${encoding}`,
        theme: "typed",
        about:
          "Proofs of values of SSZ types, by path: containers, vectors, lists, bits, bytes, unions, optionals, and a BeaconState-like container. Roots and nodes are stated by the type.",
        requirements: [
          "PROOF-GEN-002",
          "PROOF-GEN-013",
          "PROOF-SSZ-001",
          "PROOF-SSZ-002",
          "PROOF-SSZ-003",
          "PROOF-SSZ-005",
          "PROOF-SSZ-080",
          "PROOF-SSZ-088",
        ],
      },
      [
        ...KINDS.flatMap((scenario) => [
          ...(isProven(scenario, encoding) ? [proveCase(scenario, encoding)] : []),
          getCase(scenario, encoding),
        ]),
        ...[rootCase, getCase, costCase].map((toCase) => toCase(STATE_SHALLOW, encoding)),
        ...STATE_PATHS.map((scenario) => getCase(scenario, encoding)),
        ...[proveCase, getCase].map((toCase) => toCase(STATE_TOGETHER, encoding)),
        ...combineCases(encoding),
        ...writeCases(encoding),
        ...typedForgeries(encoding),
      ],
    ),
  ];
}

/** The deep proof of a state from each encoding into the next. */
export function typedConvertFile(): VectorFile {
  const cases = ENCODINGS.map((from, index) => {
    const to = ENCODINGS[(index + 1) % ENCODINGS.length];
    const { root, proof, keys } = typedProof(EFFECTIVE_BALANCE, from);
    const claims = to === "helpers" ? { keys: [...keys] } : {};
    const { flags, about } = EFFECTIVE_BALANCE;
    return stated(
      {
        id: `${from}-to-${to}`,
        about: `from ${from} to ${to}: ${about}`,
        kind: "completeness",
        ...(flags && { flags }),
        call: "proof/convert",
        params: { backend: "ssz", from, to, root, proof, ...claims },
      },
      { proof: typedProof(EFFECTIVE_BALANCE, to).proof },
    );
  });
  return vectorFile(
    SOURCE,
    [NAIVE],
    {
      suite: "proof/ssz/convert",
      theme: "typed",
      about: "A proof of validators[1].effective_balance, some fifty levels deep, from each encoding to the next.",
      requirements: ["PROOF-SSZ-083", "PROOF-SSZ-084"],
    },
    cases,
  );
}
